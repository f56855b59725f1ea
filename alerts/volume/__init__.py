"""alerts.volume: how much is told, counted in stories, and whether a day is out of the ordinary."""

"""crawler.condition: how each source is, judged by its own last 28 days."""

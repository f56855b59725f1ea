"""alerts.channels.feed: a saved search as Atom and as JSON Feed."""

"""crawler.looks: captured pages looked at again: when, and what came of it."""

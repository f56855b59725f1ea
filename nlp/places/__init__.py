"""places: which names of the province occur in a text, what is meant, and what part they play."""

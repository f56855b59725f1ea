"""training: how the models of reading are fitted, on what, and what they must beat to be installed."""

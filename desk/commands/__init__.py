"""commands: one module for each group of `diembao …` commands; they only put parts together and speak."""

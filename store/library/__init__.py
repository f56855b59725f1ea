"""store.library: keeping and finding documents of the evidence library."""

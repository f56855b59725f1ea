"""desk.web.actions: one file per button; every change a person can make, and nothing else."""

"""alerts.channels: ways to hand a notice on, one folder each."""

"""alerts.channels.webhook: notices as signed JSON to a program of the office."""

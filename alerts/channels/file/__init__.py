"""alerts.channels.file: notices as .eml files in a folder."""

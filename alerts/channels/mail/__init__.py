"""alerts.channels.mail: notices as e-mail over SMTP."""

"""alerts.channels.chat: everything that Apprise reaches: Telegram, Teams, Slack, Matrix, Zalo, SMS."""

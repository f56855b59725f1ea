"""alerts.rules: what somebody hears of at once: what came true, when it may be told, and in which words."""

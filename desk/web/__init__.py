"""desk.web: the desk in a browser, server-rendered; the only place where people judge."""

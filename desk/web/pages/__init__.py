"""desk.web.pages: one file per page that can be looked at; pages change nothing."""

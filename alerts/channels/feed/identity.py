"""Names of feeds and entries that stay the same wherever they are read: tag URIs, RFC 4151. Pure."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote, urlsplit


def make_id(home: str, at: datetime, path: str) -> str:
    """The desk's host, a day on which it was the desk's, and what is named -> a tag URI."""
    host = urlsplit(home).hostname or "localhost"
    authority = "localhost" if ":" in host else host  # an IPv6 address has no place in a tag
    return f"tag:{authority},{at:%Y-%m-%d}:{quote(path, safe='/-._')}"

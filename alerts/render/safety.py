"""Outside text made harmless for paper, mail and screen. What it says is left alone."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

ELLIPSIS = "…"
MOST_CHARACTERS = 2_000  # of any one text; a longer one is an attack or a mistake
# Marks that turn or embed the direction of what follows them (Unicode 16 UAX 9): with them a headline can
# make its neighbours read backwards. Letters of right-to-left scripts are left alone and isolated by <bdi>.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# XML 1.0 section 2.2 allows no control characters but tab and line breaks, no surrogates, no U+FFFE, U+FFFF.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something was left out; no letter loses its marks."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def clean(text: str, limit: int = MOST_CHARACTERS) -> str:
    """One line of outside text without control and direction characters, at most `limit` characters."""
    plain = _NOT_XML.sub(" ", _DIRECTION.sub("", text))
    return clip(_SPACES.sub(" ", plain).strip(), limit)


def clean_piece(text: str, limit: int = MOST_CHARACTERS) -> str:
    """`clean`, but a space at either end stays: it parts a piece from its neighbours."""
    inner = clean(text, limit)
    if not inner:
        return text[:1] if text[:1] == " " else ""
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() else ''}"


def safe_link(url: str) -> str:
    """An absolute http(s) address that can stand in a document, "" for anything else."""
    if len(url) > MOST_CHARACTERS or _NOT_XML.search(url) or _DIRECTION.search(url) or _SPACES.search(url):
        return ""
    try:
        parts = urlsplit(url)
        # `port` is read because only reading it finds a port that is no number.
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    # A user name before the host makes an address look like another one: http://office.gov.vn@elsewhere.
    return url if parts.scheme in ("http", "https") and has_host and parts.username is None else ""

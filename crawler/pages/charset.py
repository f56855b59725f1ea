"""Bytes -> text, also where header, meta and truth disagree. Pure."""

from __future__ import annotations

import codecs
import re
import unicodedata

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from crawler.pages.markup import ZERO_WIDTH, normalise

_VIETNAMESE = re.compile(rb"""lang\s*=\s*["']?vi\b|[\s>]c\xe1c[\s<]|[\s>]ng[\xe0-\xef]""", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_TOLERATED = 0.002  # share of damaged characters in a page that is UTF-8 all the same (one bad advert)


def _strictly(body: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _composed(text: str) -> str:
    """What `normalise` gives, quicker, for a text that came from UTF-8 and has no control characters."""
    if text.isascii():
        return text
    for invisible in ZERO_WIDTH:
        text = text.replace(invisible, "")
    return unicodedata.normalize("NFC", text)


def _damaged(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _guesses(body: bytes) -> list[str]:
    from trafilatura.utils import detect_encoding  # noqa: PLC0415 - 0.15 s at the start of each run, seldom asked

    # Windows-1258 differs from 1252 in a few letters only, which no statistics of bytes can see.
    vietnamese = ["cp1258"] if _VIETNAMESE.search(body) else []
    return [*vietnamese, *detect_encoding(body), "cp1252"]


def decode(body: bytes, content_type: str = "") -> str:
    """Decode a page.

    The order is by strength of evidence: a byte order mark; bytes that are valid UTF-8 (no other encoding
    gives that by chance, whatever the page declares); what header or page declare; a guess.

    Args:
        body: the bytes as received.
        content_type: the header, "" where there was none.

    Returns:
        The text in NFC without invisible characters; damaged bytes are U+FFFD. Never raises.

    """
    mark, sign = read_bom(body)
    if mark:
        return normalise(body[len(sign or b"") :].decode(mark, errors="replace"))
    utf8 = body.translate(None, _CONTROLS).decode("utf-8", errors="replace")
    if _damaged(utf8) <= _TOLERATED:
        return _composed(utf8)
    declared = [http_content_type_encoding(content_type), html_body_declared_encoding(body[:8192])]
    others = [name for name in declared if name and codecs.lookup(name).name != "utf-8"]
    for name in [*others, *_guesses(body)]:
        text = _strictly(body, name)
        if text is not None:
            return normalise(text)
    return normalise(utf8)

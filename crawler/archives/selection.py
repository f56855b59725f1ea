"""Which pages of a large archive are wanted: by address and date first, by their text only then. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from crawler.addresses import urls
from crawler.pages.charset import decode
from store.folding import fold

# letters that, of the languages in our press, only Vietnamese writes
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_DECLARED = re.compile(r"<html[^>]{0,300}\blang\s*=\s*[\"']?([a-z]{2,3})", re.IGNORECASE)
# each to its end or to the page's: what nobody closed must not be looked for again from every "<"
_TAGS = re.compile(
    r"<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)|<[^>]*(?:>|\Z)", re.IGNORECASE | re.DOTALL
)
_HEAD = 4000  # characters in which a page declares its language
_LOOKED_AT = 20_000  # characters of running text
_FEWEST = 200  # letters, to tell a language by


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; everything empty wants all."""

    language: str = ""  # two letters
    words: tuple[str, ...] = ()  # at least one stands in the page; compared without marks and case
    domains: tuple[str, ...] = ()  # a host, or a domain above it
    since: datetime | None = None
    until: datetime | None = None  # not included

    def wants_address(self, url: str, at: datetime) -> bool:
        """Whether a page may be wanted, by address and date (aware)."""
        if (self.since and at < self.since) or (self.until and at >= self.until):
            return False
        if not self.domains:
            return True
        host = urls.split_web(url).hostname or ""
        return any(f".{host}".endswith(f".{domain}") for domain in self.domains)

    def wants_text(self, body: bytes, content_type: str) -> bool:
        """Whether a page is wanted, by its text."""
        if not (self.words or self.language):
            return True
        page = _decode_fast(body, content_type)
        running = html.unescape(_TAGS.sub(" ", page))
        if self.language and not is_in_language(page[:_HEAD], running, self.language):
            return False
        folded = fold(running) if self.words else ""
        return not self.words or any(fold(word) in folded for word in self.words)


def _decode_fast(body: bytes, content_type: str) -> str:
    """A page as text: nearly all are UTF-8; what is not is decoded with all care."""
    text = body.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") < 20 else decode(body, content_type)


def is_in_language(head: str, running: str, code: str) -> bool:
    """Whether a page is in a language, as far as can be told fast: by what it declares.

    Vietnamese is also known by its letters, since many of its pages declare English or nothing.

    Args:
        head: the beginning of its HTML.
        running: its text without tags.
        code: two letters.

    """
    declared = _DECLARED.search(head)
    if declared is not None and declared[1].lower() == code:
        return True
    return code == "vi" and _reads_vietnamese(running[:_LOOKED_AT])


def _reads_vietnamese(text: str) -> bool:
    """At least one letter in 25 that only Vietnamese writes; in its running text it is about one in five."""
    composed = unicodedata.normalize("NFC", text)
    letters = sum(map(str.isalpha, composed))
    return letters >= _FEWEST and len(_VIETNAMESE.findall(composed)) * 25 >= letters

"""sources.yaml -> Source values."""

from __future__ import annotations

import re

from config.checks import read_domain, read_id, read_url
from config.entries import Entry
from config.faults import in_english as _t
from store.types import Feed, FeedKind, Scope, Source

_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_PAUSE = 3_600.0  # seconds; a longer one is a slip of the pen

_MOST_REQUESTS = 100_000  # to one host in a day; more than one a second is nobody's wish


def read_sources(root: Entry) -> tuple[Source, ...]:
    """The outlets of the file, in its order. An id, a domain and an address each stand once in the file."""
    ids: dict[str, int] = {}
    domains: dict[str, int] = {}
    addresses: dict[str, int] = {}
    sources = [
        _read_source(entry, ids, domains, addresses) for entry in root.entries("sources", is_needed=True)
    ]
    root.close()
    return tuple(sources)


def _read_source(
    entry: Entry, ids: dict[str, int], domains: dict[str, int], addresses: dict[str, int]
) -> Source:
    source = Source(
        id=read_id(entry, ids),
        name=entry.text("name"),
        domain=read_domain(entry, domains),
        scope=entry.choice("scope", tuple(Scope)),
        country=_read_code(entry, "country", _COUNTRY, "VN"),
        language=_read_code(entry, "language", _LANGUAGE, "vi"),
        kind=entry.text("kind"),
        feeds=tuple(_read_feed(feed, addresses) for feed in entry.entries("feeds")),
        disabled=entry.text("disabled", ""),
        pause_seconds=entry.number("pause_seconds", 0, _LONGEST_PAUSE, default=5.0),
        priority=entry.flag("priority"),
        body_selector=entry.text("body_selector", ""),
        note=entry.text("note", "", lines=True),
        daily_requests=int(entry.number("daily_requests", 0, _MOST_REQUESTS, default=0)),
        browser=entry.flag("browser"),
    )
    entry.close()
    return source


def _read_feed(entry: Entry, addresses: dict[str, int]) -> Feed:
    feed = Feed(
        url=read_url(entry, addresses),
        kind=entry.choice("kind", tuple(FeedKind), FeedKind.FEED),
        disabled=entry.text("disabled", ""),
        note=entry.text("note", "", lines=True),
    )
    entry.close()
    return feed


def _read_code(entry: Entry, key: str, form: re.Pattern[str], example: str) -> str:
    """An ISO 3166-1 country or a BCP 47 language, by its form."""
    code = entry.text(key)
    if code and not form.fullmatch(code):
        entry.fault(
            key, _t("{found} is not such a code"), _t("write it like {example}"), found=code, example=example
        )
    return code

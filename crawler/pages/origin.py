"""Where a page comes from: the zone of its dates, and a source for pages of which we know none. Pure."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from urllib.parse import urlsplit

from crawler.pages import dates
from store.types import Scope, Source

_SAYS_VIETNAMESE = re.compile(rb"<html[^>]{0,200}\blang=[\"']?vi\b", re.IGNORECASE)


def zone_of(source: Source) -> tzinfo:
    """The zone assumed for dates without one: Viet Nam's for its outlets, UTC for all others."""
    return dates.VIETNAM if source.country.upper() == "VN" else UTC


def stranger(url: str, html: bytes) -> Source:
    """A source for a page of which we know no outlet: its host, Vietnamese where host or page say so."""
    host = urlsplit(url).hostname or "unknown"
    vietnamese = host.endswith(".vn") or bool(_SAYS_VIETNAMESE.search(html[:3000]))
    scope, country = (Scope.DOMESTIC, "VN") if vietnamese else (Scope.FOREIGN, "")
    return Source(
        id=host, name=host, domain=host, scope=scope, country=country, language="", kind="newspaper"
    )

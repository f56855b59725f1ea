"""What the parent hands to the collecting process, and what that tells back: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.settings import CrawlSettings
from store.types import Source

STOP = "stop\n"  # said after the job: end in order


@dataclass(frozen=True, slots=True)
class Job:
    """One run. The database address may hold a password: it never goes on a command line."""

    database_url: str
    archive: str
    settings: CrawlSettings
    sources: tuple[Source, ...]
    now: datetime
    pages: tuple[str, ...] = ()  # asked for by a person: these and nothing else


@dataclass(frozen=True, slots=True)
class Refused:
    """A page of which no article came, and why in words."""

    source: str
    url: str
    reason: str


def event_line(kind: str, **values: Any) -> str:
    """Write one event."""
    return json.dumps({"event": kind, **values}, ensure_ascii=False)


def event_from(line: str) -> Mapping[str, Any]:
    """Read one event; a line that is none gives {"event": "noise"}."""
    try:
        found = json.loads(line)
    except ValueError:
        return {"event": "noise", "line": line[:200]}
    return found if isinstance(found, dict) and "event" in found else {"event": "noise", "line": line[:200]}

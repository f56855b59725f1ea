"""What `diembao doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    NOTE = "note"  # works, and lacks something optional
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and what to do where that is not well."""

    name: str
    state: State
    words: str
    do: str = ""

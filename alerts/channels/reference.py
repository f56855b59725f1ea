"""What marks a notice as the same one, however often it arrives."""

from __future__ import annotations

import hashlib

from store.types import Notice

_SHOWN = 8  # characters of a mark that people compare by eye


def make_reference(notice: Notice) -> str:
    """32 hex digits that depend on the notice's key alone: the same key, the same message."""
    return hashlib.sha256(notice.key.encode()).hexdigest()[:32]


def make_mark(notice: Notice) -> str:
    """The start of the reference, for people."""
    return make_reference(notice)[:_SHOWN]

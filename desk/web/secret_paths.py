"""Addresses of ours that hold a token, as they may stand in a log."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"^(/(?:feeds|welcome)/)[^/]+?(\.atom|\.json)?$")


def loggable(path: str) -> str:
    """The path of a request without the token it may hold."""
    return _TOKEN.sub(r"\1…\2", path)

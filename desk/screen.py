"""The terminal people look at: as wide as their window, and nothing of the press can steer it."""

from __future__ import annotations

import re
import sys
from typing import TextIO

from rich.console import Console

WIDTH = 118  # columns where there is no window
# Rich itself writes ESC for colours, so C0 stays; extraction has taken C0 out of all that comes from outside.
# C1 controls steer some terminals like ESC does; direction marks (UAX 9) make what follows read backwards.
_STEERING = re.compile("[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Screen:
    """A text stream that passes everything on but what steers a terminal. Enough of one for Rich."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        """Write a text; returns its length as given."""
        self._stream.write(_STEERING.sub("", text))
        return len(text)

    def flush(self) -> None:
        """Hand on what waits."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether a person's terminal is behind it."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The file behind it; Rich asks it for the window's size."""
        return self._stream.fileno()


def make_console() -> Console:
    """As wide as the terminal; where there is none, wide enough for sentences side by side."""
    screen = Screen(sys.stdout)
    width = None if screen.isatty() else WIDTH
    return Console(file=screen, width=width)  # type: ignore[arg-type]  # Rich writes, flushes, asks isatty: no more

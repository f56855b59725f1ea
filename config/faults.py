"""What can be wrong in the office's files: each fault with its place and remedy, and the error holding all.

Texts are English msgids of the catalogue; `say` puts them into another language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Translate = Callable[[str], str]


def in_english(msgid: str) -> str:
    """A msgid -> itself: the ids are English. As `_t` it marks a text that is translated later."""
    return msgid


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `what` and `do` are msgids; `values` fill their `{placeholders}`.

    `line` counts from 1; 0 means the file as a whole. `key` is a path such as `sources[3].feeds[1].url`.
    """

    file: str
    line: int
    key: str
    what: str
    do: str
    values: tuple[tuple[str, str], ...] = ()

    def say(self, t: Translate) -> str:
        """One line for people, in the language of `t`: place, what is wrong, what to do."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f"{place} {self.key}" if self.key else place
        values = dict(self.values)
        return f"{where}: {t(self.what).format_map(values)}; {t(self.do).format_map(values)}"

    def __str__(self) -> str:
        return self.say(in_english)


class ConfigurationError(Exception):
    """The configuration cannot be used. `faults` holds every fault found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.say(in_english))

    def say(self, t: Translate) -> str:
        """All faults, one a line, in the language of `t`."""
        return "\n".join(fault.say(t) for fault in self.faults)

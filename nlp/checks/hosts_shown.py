"""A host as the eye sees it and as machines write it, so that a person can tell a false letter. Pure.

Marks that are not seen or turn the reading round (right-to-left, zero width) are told, never passed on;
letters that run from right to left are held apart, so that they turn nothing beside them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_MOST = 4  # strange letters that are named
_APART, _END = "\u2068", "\u2069"  # first strong isolate (Unicode bidi algorithm, UAX 9)
_TURNING = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class HostShown:
    """`letters`: as a browser may show it; `code`: in ASCII, as machines write it; the rest as phrases."""

    letters: str
    code: str
    strange: tuple[str, ...]  # “е” (U+0435)
    hidden: tuple[str, ...]  # U+200F

    @property
    def is_plain(self) -> bool:
        """Whether both are the same, so that there is nothing to tell."""
        return self.letters == self.code


def show_host(host: str) -> HostShown:
    """A host as it stands in an address, of any Unicode -> both its forms. Never raises."""
    labels = [letters_of(label) for label in host.split(".")]
    letters = ".".join(labels)
    visible = "".join(char for char in letters if not is_hidden(char))
    turns = any(unicodedata.bidirectional(char) in _TURNING for char in visible)
    strange = dict.fromkeys(char for char in visible if not char.isascii())
    hidden = dict.fromkeys(char for char in letters if is_hidden(char))
    return HostShown(
        f"{_APART}{visible}{_END}" if turns else visible,
        ".".join(code_of(label) for label in labels),
        tuple(f"“{char}” ({_number(char)})" for char in list(strange)[:_MOST]),
        tuple(_number(char) for char in list(hidden)[:_MOST]),
    )


def letters_of(label: str) -> str:
    """A label as a browser may show it: punycode in its letters (RFC 3492), else as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except UnicodeError:
        return label


def code_of(label: str) -> str:
    """A label as machines write it: in ASCII, with the mark of punycode where it holds other letters."""
    if label.isascii():
        return label
    return f"xn--{label.encode('punycode', 'replace').decode('ascii')}"


def is_hidden(char: str) -> bool:
    """Whether a character is a mark that nobody sees: of control or direction, or no character at all."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _number(char: str) -> str:
    return f"U+{ord(char):04X}"

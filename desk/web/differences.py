"""What changed between two versions of one article: sentences first, then words inside what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_UNITS = re.compile(r"[^\n.!?…]*(?:[.!?…]+[”\"')\]]*|\n+|$)\s*")
_WORDS = re.compile(r"\s+|[^\s]+")

# difflib is quadratic at worst: past these counts a block is shown as taken out and put in, whole
MOST_SENTENCES = 2_000
MOST_WORDS = 1_500


class ChangeKind(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, went or came."""

    kind: ChangeKind
    text: str


def compare(before: str, after: str) -> tuple[Change, ...]:
    """Two texts -> changes; the kept and added ones make up `after`, the kept and removed ones `before`."""
    old, new = _sentences(before), _sentences(after)
    if max(len(old), len(new)) > MOST_SENTENCES:
        return tuple(_whole(before, after))
    return _merged(_sentence_changes(old, new))


def _sentences(text: str) -> list[str]:
    return [match.group() for match in _UNITS.finditer(text) if match.group()]


def _sentence_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(ChangeKind.SAME, "".join(old[a:b]))
        else:
            yield from _word_changes("".join(old[a:b]), "".join(new[c:d]))


def _word_changes(before: str, after: str) -> Iterator[Change]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher: SequenceMatcher[str] = SequenceMatcher(None, old, new, autojunk=False)
    if (
        max(len(old), len(new)) > MOST_WORDS or matcher.ratio() < 0.4
    ):  # two different sentences: words would be a mosaic
        yield from _whole(before, after)
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Change(ChangeKind.SAME, "".join(old[a:b]))
        else:
            yield from _whole("".join(old[a:b]), "".join(new[c:d]))


def _whole(before: str, after: str) -> Iterator[Change]:
    if before:
        yield Change(ChangeKind.REMOVED, before)
    if after:
        yield Change(ChangeKind.ADDED, after)


def _merged(changes: Iterator[Change]) -> tuple[Change, ...]:
    merged: list[Change] = []
    for change in changes:
        if merged and merged[-1].kind is change.kind:
            merged[-1] = Change(change.kind, merged[-1].text + change.text)
        else:
            merged.append(change)
    return tuple(merged)

"""What changed between two versions of an article, piece by piece: sentences, then words inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.changes import Step, StepKind
from nlp.changes.comparing import compare_texts
from nlp.changes.marks import find_words
from nlp.sentences import Span


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
    walk = _Walk(before, after)
    return _merged(_changes(walk, compare_texts(before, after)))


class _Walk:
    """How far both texts have been told; every character is told once on its side."""

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after
        self.old = self.new = 0

    def to(self, old: int, new: int) -> Iterator[Change]:
        """Go on in both: what is equal as written stayed."""
        gone, come = self.before[self.old : old], self.after[self.new : new]
        self.old, self.new = max(self.old, old), max(self.new, new)
        if gone == come:
            yield from _told(ChangeKind.SAME, gone)
        else:
            yield from _told(ChangeKind.REMOVED, gone)
            yield from _told(ChangeKind.ADDED, come)


def _told(kind: ChangeKind, text: str) -> Iterator[Change]:
    if text:
        yield Change(kind, text)


def _changes(walk: _Walk, steps: Iterable[Step]) -> Iterator[Change]:
    for step in steps:
        if step.kind is StepKind.REMOVED:
            yield from walk.to(step.old.end, walk.new)
        elif step.kind is StepKind.ADDED:
            yield from walk.to(walk.old, step.new.end)
        else:
            yield from walk.to(step.old.start, step.new.start)
            if step.kind is StepKind.CHANGED:
                yield from _word_changes(walk, step)
            yield from walk.to(step.old.end, step.new.end)
    yield from walk.to(len(walk.before), len(walk.after))


def _word_changes(walk: _Walk, step: Step) -> Iterator[Change]:
    """Words that stayed go together in both texts; between them lies what went and came."""
    old = _kept_words(walk.before, step.old, step.old_marks)
    new = _kept_words(walk.after, step.new, step.new_marks)
    for one, two in zip(old, new, strict=True):
        yield from _between(walk, one, two)
        yield from walk.to(one.end, two.end)
    yield from _between(walk, step.old, step.new, at_end=True)


def _between(walk: _Walk, one: Span, two: Span, *, at_end: bool = False) -> Iterator[Change]:
    """What lies before two words that stayed; white space that is the same on both sides stays, too."""
    old, new = (one.end, two.end) if at_end else (one.start, two.start)
    gone, come = walk.before[walk.old : old], walk.after[walk.new : new]
    space = len(gone) - len(gone.lstrip())
    if space and come[:space] == gone[:space]:
        yield from walk.to(walk.old + space, walk.new + space)
    gone, come = walk.before[walk.old : old], walk.after[walk.new : new]
    tail = len(gone) - len(gone.rstrip())
    if tail and come[len(come) - tail :] == gone[len(gone) - tail :]:
        yield from walk.to(old - tail, new - tail)
    yield from walk.to(old, new)


def _kept_words(text: str, span: Span, marks: tuple[Span, ...]) -> list[Span]:
    words = find_words(text, span).spans
    kept, waiting = [], list(reversed(marks))
    for word in words:
        while waiting and waiting[-1].end <= word.start:
            waiting.pop()
        if not (waiting and waiting[-1].start <= word.start):
            kept.append(word)
    return kept


def _merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    merged: list[Change] = []
    for change in changes:
        if merged and merged[-1].kind is change.kind:
            merged[-1] = Change(change.kind, merged[-1].text + change.text)
        else:
            merged.append(change)
    return tuple(merged)

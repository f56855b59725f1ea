"""A sentence that stands in the evidence library word for word, but for one number. Pure.

It needs neither a unit nor a counted thing: where all words are the same, so is what the numbers are of.
"""

from __future__ import annotations

from nlp.checks.frames import Frame, find_difference, frame_of
from nlp.checks.library_meetings import Kind, Meeting, has_time, is_figure, is_said_at_once, written_at
from nlp.checks.library_reading import Line, Token

_LIKENESS = 1.0  # all words are the same


def find_reprinted(mine: Line, theirs: Line, days_apart: int | None) -> tuple[Meeting, ...] | None:
    """What a reprinted sentence and its original say in one place; None where it is another sentence.

    `days_apart`: between the days on which the two were published; None where one is not known.
    """
    if not _is_one_frame(mine.tokens, theirs.tokens):
        return None
    one, other = frame_of(mine.text), frame_of(theirs.text)
    if one.key != other.key or not one.is_telling:
        return None
    if one.numbers == other.numbers:
        return _agreeing(mine, theirs)
    return _differing(mine, theirs, one, other) if is_said_at_once(mine, theirs, days_apart) else ()


def _is_one_frame(ours: tuple[Token, ...], others: tuple[Token, ...]) -> bool:
    """Whether two sentences have the same words, numbers aside, in the same order."""
    return len(ours) == len(others) and all(
        one.key == other.key or (one.is_number and other.is_number)
        for one, other in zip(ours, others, strict=True)
    )


def _agreeing(mine: Line, theirs: Line) -> tuple[Meeting, ...]:
    """The figures of a sentence that was reprinted as it stands."""
    pairs = zip(mine.tokens, theirs.tokens, strict=True)
    return tuple(
        _meeting(mine, one, theirs, other, agrees=True)
        for one, other in pairs
        if is_figure(mine, one) and is_figure(theirs, other)
    )


def _differing(mine: Line, theirs: Line, one: Frame, other: Frame) -> tuple[Meeting, ...] | None:
    """The one figure in which two sentences of one frame differ; None for a day, a year or an ordinal.

    Where several differ and no time is named, each may be of its own time: nothing meets.
    """
    at = find_difference(one, other)
    if at is None:
        return None if has_time(mine) else ()
    ours, others = _number_at(mine, one.spans[at][0]), _number_at(theirs, other.spans[at][0])
    if ours is None or others is None or not (is_figure(mine, ours) or is_figure(theirs, others)):
        return None
    return (_meeting(mine, ours, theirs, others, agrees=False),)


def _number_at(line: Line, start: int) -> Token | None:
    return next((token for token in line.tokens if token.start == start), None)


def _meeting(mine: Line, ours: Token, theirs: Line, others: Token, *, agrees: bool) -> Meeting:
    return Meeting(Kind.FIGURE, written_at(mine, ours), written_at(theirs, others), agrees, _LIKENESS)

"""Whether "there was none" and a count of some contradict each other, or are two hours of one event. Pure.

Tolls rise: what was true at eight is not at ten. "None" that is said before the first are counted is an
earlier state, and where nobody knows which was first, neither is set against the other.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from nlp.checks.library_reading import Line
from nlp.checks.statements import Statement, overlap
from nlp.quantities import is_nought
from store.types import MentionKind, Quantity

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_ALIKE = 0.5  # of the words of the shorter sentence
_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN, MentionKind.LIST})


def is_none_against_some(one: Statement, other: Statement) -> bool:
    """Whether one of two figures is a count of none, and the other is not."""
    return is_nought(one.quantity) != is_nought(other.quantity)


def is_denied(one: Statement, other: Statement) -> bool:
    """Whether "none" is said of one event after some were counted, and not up to an earlier hour."""
    none, some = (one, other) if is_nought(one.quantity) else (other, one)
    if none.is_as_of or none.is_update or some.is_as_of or none.is_past or some.is_past:
        return False
    return _is_later(none, some) and _is_one_event(none, some)


def is_denied_here(mine: Quantity, theirs: Quantity, line: Line, days_apart: int | None) -> bool:
    """Whether two figures of a claim and a document can be set against each other, where one is none.

    Those of a year or part of one can; of an event, the one that says "none" must be the later.
    `days_apart`: of the document's day after the claim's; None where one is not known. True for others.
    """
    if is_nought(mine) == is_nought(theirs) or ((line.years or line.periods) and not line.days):
        return True
    if days_apart is None:
        return False
    return days_apart < 0 if is_nought(mine) else days_apart > 0


def _is_later(one: Statement, other: Statement) -> bool:
    """Whether one was published after the other; of one day, only where the hours of both are known."""
    if one.item.article.published is None or other.item.article.published is None:
        return False
    mine, theirs = (said.when.astimezone(_HERE) for said in (one, other))
    if mine.date() != theirs.date():
        return mine.date() > theirs.date()
    return _has_hour(mine) and _has_hour(theirs) and mine > theirs


def _has_hour(when: datetime) -> bool:
    return (when.hour, when.minute, when.second) != (0, 0, 0)


def _is_one_event(one: Statement, other: Statement) -> bool:
    """Whether the sentences are alike, and they or their articles name a common place."""
    if overlap(one.words, other.words) < _ALIKE:
        return False
    return bool(one.places & other.places or _places_of(one) & _places_of(other))


def _places_of(one: Statement) -> frozenset[str]:
    return frozenset(place.unit for place in one.item.reading.places if place.kind not in _NOT_WHERE)

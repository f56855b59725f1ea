"""Which figures differ between two versions of one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from nlp.changes.values import FigureChange
from nlp.quantities import find_quantities, measure_of
from nlp.sentences import Span
from store.types import Quantity

_LONGEST = 5_000  # characters of a sentence; longer is a table without full stops, told of as text
_NEAR = 1e-9  # "1,2 tỷ" and "1.200 triệu" are one value


def find_figures(text: str, span: Span, language: str) -> list[Quantity]:
    """The quantities in a range, their offsets into the whole text; none in an endless "sentence"."""
    if span.end - span.start > _LONGEST:
        return []
    found = find_quantities(text[span.start : span.end], language=language)
    return [replace(q, start=q.start + span.start, end=q.end + span.start) for q in found]


def changed_figures(old: Iterable[Quantity], new: Iterable[Quantity]) -> tuple[FigureChange, ...]:
    """Two versions of a sentence -> its figures that have another value, came or went.

    Figures are set beside each other by what they count, then by their unit, in the order they stand in. The
    same value in other words ("1,2 tỷ đồng", "1.200 triệu đồng") is no change.
    """
    before, after = list(old), list(new)
    _take_pairs(before, after, lambda one, two: one.thing == two.thing and _is_same_value(one, two))
    pairs = _take_pairs(before, after, lambda one, two: one.thing == two.thing and _has_same_unit(one, two))
    pairs += _take_pairs(before, after, _has_same_unit)
    changes = [FigureChange(one, two) for one, two in pairs if not _is_same_value(one, two)]
    changes += [FigureChange(one, None) for one in before]
    changes += [FigureChange(None, two) for two in after]
    return tuple(sorted(changes, key=_place))


def _take_pairs(
    before: list[Quantity], after: list[Quantity], fits: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Take out of both lists what fits together, first with first."""
    pairs = []
    for one in list(before):
        two = next((other for other in after if fits(one, other)), None)
        if two is not None:
            before.remove(one)
            after.remove(two)
            pairs.append((one, two))
    return pairs


def _has_same_unit(one: Quantity, two: Quantity) -> bool:
    return measure_of(one)[0] == measure_of(two)[0]


def _is_same_value(one: Quantity, two: Quantity) -> bool:
    if not _has_same_unit(one, two):
        return False
    factor_one, factor_two = measure_of(one)[1], measure_of(two)[1]
    pairs = ((one.low * factor_one, two.low * factor_two), (one.high * factor_one, two.high * factor_two))
    return all(abs(x - y) <= _NEAR * max(abs(x), abs(y)) for x, y in pairs)


def _place(change: FigureChange) -> int:
    shown = change.after or change.before
    return shown.start if shown else 0

"""The sources as the desk shows them: conditions counted, a drawing of 28 days for each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desk.sources import CONDITIONS, SourceView

HEIGHT = 20  # of a drawing, in its own units; a day is 4 wide, its bar 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a drawing; `is_rest` on Saturday and Sunday."""

    x: int
    y: float
    height: float
    is_rest: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One source and its drawing; `most` is the highest bar's articles."""

    view: SourceView
    bars: tuple[Bar, ...]
    most: int


def make_board(views: Iterable[SourceView]) -> tuple[BoardRow, ...]:
    """Sources in their order -> rows."""
    return tuple(BoardRow(view, make_bars(view), max(count for _, count in view.days)) for view in views)


def make_bars(view: SourceView) -> tuple[Bar, ...]:
    """Bars that stand on the same ground; a day without articles still leaves a line."""
    most = max((count for _, count in view.days), default=0) or 1
    heights = [max(0.6, round(HEIGHT * count / most, 1)) for _, count in view.days]
    return tuple(
        Bar(4 * n, round(HEIGHT - height, 1), height, day.weekday() >= 5)
        for n, (height, (day, _)) in enumerate(zip(heights, view.days, strict=True))
    )


def count_conditions(views: Iterable[SourceView]) -> tuple[tuple[str, int], ...]:
    """How many sources are in each condition, worst first."""
    counts = Counter(view.health.condition for view in views)
    return tuple((condition.value, counts[condition]) for condition in CONDITIONS if counts[condition])

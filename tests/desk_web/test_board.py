"""The board of sources: what is drawn and counted."""

from __future__ import annotations

from datetime import date, timedelta

from desk.sources import SourceView
from desk.web.board import HEIGHT, count_conditions, make_board
from store.types import Scope, Source, SourceCondition, SourceHealth

SATURDAY = date(2026, 11, 21)


def view(name: str, condition: SourceCondition, counts: tuple[int, ...] = (0,) * 28) -> SourceView:
    source = Source(name, name, f"{name}.example", Scope.DOMESTIC, "VN", "vi", "newspaper")
    health = SourceHealth(name, condition, "", None, None, None, 0.0, 0)
    days = tuple((SATURDAY - timedelta(days=27 - n), count) for n, count in enumerate(counts))
    return SourceView(source, health, days, ())


def test_the_highest_day_fills_the_drawing_and_an_empty_day_leaves_a_line() -> None:
    (row,) = make_board([view("a", SourceCondition.OK, (0,) * 26 + (5, 10))])
    assert row.most == 10
    assert [bar.height for bar in row.bars[-3:]] == [0.6, 10, HEIGHT]
    assert all(bar.y + bar.height == HEIGHT for bar in row.bars)


def test_days_of_rest_are_told_apart() -> None:
    (row,) = make_board([view("a", SourceCondition.OK)])
    assert [bar.is_rest for bar in row.bars[-3:]] == [False, False, True]


def test_a_source_without_articles_has_nothing_to_draw() -> None:
    (row,) = make_board([view("a", SourceCondition.NEW)])
    assert row.most == 0


def test_conditions_are_counted_the_worst_first() -> None:
    views = [
        view(str(n), c) for n, c in enumerate([SourceCondition.OK, SourceCondition.LATE, SourceCondition.OK])
    ]
    assert count_conditions(views) == (("late", 1), ("ok", 2))

"""None against some: only of one event, and only where "none" was said after some had been counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nlp.checks.figures_disagree import find_flags
from store.types import Stance

SOME = "Vụ cháy kho hàng tại xã Ia Dom làm 2 người bị thương, toàn bộ hàng hóa bị thiêu rụi."
NONE = "Vụ cháy kho hàng tại xã Ia Dom không có thương vong về người, hàng hóa bị thiêu rụi."
NO_INJURED = "Vụ cháy kho hàng tại xã Ia Dom không có người bị thương, hàng hóa bị thiêu rụi."
SO_FAR = "Vụ cháy kho hàng tại xã Ia Dom chưa ghi nhận thương vong về người, hàng hóa bị thiêu rụi."
AS_OF = "Tính đến 8 giờ, vụ cháy kho hàng tại xã Ia Dom không có thương vong về người."
ELSEWHERE = NONE.replace("Ia Dom", "Ia Mơ")


@pytest.mark.parametrize("none", [NONE, NO_INJURED], ids=["no casualties", "none injured"])
@pytest.mark.parametrize("hours", [2, 26], ids=["hours later", "a day later"])
def test_none_that_is_said_after_some_were_counted_is_flagged_on_both_sides(
    make: Any, none: str, hours: float
) -> None:
    case = make.case(make.item(1, SOME), make.item(2, none, hours=hours))
    first, second = find_flags(case)
    assert [(e.article, e.text, e.stance) for e in first.evidence] == [(2, none, Stance.AGAINST)]
    assert [(e.article, e.text, e.stance) for e in second.evidence] == [(1, SOME, Stance.AGAINST)]
    assert all(make.is_exact(flag, case) for flag in (first, second))


NOTHING = {
    "an earlier hour": (NONE, SOME, 2),
    "the day before": (NONE, SOME, 26),
    "at the same minute": (SOME, NONE, 0),
    "none so far": (SOME, SO_FAR, 2),
    "none up to an hour": (SOME, AS_OF, 2),
    "another place": (SOME, ELSEWHERE, 2),
    "both none": (NONE, NO_INJURED, 2),
    "another matter in other words": (
        SOME,
        "Cuộc diễn tập cứu nạn trên sông kết thúc an toàn, không có người bị thương theo ban tổ chức.",
        2,
    ),
}


@pytest.mark.parametrize(("first", "second", "hours"), NOTHING.values(), ids=NOTHING.keys())
def test_an_earlier_state_or_another_event_is_not_flagged(
    make: Any, first: str, second: str, hours: float
) -> None:
    assert find_flags(make.case(make.item(1, first), make.item(2, second, hours=hours))) == ()


def test_of_one_day_without_its_hours_nobody_knows_which_was_first(make: Any) -> None:
    midnight = make.item(1, SOME, hours=-8)  # 00:00 in Viet Nam: a page that gives the day alone
    assert find_flags(make.case(midnight, make.item(2, NONE, hours=2))) == ()


def test_without_a_day_of_publication_nothing_is_set_against_none(make: Any) -> None:
    item = make.item(2, NONE, hours=2)
    undated = replace(item, article=replace(item.article, published=None))
    assert find_flags(make.case(make.item(1, SOME), undated)) == ()

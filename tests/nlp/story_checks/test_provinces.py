"""Figures of two provinces in one sentence's words are no disagreement."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.checks.figures_disagree import find_flags

HERE = "Năm 2026, tỉnh Gia Lai để xảy ra 312 vụ vi phạm pháp luật về lâm nghiệp."


@pytest.mark.parametrize(
    ("other", "is_flagged"),
    [
        (
            "Năm 2026, tỉnh Đắk Lắk xảy ra 150 vụ vi phạm pháp luật về lâm nghiệp, ít hơn Gia Lai.",
            False,
        ),
        ("Khác với tỉnh Đắk Lắk, năm 2026 tỉnh Gia Lai xảy ra 150 vụ vi phạm pháp luật về lâm nghiệp.", True),
        ("Năm 2026, tỉnh Gia Lai xảy ra 150 vụ vi phạm pháp luật về lâm nghiệp, nhiều hơn Đắk Lắk.", True),
        ("Năm 2026 xảy ra 150 vụ vi phạm pháp luật về lâm nghiệp ở tỉnh Gia Lai, khác với Đắk Lắk.", True),
    ],
    ids=["of the other", "of this one", "beside the other", "no place before it"],
)
def test_a_figure_is_of_the_province_named_last_before_it(make: Any, other: str, *, is_flagged: bool) -> None:
    case = make.case(make.item(1, HERE), make.item(2, other))
    flags = find_flags(case)
    assert len(flags) == (2 if is_flagged else 0)
    assert all(make.is_exact(flag, case) for flag in flags)


GROUP = "In 2026, the group documented 32 cases of beatings in custody in {} province."
OFFICE = "The group documented 12 cases of beatings in custody in {} province in 2026, nobody was charged."


@pytest.mark.parametrize(
    ("one", "other", "is_flagged"),
    [("Gia Lai", "Dak Lak", False), ("Gia Lai", "Da Nang", False), ("Gia Lai", "Gia Lai", True)],
)
def test_an_english_province_behind_a_figure_is_its_own(
    make: Any, one: str, other: str, *, is_flagged: bool
) -> None:
    case = make.case(make.item(1, GROUP.format(one)), make.item(2, OFFICE.format(other)))
    assert bool(find_flags(case)) is is_flagged


STORM = "Cơn bão đêm qua làm 9 người chết và nhiều ngôi nhà bị sập ở các xã ven biển."


@pytest.mark.parametrize(
    ("more", "is_flagged"),
    [("", False), (" Tỉnh Đắk Lắk chịu thiệt hại nặng nhất.", True)],
    ids=["of ours", "tells of the other province too"],
)
def test_the_dead_of_another_province_do_not_contradict_an_article_that_never_names_it(
    make: Any, more: str, *, is_flagged: bool
) -> None:
    there = "Ở tỉnh Đắk Lắk, cơn bão làm 5 người chết và nhiều ngôi nhà bị sập."
    assert bool(find_flags(make.case(make.item(1, STORM + more), make.item(2, there)))) is is_flagged

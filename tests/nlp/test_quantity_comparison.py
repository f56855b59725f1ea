from __future__ import annotations

import pytest

from nlp.quantities import are_comparable, do_disagree, find_quantities
from store.types import Quantity


def first(text: str, language: str = "vi") -> Quantity:
    return find_quantities(text, language=language)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 nhà bị tốc mái", "15 căn nhà tốc mái"),
        ("12 người chết", "làm chết 14 người"),
        ("tổng vốn đầu tư 12 tỉ đồng", "đầu tư 1.300 triệu đồng"),
        ("1.200 ha lúa bị ngập", "9 km2 lúa bị ngập"),
    ],
)
def test_figures_of_one_thing_are_comparable_and_disagree(one: str, other: str):
    assert are_comparable(first(one), first(other))
    assert do_disagree(first(one), first(other))
    assert do_disagree(first(other), first(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 người chết", "14 người bị thương"),
        ("12 người bị thương", "5 người bị thương nặng"),
        ("12 nhà tốc mái", "14 nhà có nguy cơ tốc mái"),
        ("12 học sinh nhập viện", "14 người nhập viện"),
        ("12 tỉ đồng", "14 tỉ đồng"),
    ],
)
def test_figures_of_other_or_unnamed_things_are_never_comparable(one: str, other: str):
    assert not are_comparable(first(one), first(other))
    assert not do_disagree(first(one), first(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hơn 100 người chết", "120 người chết"),
        ("khoảng 100 người chết", "98 người chết"),
        ("20-30 người chết", "25 người chết"),
        ("thiệt hại 1,2 triệu đồng", "thiệt hại 1.234.567 đồng"),
        ("thiệt hại 16,87 triệu đồng", "thiệt hại 16.875.000 đồng"),
        ("tăng trưởng 45%", "tăng trưởng 45,3%"),
        ("1.200 ha lúa bị ngập", "12 km2 lúa bị ngập"),
        ("12 người chết", "mười hai người chết"),
    ],
)
def test_figures_that_can_both_be_true_do_not_disagree(one: str, other: str):
    assert are_comparable(first(one), first(other))
    assert not do_disagree(first(one), first(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hơn 100 người chết", "90 người chết"),
        ("thiệt hại 55 triệu đồng", "thiệt hại 56 triệu đồng"),
        ("11 người chết", "12 người chết"),
    ],
)
def test_neighbouring_figures_still_disagree(one: str, other: str):
    assert do_disagree(first(one), first(other))


def test_an_english_and_a_vietnamese_report_can_disagree():
    assert do_disagree(first("12 people were killed", "en"), first("14 người chết"))

"""Quantities without their number: fractions of a whole, and what a text says there was none of."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.quantities import are_comparable, do_disagree, find_quantities, is_nought
from store.types import Quantity


def only(text: str, language: str = "vi") -> Quantity:
    (found,) = find_quantities(text, language=language)
    assert text[found.start : found.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "language", "percent", "thing", "certainty"),
    [
        ("Hơn 2/3 số hộ dân trong xã thiếu nước.", "vi", 66.67, "so ho", "at_least"),
        ("2/3 số hộ dân trong xã thiếu nước.", "vi", 66.67, "so ho", "about"),
        ("Một phần ba số hộ thiếu nước.", "vi", 33.33, "so ho", "about"),
        ("Ba phần tư diện tích cà phê mất trắng.", "vi", 75, "dien tich mat trang", "about"),
        ("Nửa số hộ thiếu nước.", "vi", 50, "so ho", "about"),
        ("Gần một nửa diện tích lúa bị ngập.", "vi", 50, "dien tich ngap", "about"),
        ("Quá nửa số hộ thiếu nước.", "vi", 50, "so ho", "at_least"),
        ("1/3 diện tích rừng bị phá.", "vi", 33.33, "dien tich bi pha", "about"),
        ("Half of households lack water.", "en", 50, "households lack", "about"),
        ("Two thirds of the households were poor.", "en", 66.67, "households", "about"),
        ("A third of the rice area was flooded.", "en", 33.33, "rice area", "about"),
    ],
)
def test_a_fraction_is_a_share_told_roughly(
    text: str, language: str, percent: float, thing: str, certainty: str
) -> None:
    found = only(text, language)
    assert (found.low, found.high, found.unit) == (percent, percent, "percent")
    assert (found.thing, found.certainty) == (thing, certainty)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ngày 2/3 số ca tăng.", "vi"),
        ("Từ 1/3 số hộ phải kê khai.", "vi"),
        ("Tỷ số là 2/3.", "vi"),
        ("Báo cáo 2/30 số hộ.", "vi"),
        ("Hết nửa năm, đến nửa đêm.", "vi"),
        ("Xong một phần năm 2025.", "vi"),
        ("In the first half of the year it rained.", "en"),
        ("By half of 2026 it rained.", "en"),
    ],
)
def test_days_scores_and_halves_of_time_are_no_fractions(text: str, language: str) -> None:
    assert find_quantities(text, language=language) == ()


SHARE = "{} số hộ trong xã thiếu nước."


@pytest.mark.parametrize(
    ("one", "other", "is_other"),
    [
        ("Hai phần ba", "65%", False),
        ("2/3", "70%", False),
        ("2/3", "30%", True),
        ("Hơn 2/3", "80%", False),
        ("Hơn 2/3", "40%", True),
        ("Một phần ba", "một nửa", False),
        ("Một phần ba", "60%", True),
        ("Nửa", "48,5%", False),
        ("Nửa", "90%", True),
        ("Một phần mười", "11%", False),
        ("Một phần mười", "30%", True),
    ],
)
def test_a_fraction_disagrees_only_with_what_nobody_would_round_to_it(
    one: str, other: str, *, is_other: bool
) -> None:
    mine, theirs = only(SHARE.format(one)), only(SHARE.format(other))
    assert are_comparable(mine, theirs)
    assert do_disagree(mine, theirs) is do_disagree(theirs, mine) is is_other


@pytest.mark.parametrize(
    ("text", "language", "written", "unit", "thing", "certainty"),
    [
        ("Vụ cháy không có người chết.", "vi", "không có người chết", "person", "nguoi chet", "exact"),
        (
            "Không ai bị thương trong vụ cháy.",
            "vi",
            "Không ai bị thương",
            "person",
            "nguoi bi thuong",
            "exact",
        ),
        ("Bão không gây thương vong.", "vi", "không gây thương vong", "person", "nguoi thuong vong", "exact"),
        ("Không có nhà nào bị sập.", "vi", "Không có nhà nào bị sập", "house", "nha sap", "exact"),
        ("Không có vụ cháy nào.", "vi", "Không có vụ cháy", "case", "vu chay", "exact"),
        (
            "Xã chưa ghi nhận trường hợp nào mắc bệnh dại.",
            "vi",
            "chưa ghi nhận trường hợp nào mắc bệnh",
            "case",
            "ca nhiem",
            "at_least",
        ),
        (
            "Đến hết năm 2025, xã chưa ghi nhận trường hợp nào mắc bệnh dại.",
            "vi",
            "chưa ghi nhận trường hợp nào mắc bệnh",
            "case",
            "ca nhiem",
            "exact",
        ),
        ("No deaths were reported.", "en", "No deaths", "person", "nguoi chet", "exact"),
        ("No one was injured.", "en", "No one was injured", "person", "nguoi bi thuong", "exact"),
        (
            "No casualties have been reported so far.",
            "en",
            "No casualties",
            "person",
            "nguoi thuong vong",
            "at_least",
        ),
    ],
)
def test_that_there_was_none_is_a_count(  # noqa: PLR0917 - the columns of the table
    text: str, language: str, written: str, unit: str, thing: str, certainty: str
) -> None:
    found = only(text, language)
    assert found.text == written
    assert (found.unit, found.thing, found.certainty) == (unit, thing, certainty)
    assert is_nought(found)


@pytest.mark.parametrize(
    "text",
    [
        "Nếu không có người chết thì tốt.",
        "Phấn đấu không có người chết vì tai nạn.",
        "Có phải không có người chết?",
        "Không phải không có người chết.",
        "Làng không có điện, nhà không có người.",
        "Không có trường hợp nào.",
        "Ông nói không có gì.",
    ],
)
def test_a_wish_a_condition_a_question_and_a_lack_of_things_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("some", "is_other"),
    [
        ("Có 2 người bị thương.", True),
        ("Có 2 người chết.", True),
        ("Có 2 người mất tích.", False),
        ("Có 0 người chết.", False),
    ],
)
def test_where_there_were_no_casualties_nobody_died_or_was_injured(some: str, *, is_other: bool) -> None:
    none = only("Vụ cháy không có thương vong.")
    assert do_disagree(none, only(some)) is do_disagree(only(some), none) is is_other


def test_none_so_far_contradicts_nothing() -> None:
    none = only("Xã chưa ghi nhận ca tử vong nào.")
    assert not do_disagree(none, only("Xã có 3 ca tử vong."))


@given(
    st.text(alphabet="không có người chết nửa số hộ 2/3 một phần ba no casualties of half.,?!\n", max_size=80)
)
def test_whatever_is_read_stands_in_the_text_and_nothing_overlaps(text: str) -> None:
    for language in ("vi", "en"):
        found = find_quantities(text, language=language)
        assert all(text[q.start : q.end] == q.text for q in found)
        assert all(one.end <= other.start for one, other in pairwise(found))

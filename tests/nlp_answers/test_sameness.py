"""Which sentences make the same claim. Sentences are invented."""

from __future__ import annotations

import unicodedata

import pytest

from nlp.loaded import LOADED
from nlp.sameness import SAME, SUGGEST, Match, compare, make_worded
from nlp.text import fold

ONE = "Mưa lũ làm 210 hộ dân ở xã Đức Cơ phải sơ tán trong đêm 5/11."
WORKS = "Dự án thủy điện ở xã Ia Dom đã được tỉnh phê duyệt năm 2024."
TOLL = "Vụ tai nạn làm 3 người chết và 5 người bị thương ở phường Pleiku."
COMPARED = "Năm 2025, Pleiku thu ngân sách nhiều hơn Quy Nhơn 300 tỷ đồng."


def match(one: str, other: str, *, days: float = 0.0) -> Match:
    return compare(make_worded(one), make_worded(other), days_apart=days)


SAME_CLAIMS = {
    "the very sentence": (ONE, ONE),
    "another order": (ONE, "Trong đêm 5/11, mưa lũ làm 210 hộ dân ở xã Đức Cơ phải sơ tán."),
    "without marks": (ONE, "Mua lu lam 210 ho dan o xa Duc Co phai so tan trong dem 5/11."),
    "decomposed letters": (ONE, unicodedata.normalize("NFD", ONE)),
    "the day with noughts": (ONE, ONE.replace("5/11", "05/11")),
    "a number in words of the trade": (
        "Tỉnh chi 1,2 triệu đồng cho mỗi hộ nghèo ở xã biên giới.",
        "Tỉnh chi 1.200.000 đồng cho mỗi hộ nghèo ở xã biên giới.",
    ),
    "an opening on top": (ONE, f"Cụ thể, m{ONE[1:]}"),
    "each figure with its own thing, in another order": (
        TOLL,
        "Ở phường Pleiku, vụ tai nạn làm 5 người bị thương và 3 người chết.",
    ),
    "English": (
        "The reservoir released water without warning 300 households in Ia Dom.",
        "In Ia Dom the reservoir released water without warning 300 households.",
    ),
}
OTHER_CLAIMS = {
    "another figure": (ONE, ONE.replace("210", "120"), "số liệu khác"),
    "another day": (ONE, ONE.replace("5/11", "6/11"), "số liệu khác"),
    "a figure more": (ONE, ONE.replace("trong đêm", "trong 2 giờ đêm"), "số liệu khác"),
    "figures exchanged": (TOLL, TOLL.replace("3", "9").replace("5", "3").replace("9", "5"), "số liệu khác"),
    "another place": (ONE, ONE.replace("Đức Cơ", "Ia Dom"), "địa danh khác"),
    "another certainty": (ONE, ONE.replace("210", "khoảng 210"), "số liệu khác"),
    "a negation": (WORKS, WORKS.replace("đã được", "chưa được"), "đổi nghĩa: “chưa”"),
    "a plan": (WORKS, WORKS.replace("đã được", "sẽ được"), "đổi nghĩa: “sẽ”"),
    "an opposite": (
        "Sản lượng cà phê của tỉnh năm 2025 tăng so với năm trước đó.",
        "Sản lượng cà phê của tỉnh năm 2025 giảm so với năm trước đó.",
        "đổi nghĩa: “tăng”",
    ),
    "a comparison turned round": (
        COMPARED,
        "Năm 2025, Quy Nhơn thu ngân sách nhiều hơn Pleiku 300 tỷ đồng.",
        "thứ tự so sánh",
    ),
    "another word for a word": (
        "Cơ quan chức năng tỉnh đã thu hồi giấy phép của mỏ đá tại xã Ia Pnôn.",
        "Cơ quan chức năng tỉnh đã gia hạn giấy phép của mỏ đá tại xã Ia Pnôn.",
        "có từ khác nhau",
    ),
    "too short to know": ("Hai người chết.", "Hai người chết.", "quá ngắn"),
}


@pytest.mark.parametrize(("one", "other"), SAME_CLAIMS.values(), ids=SAME_CLAIMS)
def test_the_same_claim_in_another_form_is_the_same(one: str, other: str) -> None:
    found = match(one, other)
    assert found.is_same
    assert found.likeness >= SAME
    assert found.why == ()


@pytest.mark.parametrize(("one", "other", "why"), OTHER_CLAIMS.values(), ids=OTHER_CLAIMS)
def test_what_differs_is_at_most_suggested_and_says_why(one: str, other: str, why: str) -> None:
    found = match(one, other)
    assert not found.is_same
    assert found.likeness >= SUGGEST
    assert why in " ".join(found.why)


def test_sentences_of_different_things_are_not_even_suggested() -> None:
    found = match(ONE, WORKS)
    assert found == Match(found.likeness, is_same=False, why=())
    assert found.likeness < SUGGEST


@pytest.mark.parametrize(("days", "is_same"), [(0, True), (2, True), (4, False), (400, False)])
def test_a_day_told_by_the_day_of_publication_is_another_day_later(days: float, is_same: bool) -> None:
    said = "Sáng nay, mưa lớn làm sập cầu treo ở làng Kép, xã Ia Mơ, cô lập 40 hộ dân."
    assert match(said, said, days=days).is_same is is_same


def test_a_dated_sentence_is_the_same_years_later() -> None:
    assert match(WORKS, WORKS, days=700).is_same


@pytest.mark.parametrize("word", ["trắng trợn", "xuyên tạc", "brutally", "crackdown"])
def test_a_loaded_word_changes_nothing(word: str) -> None:
    assert word in LOADED
    loaded = ONE.replace("phải", f"{word} phải")
    assert match(ONE, loaded) == match(ONE, ONE)


@pytest.mark.parametrize(
    ("one", "other"), [*SAME_CLAIMS.values(), *((a, b) for a, b, _ in OTHER_CLAIMS.values())]
)
def test_the_two_sentences_can_be_given_either_way_round(one: str, other: str) -> None:
    here, there = match(one, other), match(other, one)
    assert (here.likeness, here.is_same) == (there.likeness, there.is_same)


def test_no_sentence_is_looked_up_by_a_name() -> None:
    worded = make_worded("Chủ tịch xã Nguyễn Văn A cho biết 12 nhà ở Đức Cơ bị tốc mái.")
    assert {"nguyen", "van", "duc", "co"} <= worded.names
    assert not worded.lower & {"nguyen", "duc"}
    assert fold("mái").text in worded.lower


@pytest.mark.parametrize("text", ["", "…", "\ud800", "1", "🙂 🙂"], ids=ascii)
def test_what_is_no_sentence_is_the_same_as_nothing(text: str) -> None:
    assert match(text, ONE).likeness == 0.0

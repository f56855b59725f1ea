from __future__ import annotations

import pytest

from nlp.answers import Shelf

CLAIM = "Hồ chứa xả lũ không báo trước cho 300 hộ dân ở xã Ia Dom ngày 5/11."


@pytest.fixture
def shelf() -> Shelf[int]:
    made: Shelf[int] = Shelf()
    made.add(1, CLAIM)
    made.add(2, CLAIM.replace("300", "30"))
    made.add(3, "Sân bay Pleiku đón 500.000 lượt khách trong sáu tháng đầu năm 2026.")
    return made


def test_the_same_claim_stands_before_what_is_like_it(shelf: Shelf[int]) -> None:
    found = shelf.find(CLAIM)
    assert [(f.key, f.match.is_same) for f in found] == [(1, True), (2, False)]


def test_a_claim_without_marks_is_found(shelf: Shelf[int]) -> None:
    found = shelf.find("Ho chua xa lu khong bao truoc cho 300 ho dan o xa Ia Dom ngay 5/11.")
    assert (found[0].key, found[0].match.is_same) == (1, True)


@pytest.mark.parametrize("text", ["", "Pleiku", "Giá cà phê nhân xô sáng nay ổn định."])
def test_what_nobody_answered_finds_nothing(shelf: Shelf[int], text: str) -> None:
    assert shelf.find(text) == []


def test_no_more_is_given_than_asked_for(shelf: Shelf[int]) -> None:
    assert len(shelf.find(CLAIM, limit=1)) == 1


def test_a_claim_is_found_behind_hundreds_of_sentences_of_the_same_everyday_words() -> None:
    crowd: Shelf[int] = Shelf()
    for number in range(400):
        crowd.add(number, f"Trong năm qua, tỉnh đã hỗ trợ người dân ở các xã xây {number + 3} căn nhà.")
    crowd.add(-1, CLAIM)
    assert crowd.find(CLAIM)[0].key == -1

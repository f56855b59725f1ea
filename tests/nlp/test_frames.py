"""One sentence with another number: what counts as the same sentence, and as another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.checks.figures_reprinted import differ_in_one_number
from nlp.checks.frames import find_difference, frame_of
from nlp.loaded import LOADED

SENTENCE = "Theo biên bản, toàn bộ tang vật gồm hơn 2,2 tấn hàng được trả lại cho công ty ngày 23/5."


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (SENTENCE.replace("2,2", "6,2"), True),
        (SENTENCE.replace("2,2", "22"), True),
        (SENTENCE.replace("2,2", "2.2"), False),
        (SENTENCE.replace("23/5", "25/5"), False),
        (SENTENCE.replace("2,2", "6,2").replace("23/5", "25/5"), False),
        (SENTENCE.upper().replace("2,2", "6,2"), True),
        (SENTENCE.replace("công ty", "hộ dân").replace("2,2", "6,2"), False),
    ],
    ids=[
        "another",
        "a sign lost",
        "a sign exchanged",
        "another day",
        "two numbers",
        "capitals",
        "other words",
    ],
)
def test_a_reprint_with_another_number_is_known(other: str, *, differs: bool) -> None:
    assert differ_in_one_number(SENTENCE, other) is differs
    assert differ_in_one_number(other, SENTENCE) is differs


@pytest.mark.parametrize("short", ["Tỷ số là 2-1.", "Có 3 người chết.", "Giá 20.000 đồng một cân."], ids=str)
def test_a_short_formula_is_no_statement(short: str) -> None:
    assert not frame_of(short).is_telling


@pytest.mark.parametrize(
    ("one", "other"), [("1.200", "1200"), ("1,200", "1.200"), ("07", "7"), ("3,50", "3.50")], ids=str
)
def test_a_number_is_the_same_however_it_is_written(one: str, other: str) -> None:
    mine, theirs = (frame_of(SENTENCE.replace("2,2", number)) for number in (one, other))
    assert mine.numbers == theirs.numbers


@pytest.mark.parametrize("word", sorted(LOADED)[:12])
def test_a_loaded_word_makes_no_other_sentence(word: str) -> None:
    assert frame_of(f"{word} {SENTENCE}").key == frame_of(SENTENCE).key


@given(st.text(max_size=300))
def test_any_text_has_a_frame_whose_holes_lie_in_it(text: str) -> None:
    frame = frame_of(text)
    assert len(frame.numbers) == len(frame.spans) == frame.key.split(" ").count("#")
    assert all(text[start:end] for start, end in frame.spans)
    assert find_difference(frame, frame) is None

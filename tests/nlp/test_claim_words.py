from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.claim_cleaning import clean
from nlp.claim_parts import find_parts, is_part
from nlp.claim_words import find_marks, find_words, word_of
from nlp.text import fold


def words_in(sentence: str) -> set[str]:
    return find_words(clean(sentence).bare)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Công an bắt giữ 12 người.", {"an", "bat", "giu", "nguoi"}),
        ("Cong an bat giu 12 nguoi.", {"an", "bat", "giu", "nguoi"}),
        ("Trong một ngày ở Gia Lai", {"trong", "mot", "ngay", "o"}),
        ("I think Senator Smith voted", {"i", "think", "voted"}),
        ("Hoa nói iPhone giá 5 triệu", {"noi", "gia", "trieu"}),
        ("", set()),
        ("1.200 %", {"%"}),
    ],
    ids=["marks", "no marks", "an opener", "English", "a name first and a mixed one", "nothing", "a sign"],
)
def test_words_are_folded_and_names_and_figures_are_none(sentence: str, words: set[str]):
    assert words_in(sentence) == words


@pytest.mark.parametrize("name", ["Lan", "Trần Văn Bốn", "Đinh Yơn", "Hoa", "McCain", "UBND", "Y Thơm"])
def test_another_name_makes_no_other_words(name: str):
    assert words_in(f"{name} đã nhận tiền của {name} ở xã.") == words_in("An đã nhận tiền của An ở xã.")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_text_no_word_holds_a_capital_or_a_figure(text: str):
    words = words_in(text)
    assert "" not in words
    assert all(word == fold(word).text and not word[0].isdigit() for word in words)


def test_a_word_is_counted_the_same_however_it_is_marked():
    assert word_of("tăng") == word_of("tang") == "tang"


def test_the_parts_of_words_are_pairs_of_neighbours_long_beginnings_and_endings():
    assert set(find_parts(["they", "raised", "taxes"])) == {
        *("they raised", "raised taxes"),
        *("raise…", "…sed", "…xes"),
    }


def test_no_part_is_taken_for_a_word_and_no_word_for_a_part():
    assert all(map(is_part, find_parts(["increasing", "taxes"])))
    assert not any(map(is_part, ["increasing", "%", "i"]))


def test_a_longer_sentence_weighs_each_of_its_words_less():
    short, long = (
        find_marks(clean(text).bare) for text in ("we cut taxes", "we cut taxes in nine of ten years")
    )
    assert short.marks < long.marks
    assert 0 < long.share < short.share < 1


@pytest.mark.parametrize("name", ["Lan", "McCain", "Senator Ann Smith"])
def test_another_name_makes_no_other_marks(name: str):
    assert find_marks(clean(f"Then {name} cut taxes.").bare) == find_marks(clean("Then Bob cut taxes.").bare)


def test_a_sentence_without_words_has_no_marks():
    assert find_marks("").marks == frozenset()

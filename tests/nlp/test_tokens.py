from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text import fold
from nlp.tokens import MOST_CHARACTERS, find_tokens

TEXT = "Mưa lớn ở Đức Cơ, H'Nol và Ia-Grai: 1.240 căn nhà “ngập”!"


def words(text: str) -> list[str]:
    found = find_tokens(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def fold_apart(text: str) -> list[str]:
    return text.split(" ")


def test_syllables_stand_where_they_are_written():
    assert words(TEXT) == fold_apart("Mưa lớn ở Đức Cơ H Nol và Ia Grai 1 240 căn nhà ngập")


@pytest.mark.parametrize(
    "other",
    [TEXT.upper(), fold(TEXT).text, TEXT.replace("ơ", "o\u031b"), TEXT.replace("lớn", "lớ\u200bn")],
    ids=["capitals", "without marks", "decomposed", "zero-width"],
)
def test_the_same_words_have_the_same_hashes_however_they_are_written(other: str):
    assert find_tokens(other).hashes.tolist() == find_tokens(TEXT).hashes.tolist()


def test_a_hash_does_not_depend_on_where_the_word_stands():
    once, again = find_tokens("lũ"), find_tokens("một trận lũ")
    assert once.hashes[0] == again.hashes[2]


def test_hashes_are_the_same_on_every_machine():
    assert hex(int(find_tokens("lũ quét").hashes[1])) == "0x271ca70fc22b13b2"


def test_what_follows_the_first_characters_of_a_huge_text_is_not_looked_at():
    assert len(find_tokens("a" * 5_000_000).hashes) == 1
    assert find_tokens("a " * MOST_CHARACTERS).ends.max() <= MOST_CHARACTERS


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "\u200f", "...", "\ud800"])
def test_a_text_without_words_has_none(text: str):
    assert len(find_tokens(text).hashes) == 0


@given(st.text(alphabet="aăâbcdđeêghikôơưyàảãáạ 0123456789.,-_'\n", max_size=200))
def test_syllables_are_those_of_the_folded_text(text: str):
    assert [fold(word).text for word in words(text)] == re.findall(r"[^\W_]+", fold(text).text)


def test_words_differ_in_their_hashes():
    many = find_tokens(" ".join(f"chữ{n}" for n in range(1500))).hashes
    assert len(set(many.tolist())) == 1500

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.folding import fold, folded_words, has_marks, name_key, place_key, spans_of, spelled_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        (unicodedata.normalize("NFD", "Đắk Lắk"), "dak lak"),
        ("ƯƠỜ ĂÂÊÔ", "uoo aaeo"),
        ("Straße", "strasse"),
        ("Ủy ban 123", "uy ban 123"),
    ],
)
def test_folding_drops_case_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_works_character_by_character(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạắấđ ĂÂĐÊÔƠƯ", max_size=50))
def test_composed_vietnamese_folds_one_to_one(text: str) -> None:
    assert len(fold(unicodedata.normalize("NFC", text))) == len(unicodedata.normalize("NFC", text))


@given(st.text())
def test_composed_and_decomposed_text_has_the_same_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert folded_words(composed) == folded_words(decomposed)


@given(st.text())
def test_indexed_words_are_plain_ascii(text: str) -> None:
    for word in (*folded_words(text), *spelled_words(text)):
        assert word.isascii()
        assert word.replace("_", "").isalnum()


@given(st.text())
def test_spans_name_the_words_in_order(text: str) -> None:
    spans = list(spans_of(text))
    assert [word for _, _, word in spans] == folded_words(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert [start for start, _, _ in spans] == sorted(start for start, _, _ in spans)


@given(st.text("aâbdđeêoôơuưàáảãạằấếộ -.", max_size=40))
def test_a_text_in_vietnamese_letters_has_as_many_spelled_words_as_folded_ones(text: str) -> None:
    assert len(spelled_words(text)) == len(folded_words(text))


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("Hoá", "hóa")])
def test_old_and_new_tone_placement_are_one_spelling(old: str, new: str) -> None:
    assert spelled_words(old) == spelled_words(new)


@pytest.mark.parametrize(("one", "other"), [("ma", "má"), ("hoa", "hòa"), ("dong", "đông"), ("sơn", "son")])
def test_other_marks_are_another_spelling(one: str, other: str) -> None:
    assert spelled_words(one) != spelled_words(other)
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize(("text", "answer"), [("Đức", True), ("đi", True), ("DUC", False), ("2026", False)])
def test_marks_are_noticed(text: str, *, answer: bool) -> None:
    assert has_marks(text) is answer


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("xã Ia Dom", "ia dom"),
        ("Thành phố Pleiku", "pleiku"),
        ("TP. Pleiku", "pleiku"),
        ("Thị trấn", "thi tran"),
        ("Xã", "xa"),
        ("Đức Cơ", "duc co"),
    ],
)
def test_a_place_is_compared_without_its_unit_word(name: str, key: str) -> None:
    assert place_key(name) == key


def test_a_name_is_compared_without_marks_and_punctuation() -> None:
    assert name_key("  Báo “Gia-Lai” ") == "bao gia lai"


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert len(folded_words("嘉莱省")) == 3

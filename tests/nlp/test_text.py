from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import text
from nlp.text import Folded

FREE = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    alphabet="aăâđĐðÐoôơuưyáàảãạ hoàHòaQqýùÊếỆ"
    "\u0300\u0301\u0302\u0323\u00ad\u200b\u200d\ufeff\u00a0\u202f’ʼ–.-\nßİﬁ한각😀",
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đức Cơ", "duc co"),
        ("ĐẮK LẮK", "dak lak"),
        ("ðak Ðoa", "dak doa"),
        ("hoà hòa", "hoa hoa"),
        ("H’Mông HʼNol", "h'mong h'nol"),
        ("Ia\u00a0Dom\u202fx", "ia dom x"),
        ("bi\u200bên\u00ad gi\ufeffới", "bien gioi"),
        ("A–B—C", "a-b-c"),
        (unicodedata.normalize("NFD", "Chư Prông"), "chu prong"),
        ("Straße", "strasse"),
        ("한국", "한국"),
    ],
)
def test_a_text_folds_to_its_matching_form(written: str, folded: str):
    assert text.fold(written).text == folded


@given(FREE)
def test_folding_a_folded_text_changes_nothing(written: str):
    once = text.fold(written).text
    assert text.fold(once).text == once


@given(FREE)
def test_composed_and_decomposed_text_fold_to_the_same_but_for_korean(written: str):
    latin = "".join(c for c in written if not "\u1100" <= c <= "\u11ff" and not "\uac00" <= c <= "\ud7a3")
    composed = unicodedata.normalize("NFC", latin)
    assert text.fold(unicodedata.normalize("NFD", composed)).text == text.fold(composed).text


@given(FREE, st.sampled_from([text.fold, text.normalise]))
def test_offsets_never_go_back_and_stay_inside_the_original(written: str, form: Callable[[str], Folded]):
    folded = form(written)
    offsets = [folded.offset(i) for i in range(len(folded.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(written)
    assert all(0 <= offset <= len(written) for offset in offsets)


@given(FREE, st.data())
def test_a_range_leads_back_to_the_characters_that_made_it(written: str, data: st.DataObject):
    folded = text.fold(written)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(written)
    assert start == end or folded.text[start:end] in text.fold(written[first:last]).text


def test_a_range_takes_its_marks_along_and_leaves_the_invisible_out():
    written = "x ho\u0300a\u200b y"
    start, end = text.fold(written).span(2, 5)
    assert written[start:end] == "ho\u0300a"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Hoà Bình", "Hòa Bình"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("quỳ", "quỳ"),
        ("hoàn", "hoàn"),
        ("toán", "toán"),
        ("Ðức", "Đức"),
        ("uỷ ban", "ủy ban"),
    ],
)
def test_tone_marks_get_one_place(written: str, canonical: str):
    assert text.normalise(written).text == canonical


@given(FREE)
def test_normalising_a_normalised_text_changes_nothing(written: str):
    once = text.normalise(written).text
    assert text.normalise(once).text == once


@given(FREE)
def test_flattening_keeps_the_length(written: str):
    assert len(text.flatten(written)) == len(written)


def test_loosening_keeps_the_length_and_parts_joined_words():
    assert text.loosen("ia-grai tp.pleiku 1.200 5-9") == "ia grai tp pleiku 1.200 5-9"


@pytest.mark.parametrize(
    ("written", "accented"), [("Ia Dom", False), ("café", False), ("Đức", True), ("cơ", True)]
)
def test_only_vietnamese_letters_make_a_text_accented(written: str, accented: bool):
    assert text.is_accented(written) is accented


@given(st.text(alphabet=st.characters(exclude_characters="\x00"), max_size=30), st.integers(0, 200))
def test_long_texts_become_what_their_characters_become(written: str, more: int):
    # long texts are looked up all at once, short ones letter by letter; U+FA6C becomes one beyond U+FFFF
    long = written + "Tiếng ồn" * more + "\ufa6c" * (more % 3)
    assert text.flatten(long) == "".join(text.flatten(char) for char in long)
    assert text.fold(long).text == "".join(text.fold(char).text for char in long)

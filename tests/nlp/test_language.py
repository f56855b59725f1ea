from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.language import CODES, detect, is_unaccented
from nlp.syllables import is_toneless_syllable
from nlp.text import fold


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đức Cơ: Bắt giữ ba đối tượng buôn lậu", "vi"),
        ("Tháng ba Tây Nguyên là tháng nào", "vi"),
        ("Nông dân Gia Lai vào vụ", "vi"),
        ("Bat giu 3 doi tuong buon lau qua bien gioi", "vi"),
        ("GIA LAI: KHOI TO VU AN PHA RUNG", "vi"),
        ("Vietnam jails Montagnard Christians", "en"),
        ("Gia Lai coffee exports rise", "en"),
        ("Land dispute in Đức Cơ district", "en"),
        ("Thailand extradites activist to Vietnam", "en"),
        ("Vietnam: les montagnards demandent l'asile", "fr"),
        ("Des réfugiés renvoyés au Vietnam", "fr"),
        ("柬埔寨遣返越南难民", "zh"),
        ("ベトナム中部高原のコーヒー", "ja"),
        ("베트남 잘라이성 커피", "ko"),
        ("ភ្នំពេញ", "km"),
        ("ລາວ ຫວຽດນາມ", "lo"),
        ("ชายแดนเวียดนาม", "th"),
        ("La policía detuvo a tres hombres en la frontera", "und"),
        ("😀😀", "und"),
        ("12 345", "und"),
        ("", "und"),
    ],
)
def test_a_short_text_gets_its_language(text: str, code: str):
    assert detect(text).code == code


@pytest.mark.parametrize("text", ["Ngư dân Nhơn Châu gặp nạn ở Trường Sa", "Xã biên giới Ia Dom có điện"])
def test_the_same_headline_without_marks_is_vietnamese_and_says_so(text: str):
    assert not is_unaccented(detect(text))
    assert is_unaccented(detect(fold(text).text))


def test_what_the_page_declares_counts_only_when_nothing_else_decides():
    assert detect("😀", declared="fr-FR").code == "fr"
    assert detect("Đường lên biên giới", declared="fr-FR").code == "vi"
    assert detect("😀", declared="tlh").code == "und"


@given(st.text(max_size=120))
def test_any_text_gets_a_known_code_a_method_and_a_confidence(text: str):
    guess = detect(text)
    assert guess.code in CODES
    assert guess.method
    assert 0 <= guess.confidence <= 1


@pytest.mark.parametrize(
    ("word", "legal"),
    [
        *((word, True) for word in ("nghieng", "quyet", "gieng", "ngheo", "xoong", "the")),
        *((word, False) for word in ("street", "kaf", "border", "ngi", "cheese")),
    ],
)
def test_a_syllable_is_legal_by_onset_and_rhyme(word: str, legal: bool):
    assert is_toneless_syllable(word) is legal

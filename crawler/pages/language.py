"""The language of an article: what the page declares, checked against the letters of its text. Pure.

A declared `en` on a Vietnamese page is common: content systems are installed in English.
"""

from __future__ import annotations

import re

_LOOKED_AT = 1500  # characters
_ENOUGH = 40  # letters; a shorter text contradicts nobody
# Vowels with tone marks that no other written language has; Jrai and Bahnar write ă, ơ and ư, but no tones.
_VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_SCRIPTS = (  # in this order: Japanese mixes kana with Chinese characters
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("th", re.compile("[\u0e01-\u0e4e]"), 0.3),
    ("lo", re.compile("[\u0e81-\u0ecd]"), 0.3),
    ("km", re.compile("[\u1780-\u17d3]"), 0.3),
    ("vi", _VIETNAMESE, 0.06),
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|that|for|with|on|as|by|at|from)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ENGLISH_SHARE = 0.15  # of words; running English text has a quarter to a third


def check_language(declared: str, text: str) -> str:
    """Give the language of a text.

    Args:
        declared: two or three letters as the page says, "" where it says nothing.
        text: the article's.

    Returns:
        What the letters show where they leave no doubt, else what was declared; "" where the declared one is
        contradicted and nothing else is certain.

    """
    start = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, start))
    if letters < _ENOUGH:
        return declared
    shown = "" if start.isascii() else _by_letters(start.lower(), letters)
    if shown:
        return shown
    words = len(_WORD.findall(start))
    if len(_ENGLISH.findall(start)) > _ENGLISH_SHARE * max(1, words):
        return "en"
    return "" if declared in {code for code, *_ in _SCRIPTS} else declared


def _by_letters(text: str, letters: int) -> str:
    return next((code for code, script, least in _SCRIPTS if len(script.findall(text)) > least * letters), "")

"""How words are compared: without marks (folded) and with them (spelled). Pure.

Both databases are given words cut and spelled here, in ASCII only, so that neither one's own idea of a
word, a letter or a mark can make their answers differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Written without spaces between words: every character is a word of its own there, so that a run of
# characters is found as a phrase. Thai, Lao, Myanmar, Khmer, kana, CJK ideographs.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
# the same with marks that have no composed form beside their letter
_MARKED_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[\u0300-\u036f])*")
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_TONE = re.compile(f"[{_TONES}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LONGEST_WORD = 60  # longer runs are no words; both databases have their limits
_UNIT_WORDS = (
    ("thi", "tran"), ("thi", "xa"), ("thanh", "pho"), ("tp",), ("xa",), ("phuong",), ("huyen",), ("tinh",),
)  # fmt: skip


class _WithoutMarks(dict[int, str | int | None]):
    """A table for `str.translate` that drops combining marks; filled as characters are met."""

    def __missing__(self, code: int) -> str | int | None:
        char = chr(code)
        is_mark = unicodedata.combining(char) != 0 or unicodedata.category(char) == "Mn"
        self[code] = None if is_mark else code
        return self[code]


# đ has no decomposition: Unicode calls it a letter, Vietnamese readers leave its stroke out like a tone mark
_WITHOUT_MARKS = _WithoutMarks({ord("đ"): "d", ord("Đ"): "d"})


def fold(text: str) -> str:
    """Text without case and marks: "Đắk Lắk" -> "dak lak". The one folding for search.

    Casefold, NFD, combining marks dropped, đ -> d. It works character by character: `fold(a + b)` is
    `fold(a) + fold(b)`. In composed (NFC) Vietnamese one character gives one; ß and ligatures give two or
    three, a combining mark that stands alone gives none, a Hangul syllable its letters.
    """
    return unicodedata.normalize("NFD", text.casefold()).translate(_WITHOUT_MARKS)


def spell(word: str) -> str:
    """A word with its marks, the tone last: the old "hoà" and the new "hòa" are one spelling."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return _TONE.sub("", parts) + "".join(_TONE.findall(parts))


def has_marks(text: str) -> bool:
    """Whether somebody who typed this text meant its tone marks or its đ."""
    return fold(text) != unicodedata.normalize("NFD", text.casefold())


def spans_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start and end in `text`'s characters, and the word as in `folded_words`."""
    folded = [fold(char) for char in text]
    owners = [index for index, piece in enumerate(folded) for _ in piece]
    for match in _WORD.finditer("".join(folded)):
        end = owners[match.end() - 1] + 1
        while end < len(text) and not folded[end]:
            end += 1  # combining marks belong to the letter before them
        yield owners[match.start()], end, _ascii(match[0][:_LONGEST_WORD])


def folded_words(text: str) -> list[str]:
    """The folded words of a text, as both databases index them (ASCII)."""
    return [_ascii(word[:_LONGEST_WORD]) for word in _WORD.findall(fold(text))]


def spelled_words(text: str) -> list[str]:
    """The words of a text with their marks, as both databases index them (ASCII)."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return [_spelled(word[:_LONGEST_WORD]) for word in _MARKED_WORD.findall(composed)]


def name_key(name: str) -> str:
    """A name as it is compared: folded words with one space between them."""
    return " ".join(folded_words(name))


def place_key(name: str) -> str:
    """A place name as it is compared: folded, without the unit word before it ("xã Ia Dom" -> "ia dom")."""
    words = folded_words(name)
    for unit_word in _UNIT_WORDS:
        length = len(unit_word)
        if len(words) > length and tuple(words[:length]) == unit_word:
            return " ".join(words[length:])
    return " ".join(words)


@lru_cache(maxsize=32_768)
def _spelled(word: str) -> str:
    return _ascii(spell(word))


def _ascii(word: str) -> str:
    if word.isascii():
        return word
    return _NOT_ASCII.sub(lambda match: f"_{ord(match[0]):x}_", word)

"""Text of the fonts before Unicode, TCVN3 (ABC) and VNI: found by statistics, made readable, mapped back.

Such text is Latin letters that only the font showed as Vietnamese ("Céng hoµ x· héi", "Coäng hoøa xaõ hoäi").
Reading repairs it for itself and gives its results in offsets of the stored text: what is stored and quoted
stays what the source published. Capitals of TCVN3 have a font of their own (".VnTimeH"), which text alone
does not show: they come out small.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from nlp.syllables import is_toneless_syllable
from nlp.text import Folded, fold, substitute
from store.types import Article, Claim, PlaceMention, Quantity, Reading

_SAMPLE = 4000  # characters looked at
_LEAST_WORDS = 4  # converted words that must be Vietnamese
_LEAST_SHARE = 0.2  # of all words must hold a legacy letter
_LEAST_LEGAL = 0.8  # of those must become Vietnamese syllables
_MOST_UNICODE = 0.02  # of all words may hold a letter that only Unicode Vietnamese has
_PLENTY = 0.1  # such letters for each word: good text has many times that, and is left without a closer look
_FEWEST = 2  # letters that good text has none of: fewer are somebody's name
_TONES = "\u0300\u0301\u0309\u0303\u0323"

# TCVN 5712:1993, the third set: each letter is one character of Latin-1.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI for Windows: a letter, then a character for its mark; a few letters are one character.
_VNI_MARKS = {
    "a": "aøàaùáaûảaõãaïạaêăaèằaéắaúẳaüẵaëặaââaàầaáấaåẩaãẫaäậ",
    "e": "eøèeùéeûẻeõẽeïẹeâêeàềeáếeåểeãễeäệ",
    "o": "oøòoùóoûỏoõõoïọoâôoàồoáốoåổoãỗoäộ",
    "u": "uøùuùúuûủuõũuïụ",
    "y": "yøỳyùýyûỷyõỹ",
    "ô": "ôøờôùớôûởôõỡôïợ",
    "ö": "öøừöùứöûửöõữöïự",
}
_VNI_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_UNICODE_LETTER = re.compile("[ăĂơƠưƯđĐ\u1ea0-\u1ef9]")
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")
_EDGES = ".,;:!?()[]{}\"'“”‘’…-–/0123456789%"


def _vni() -> dict[str, str]:
    """Every way in which VNI writes a letter -> the letter."""
    table: dict[str, str] = {}
    for chunk in _VNI_MARKS.values():
        for at in range(0, len(chunk), 3):
            letter, mark, made = chunk[at], chunk[at + 1], chunk[at + 2]
            for upper, other in product((False, True), repeat=2):
                written = (letter.upper() if upper else letter) + (mark.upper() if other else mark)
                table[written] = made.upper() if upper else made
    alone = _VNI_ALONE | {k.upper(): v.upper() for k, v in _VNI_ALONE.items()}
    return table | alone


@dataclass(frozen=True)
class Encoding:
    """A legacy encoding as it stands in Unicode text."""

    name: str
    table: Mapping[str, str]
    pattern: re.Pattern[str]

    def repair(self, text: str) -> Folded:
        """Text -> the same in Unicode, with the map back."""
        return substitute(text, self.pattern, lambda hit: self.table[hit[0]])

    def repair_lines(self, text: str, *, sure: bool) -> Folded:
        """Text -> the same with its lines that are in this encoding made Unicode, with the map back.

        `sure`: the whole article is in it; else each line must show it.
        """
        lines = [hit.span() for hit in _LINE.finditer(text) if self._holds(hit[0], sure=sure)]
        if not lines:
            return Folded(text, text)
        starts = [start for start, _ in lines]

        def made(hit: re.Match[str]) -> str:
            line = bisect_right(starts, hit.start()) - 1
            return self.table[hit[0]] if line >= 0 and hit.start() < lines[line][1] else hit[0]

        return substitute(text, self.pattern, made)

    def _holds(self, line: str, *, sure: bool) -> bool:
        """Whether a line is in this encoding; in a mixed text "có" alone says nothing."""
        words = _words(line[:_SAMPLE])
        if _count_modern(words) > _PLENTY * len(words):
            return False
        return sure or (_OLD_LETTER.search(line) is not None and self.fits(words, least=1))

    def fits(self, words: Sequence[str], *, least: int) -> bool:
        """Whether words with its letters are many, at least `least`, and nearly all become Vietnamese."""
        legacy = [word for word in words if len(word) > 1 and self.pattern.search(word)]
        if len(legacy) < max(least, _LEAST_SHARE * len(words)):
            return False
        legal = sum(_is_vietnamese(self.repair(word).text) for word in legacy)
        return legal >= max(least, _LEAST_LEGAL * len(legacy))


def _encoding(name: str, table: Mapping[str, str]) -> Encoding:
    written = sorted(map(re.escape, table), key=len, reverse=True)
    return Encoding(name, table, re.compile("|".join(written)))


TCVN3 = _encoding("TCVN3", _TCVN3)
VNI = _encoding("VNI", _vni())
_ENCODINGS = (TCVN3, VNI)
_SHARED = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ«»®©£¥§"  # of their letters: in good text, too
_WRITTEN = {char for each in _ENCODINGS for letter in each.table for char in letter if not char.isascii()}
_OLD = sorted(_WRITTEN - set(_SHARED))
_OLD_LETTER = re.compile(f"[{''.join(_OLD)}]")
_IS_OLD = np.zeros(1 << 16, dtype=np.bool_)  # by code unit: ten times as fast as the pattern
_IS_OLD[[ord(letter) for letter in _OLD]] = True


def find_encoding(text: str) -> Encoding | None:
    """Text -> the legacy encoding it is in, or None; looks at the first 4,000 characters.

    Three things must hold: hardly any letter that only Unicode Vietnamese has; legacy letters in many words;
    and nearly all of those words become Vietnamese syllables with at most one tone. French, Portuguese or
    German have such letters too, but theirs become no syllables.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or len(_UNICODE_LETTER.findall(sample)) > _PLENTY * (1 + sample.count(" ")):
        return None
    words = _words(sample)
    if _count_modern(words) > _MOST_UNICODE * len(words):
        return None
    return next((encoding for encoding in _ENCODINGS if encoding.fits(words, least=_LEAST_WORDS)), None)


def repair_fields(fields: Mapping[str, str]) -> Mapping[str, Folded] | None:
    """Texts of one article, by any names -> all of them made readable, each with its map; None for others.

    A text is repaired line by line: a headline in Unicode over a body pasted from an old file, or one such
    paragraph among others, is as common as a whole article. What a line of a few words is in, the rest says.
    """
    if not any(_count_old(text) >= _FEWEST for text in fields.values()):
        return None
    whole = find_encoding("\n".join(text[:_SAMPLE] for text in fields.values()))
    encoding = whole or _find_in_lines(fields.values())
    if encoding is None:
        return None
    return {name: encoding.repair_lines(text, sure=whole is not None) for name, text in fields.items()}


def repair(article: Article) -> tuple[Article, Mapping[str, Folded]] | None:
    """An article in a legacy encoding -> it in Unicode, and the maps of its texts; None for others."""
    fields = repair_fields({"text": article.text, "title": article.title, "lead": article.lead})
    if fields is None:
        return None
    title, lead, text = (fields[name].text for name in ("title", "lead", "text"))
    return replace(article, title=title, lead=lead, text=text), fields


def bring_back(reading: Reading, fields: Mapping[str, Folded]) -> Reading:
    """What was read in the repaired article -> the same in offsets and words of the stored one."""
    places = tuple(_place_back(place, fields[place.field]) for place in reading.places)
    claims = tuple(_claim_back(claim, fields["text"]) for claim in reading.claims)
    return replace(reading, places=places, claims=claims)


def _count_old(text: str) -> int:
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    return int(np.count_nonzero(_IS_OLD[units]))


def _find_in_lines(texts: Iterable[str]) -> Encoding | None:
    """Texts of which only some lines are in a legacy encoding -> that of the first such line."""
    lines = (hit[0] for text in texts for hit in _LINE.finditer(text) if _OLD_LETTER.search(hit[0]))
    return next((encoding for line in lines if (encoding := find_encoding(line))), None)


def _words(text: str) -> list[str]:
    return [word for raw in _WORD.findall(text) if (word := raw.strip(_EDGES))]


def _count_modern(words: Iterable[str]) -> int:
    """How many words hold a letter that only Unicode Vietnamese has."""
    return sum(_UNICODE_LETTER.search(word) is not None for word in words)


def _is_vietnamese(word: str) -> bool:
    """Whether the word is a Vietnamese syllable with at most one tone."""
    parts = unicodedata.normalize("NFD", word)
    return sum(parts.count(tone) for tone in _TONES) <= 1 and is_toneless_syllable(fold(word).text)


def _place_back(place: PlaceMention, field: Folded) -> PlaceMention:
    start, end = field.offset(place.start), field.offset(place.end)
    return replace(place, name=field.original[start:end], start=start, end=end)


def _claim_back(claim: Claim, text: Folded) -> Claim:
    start, end = text.offset(claim.start), text.offset(claim.end)
    quantities = tuple(_quantity_back(quantity, text) for quantity in claim.quantities)
    return replace(claim, text=text.original[start:end], start=start, end=end, quantities=quantities)


def _quantity_back(quantity: Quantity, text: Folded) -> Quantity:
    start, end = text.offset(quantity.start), text.offset(quantity.end)
    return replace(quantity, text=text.original[start:end], start=start, end=end)

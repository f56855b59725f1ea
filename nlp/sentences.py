"""Sentences of Vietnamese and English news as exact ranges of the text.

Own rules: underthesea's sent_tokenize breaks web addresses, ignores line ends, cuts closing quotes off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.text import is_accented

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # of no width; may follow a stop
_CLOSING = f"\"'”’»)\\]{_UNSEEN}"
_BREAK = re.compile(rf"(?:[.!?…]+|[。！？]+)[{_CLOSING}]*(?=\s|$)|[。！？]+[{_CLOSING}」』]*")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_OPENING = "\"'“‘«([-–—•*"
_DASHES = "-–—"
_EDGES = "-–(\"'“‘«[:,;/"
_LOOK_BACK = 24  # characters: longer than any abbreviation, so that time stays linear

# Written with a dot and followed by a name or number, so that the dot ends nothing.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "ts ths pgs gs bs bsck ks ls cn nsnd nsưt tp tx tt tr đt nxb vd "
        "mr mrs ms dr prof st jr sr gen col lt capt sgt maj gov sen rep inc ltd co corp no vs fig vol "
        "e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec",
    )
)
# Also common words, so that in small letters the dot ends the sentence unless a number follows.
_ALSO_WORDS = frozenset({"no", "co", "tr", "st", "tt", "mar", "sen", "jun", "dec", "col"})
# Letters that stand for a unit before its name: quận, phường, huyện, xã, and the house number's "số" or "lô".
_UNIT_LETTERS = frozenset("QPHXKTF")
# A body with a dot, and the unit whose body it is: "UBND. TP. Pleiku".
_BODIES = frozenset({"UBND", "HĐND", "MTTQ", "VKSND", "TAND"})
_UNITS = ("TP", "TX", "TT", "Q.", "P.", "H.", "X.")
_PREPOSITIONS = frozenset({"ở", "tại", "từ", "về", "đến", "tới"})
_MAY_END = {"u.s", "u.k", "u.n", "a.m", "p.m", "d.c", "e.u"}
_STARTERS = frozenset(
    re.findall(
        r"\S+",
        "The A An In On At He She It They We But And This That These Those There However According Police "
        "Officials His Her Their Its As After Before When While If For With From By Both Some "
        "Many Most Since",
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters of a text, end exclusive."""

    start: int
    end: int


def split(text: str) -> tuple[Span, ...]:
    """Text -> its sentences in order; `text[start:end]` is exact and has no white space at its ends.

    A line end always ends a sentence (headings, paragraphs). Time grows with the length of the text.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        _split_line(text, line.start(), line.end(), spans)
    return tuple(spans)


def _split_line(text: str, start: int, end: int, spans: list[Span]) -> None:
    accented: bool | None = None
    for hit in _BREAK.finditer(text, start, end):
        if hit.end() >= end:
            break
        if accented is None:
            accented = is_accented(text[start : min(end, start + 2000)])
        if _is_boundary(text, start, hit, end, accented=accented):
            _append(text, start, hit.end(), spans)
            start = hit.end()
    _append(text, start, end, spans)


def _append(text: str, start: int, end: int, spans: list[Span]) -> None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if end > start:
        spans.append(Span(start, end))


def _is_boundary(text: str, start: int, hit: re.Match[str], end: int, *, accented: bool) -> bool:
    """Whether the stop at `hit` ends the sentence that began at `start`."""
    if hit[0][0] in "。！？":
        return True
    follower = _next_word(text, hit.end(), end)
    if not follower or not _opens_sentence(follower):
        return False
    if not hit[0].startswith(".") or hit[0].startswith(".."):
        return True
    return not _is_abbreviation(text, start, hit.start(), follower, accented=accented)


def _next_word(text: str, position: int, end: int) -> str:
    """The next word, at most 24 characters of it, with the signs before it, a dash that stands apart too."""
    part = text[position : min(end, position + 2 * _LOOK_BACK)].split(maxsplit=2)
    if len(part) > 1 and not part[0].strip(_DASHES):
        return part[0] + part[1][:_LOOK_BACK]
    return part[0][:_LOOK_BACK] if part else ""


def _opens_sentence(word: str) -> bool:
    first = word[0]
    if first in _OPENING:
        inner = word.lstrip(_OPENING)
        return not inner or not inner[0].islower()
    return not first.islower() and first not in ",;:)]%"


def _is_abbreviation(text: str, start: int, dot: int, follower: str, *, accented: bool) -> bool:
    low = max(start, dot - _LOOK_BACK)
    before = text[low:dot].rsplit(maxsplit=1)
    if not before:
        return False
    word = before[-1].strip(_EDGES)
    position = dot - len(before[-1])
    if word.casefold() in _MAY_END:
        return follower.strip(_OPENING) not in _STARTERS
    last = word.rsplit(".", 1)[-1]
    if word.casefold() in _ABBREVIATIONS or last.casefold() in _ABBREVIATIONS:
        return not (word.islower() and last in _ALSO_WORDS) or follower[0].isdecimal()
    if last.isdecimal():
        return position <= start + 1 and len(word) <= 4  # "1. Tình hình": a heading's number
    if len(last) == 1 and last.isupper():
        return _is_initial(text, low, position, last, accented=accented)
    return last in _BODIES and follower.startswith(_UNITS)


def _is_initial(text: str, low: int, position: int, letter: str, *, accented: bool) -> bool:
    """One capital letter with a dot: a unit ("Q. 1"), an initial, or a withheld name ("Nguyễn Văn A.")."""
    words = text[low:position].split()
    named = bool(words) and words[-1][0].isupper() and words[-1][-1].isalpha()
    follows_name = named and words[-1].lower() not in _PREPOSITIONS
    if not accented:
        return True
    return letter in _UNIT_LETTERS and not follows_name

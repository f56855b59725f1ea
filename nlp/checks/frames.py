"""A sentence without its numbers: reprints of it share this frame, whatever figures they give. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.loaded import blank
from nlp.sentences import split
from nlp.text import fold

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$")
_HOLE = "#"
LEAST_WORDS = 6  # a shorter sentence is a formula: "Tỷ số là 2-1"
_MOST_TEXT = 60_000  # characters of a text that are looked at
_LONGEST = 600  # characters; a longer line is a list


@dataclass(frozen=True, slots=True)
class Frame:
    """`key`: folded words with holes; `numbers`: what stood in them, written one way; `spans`: of these."""

    key: str
    numbers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]  # characters of the sentence

    @property
    def is_telling(self) -> bool:
        """Whether it has a number and enough words to be one statement, and no formula."""
        return bool(self.numbers) and self.key.count(" ") - len(self.numbers) >= LEAST_WORDS - 1


@dataclass(frozen=True, slots=True)
class Framed:
    """A sentence with a number at characters start:end of its text."""

    text: str
    start: int
    end: int
    frame: Frame


@lru_cache(maxsize=512)  # what is gathered for a story and its checks ask one after the other
def find_framed(text: str) -> tuple[Framed, ...]:
    """A text -> its sentences that tell something with a number, in order."""
    return tuple(one for one in _framed(text[:_MOST_TEXT]) if one.frame.is_telling)


def find_listed(framed: tuple[Framed, ...]) -> frozenset[str]:
    """Frames that one text fills in several ways: a formula, or a list."""
    first: dict[str, tuple[str, ...]] = {}
    return frozenset(
        one.frame.key
        for one in framed
        if first.setdefault(one.frame.key, one.frame.numbers) != one.frame.numbers
    )


def _framed(text: str) -> Iterator[Framed]:
    for span in split(text):
        sentence = text[span.start : span.end]
        if len(sentence) <= _LONGEST and any(sign.isdecimal() for sign in sentence):
            yield Framed(sentence, span.start, span.end, frame_of(sentence))


@lru_cache(maxsize=20_000)  # texts are made of few words
def fold_word(word: str) -> str:
    """A word in small letters -> the same without marks."""
    return fold(word).text


def frame_of(sentence: str) -> Frame:
    """A sentence -> its frame; loaded words are left out as if they had never been written."""
    text = blank(sentence)
    words: list[str] = []
    numbers: list[str] = []
    spans: list[tuple[int, int]] = []
    for hit in _TOKEN.finditer(text):
        if hit[0][0].isdecimal():
            words.append(_HOLE)
            numbers.append(_written_one_way(hit[0]))
            spans.append(hit.span())
        else:
            words.append(fold_word(hit[0].lower()))
    return Frame(" ".join(words), tuple(numbers), tuple(spans))


def find_difference(one: Frame, other: Frame) -> int | None:
    """Where two sentences of one frame differ, if in one number alone; None where not, or where it is a day.

    Days and their months are another check's (place_date). Several numbers at once make a table's row.
    """
    pairs = zip(one.numbers, other.numbers, strict=True)
    apart = [at for at, (mine, theirs) in enumerate(pairs) if mine != theirs]
    if len(apart) != 1:
        return None
    mine, theirs = one.numbers[apart[0]], other.numbers[apart[0]]
    return None if "/" in mine + theirs or "-" in mine + theirs else apart[0]


def _written_one_way(number: str) -> str:
    if _THOUSANDS.match(number):
        return re.sub(r"[.,]", "", number)
    plain = number.replace(",", ".")
    return plain.lstrip("0") or "0" if "." not in plain else plain

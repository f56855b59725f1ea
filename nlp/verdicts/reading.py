"""A claim or a passage made ready for alignment: its words with their places, without loaded words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from nlp.loaded import blank
from nlp.quantities import find_quantities
from nlp.sentences import split
from nlp.text import Folded, flatten, is_accented, normalise
from nlp.verdicts.words import STOP_WORDS
from store.types import Quantity

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SOLID = re.compile(r"[^\s]+")
_ROMAN = re.compile(r"[IVXLC]{1,6}$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ENGLISH = frozenset({"the", "of", "and", "was", "were", "is", "are", "has", "have", "had", "with"})
_YEAR = re.compile(r"1\d\d\d$|20\d\d$")


class Token(NamedTuple):
    """One syllable or number: in small letters, folded, with its place in the prepared text.

    A tuple, because thousands are made for every claim and that is where the time goes.
    """

    word: str
    folded: str
    start: int
    end: int
    sentence: int
    capital: bool  # a capital not at the head of its sentence
    number: str  # digits without the signs that part thousands, also of Roman numerals; "" for a word
    content: bool


@dataclass(frozen=True)
class Prepared:
    """A text's tokens and the way back to its characters."""

    origin: Folded
    blanked: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    accented: bool

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Tokens first to last, both included -> characters of the text as given."""
        return self.origin.span(self.tokens[first].start, self.tokens[last].end)

    def sentence_span(self, number: int) -> tuple[int, int]:
        """A sentence's number -> its characters of the text as given."""
        return self.origin.span(*self.sentences[number])

    def quantities(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The quantities in characters start:end of the prepared text; offsets into the text as given."""
        squeezed = _squeeze(self.blanked, start, end)
        english = not self.accented and any(token.word in _ENGLISH for token in self.tokens)
        language = "en" if english else "vi"
        found = find_quantities(squeezed.text, language=language)
        return tuple(self._placed(quantity, squeezed) for quantity in found)

    @cached_property
    def own_quantities(self) -> tuple[Quantity, ...]:
        """The quantities of the whole text."""
        return self.quantities(0, len(self.blanked))

    def _placed(self, quantity: Quantity, squeezed: Folded) -> Quantity:
        start, end = self.origin.span(*squeezed.span(quantity.start, quantity.end))
        return replace(quantity, start=start, end=end)


def prepare(text: str) -> Prepared:
    """Any text -> its tokens in order; loaded words are left out as if they had never been written."""
    origin = normalise(_SURROGATE.sub("\ufffd", text))
    blanked = blank(origin.text)
    sentences = tuple((span.start, span.end) for span in split(origin.text))
    return Prepared(origin, blanked, _tokenise(blanked, sentences), sentences, is_accented(blanked))


def is_year(token: Token) -> bool:
    """Whether a token can be read as a year, 1000 to 2099."""
    return bool(token.number) and _YEAR.match(token.number) is not None


def _tokenise(text: str, sentences: tuple[tuple[int, int], ...]) -> tuple[Token, ...]:
    folded = flatten(text)
    tokens: list[Token] = []
    for number, (start, end) in enumerate(sentences):
        first = len(tokens)
        for hit in _TOKEN.finditer(text, start, end):
            tokens.append(_token(hit, folded, number, opens=len(tokens) == first))
    return tuple(tokens)


def _token(hit: re.Match[str], folded: str, sentence: int, *, opens: bool) -> Token:
    written = hit[0]
    word = written.lower()
    start, end = hit.span()
    capital = not opens and word != written and written[0].isupper()
    if written[0].isdecimal():
        return Token(word, written, start, end, sentence, capital, _digits(written), content=True)
    initial = len(written) == 1 and hit.string[end : end + 1] == "."  # "V. Hugo" is no fifth
    number = _value_of(written) if capital and not initial and _ROMAN.match(written) else ""
    # A capital is content whatever the word: "Y" and "Anh" are names as well.
    content = capital or (word not in STOP_WORDS and len(word) > 1)
    return Token(word, folded[start:end], start, end, sentence, capital, number, content)


def _digits(written: str) -> str:
    """Digits as written -> without signs: "1.200" and "1,200" are 1200, "3,5" and "3.5" are 3.5."""
    parts = re.split(r"[.,]", written)
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3:
        return "".join(parts)
    return ".".join(parts)


def _value_of(roman: str) -> str:
    """A Roman numeral as digits, so that "thế kỷ XIX" and "thế kỷ 19" are the same."""
    values = [_ROMAN_VALUES[sign] for sign in roman]
    following = [*values[1:], 0]
    return str(sum(-one if one < other else one for one, other in zip(values, following, strict=True)))


def _squeeze(text: str, start: int, end: int) -> Folded:
    """Characters start:end with one space or line end between what is solid, and the way back."""
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length, last = 0, start
    for hit in _SOLID.finditer(text, start, end):
        gap = "" if not parts else "\n" if "\n" in text[last : hit.start()] else " "
        starts.append(length)
        sources.append(hit.start() - len(gap))
        parts.append(gap + hit[0])
        length += len(gap) + len(hit[0])
        last = hit.end()
    return Folded("".join(parts), text, tuple(starts), tuple(sources))

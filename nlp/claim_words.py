"""The words of a sentence as a model may weigh them: no name, no figure, no loaded word. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Container
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from nlp.claim_parts import find_parts
from nlp.patterns import words_of
from nlp.text import fold

_FIRST_PERSON = words_of("I I'm I've I'd I'll I’m I’ve I’d I’ll")
_MOST_TOKENS = 50_000  # as many as a long day's news has, a few megabytes
_SIGNS = ("%", "$")  # a share, money: what a figure is, not how much
_EDGES = " .,;:!?()[]{}<>\"'“”‘’«»…–—-_/*|+=&#@~`^\\"
# The first word has a capital whatever it is; only these are certainly no name.
_OPENERS = words_of(
    "i we it if and but they this these that those there you she the in when what why how because our as "
    "while not now well today since under nearly about more most less only did does would could "
    "is are was were "
    "have has had every some many all after before or for from with then also maybe yes khi nếu "
    "trong tại sau "
    "nhưng trước những một nhiều"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a sentence's words is weighed, and how much each mark counts: `share`, 0 to 1."""

    marks: AbstractSet[str]
    share: float = 1.0


class KnownWords(dict[str, str]):
    """Token as written -> the word it counts as, "" for all that is not among `known`; fills itself."""

    def __init__(self, known: Container[str]) -> None:
        """`known`: the words a model weighs; the others need not be told apart."""
        super().__init__()
        self._known = known

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST_TOKENS:
            self.clear()
        word = word_of(token)
        self[token] = word = word if word in self._known else ""
        return word


def find_words(bare: str, look_up: Callable[[str], str] | None = None) -> set[str]:
    """A sentence without loaded words and names (`nlp.claim_cleaning.Cleaned.bare`) -> its different words.

    Folded, so that text without marks has the same words. A capitalised word or a figure is none: who or what
    is named, and how many, changes nothing; of those that begin a sentence some are certainly no name.
    `look_up`: token -> word, "" for none; by default `word_of`.
    """
    found = bare.split()
    if not found:
        return set()
    look_up = look_up or word_of
    words = set(map(look_up, found))
    words.discard("")
    first = found[0]
    if first[0].isupper() and (opener := first.lower()) in _OPENERS and not word_of(first):
        words.add(look_up(opener))
        words.discard("")
    return words


def find_marks(bare: str) -> Wording:
    """A sentence without loaded words and names -> its words and their parts (`nlp.claim_parts`).

    A long sentence has more of them and says no more by it: each counts one part in the root of its words.
    """
    words = [word for token in bare.split() if (word := word_of(token))]
    marks = find_words(bare).union(find_parts(words))
    return Wording(marks, 1.0 / math.sqrt(max(1, len(words))))


def written_words(bare: str) -> list[str]:
    """The same words as they are written, for people."""
    return [token.strip(_EDGES) for token in bare.split() if word_of(token)]


@lru_cache(maxsize=_MOST_TOKENS)
def word_of(token: str) -> str:
    """A word as written -> as it is counted; "" for a figure and for every word with a capital letter."""
    word = token.strip(_EDGES)
    if word in _FIRST_PERSON:
        return "i"
    if any(char.isdigit() for char in word):
        return next((sign for sign in _SIGNS if sign in word), "")
    if word != word.lower():  # "iPhone" and "UBND" are names too
        return ""
    return fold(word).text

"""The words of a sentence as a model may weigh them: no name, no figure, no loaded word. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.patterns import words_of
from nlp.text import fold

_FIRST_PERSON = words_of("I I'm I've I'd I'll I’m I’ve I’d I’ll")
_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\d[\d.,]*|[%$]")
# The first word has a capital whatever it is; only these are certainly no name.
_OPENERS = words_of(
    "i we it if and but they this these that those there you she the in when what why how because our as "
    "while not now well today since under nearly about more most less only did does would could "
    "is are was were "
    "have has had every some many all after before or for from with then also maybe yes khi nếu "
    "trong tại sau "
    "nhưng trước những một nhiều"
)


def find_words(text: str) -> set[str]:
    """A sentence without its loaded words (`nlp.claim_features.clean`) -> its different words.

    Folded, so that text without marks has the same words. A capitalised word or a figure is none: who or what
    is named, and how many, changes nothing. The first word is left out unless it is certainly no name.
    """
    found = _TOKEN.findall(text)
    if not found:
        return set()
    words = set(map(word_of, found[1:]))
    before_name = len(found) > 1 and not word_of(found[1]) and found[1][0].isalpha()
    if (opener := found[0].lower()) in _OPENERS and not before_name:
        words.add(word_of(opener))
    words.discard("")
    return words


def written_words(text: str) -> list[str]:
    """The words as they are written that `find_words` may count, the first one left out; for people."""
    return [token.lower() for token in _TOKEN.findall(text)[1:] if word_of(token)]


@lru_cache(maxsize=50_000)
def word_of(token: str) -> str:
    """A word as written -> as it is counted; "" for a figure and for every word with a capital letter."""
    if token in _FIRST_PERSON:
        return "i"
    if token[0].isdigit() or token != token.lower():  # "iPhone" and "UBND" are names as well as "Gia"
        return ""
    return fold(token).text

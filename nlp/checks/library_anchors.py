"""Whether a sentence and a document that differ speak of one matter, not of two in the same words. Pure.

A short sentence without day, place or name is said of many things ("profit was …", "… people were hurt"). It
counts only where the article shares other sentences with the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.checks.case import Held
from nlp.checks.library_meetings import Kind, names_are_in, plain
from nlp.checks.library_reading import Line, find_tokens, lines_of
from nlp.checks.library_sides import Said
from nlp.patterns import whole_words
from nlp.sentences import split
from store.types import ReadArticle

_TELLING = 8  # words of content in common that no other sentence happens to have
_TELLING_OF_A_YEAR = 5  # the same, where both name the year
_PROVINCE = whole_words("tỉnh|toàn tỉnh|the province|province", also_unaccented=False)
_LEAST_WORDS = 6  # of a sentence in common
_MOST_TEXT = 60_000  # characters of an article that are looked at


@dataclass(frozen=True, slots=True)
class Shared:
    """How many sentences an article has word and number alike in each document, by the document's number."""

    sentences: Counter[int]

    def stand_behind(self, document: int, against: int) -> bool:
        """Whether the article shares as many sentences with a document as it has against it, one at least."""
        return self.sentences[document] >= max(1, against)


def find_shared(item: ReadArticle, held: Iterable[Held]) -> Shared:
    """An article and all that is held for its sentences -> what it has in common with each document."""
    mine = set(_sentences(item.article.text[:_MOST_TEXT]))
    theirs: dict[tuple[int, str], None] = {}
    for each in held:
        for line in lines_of(each):
            theirs[each.document.number, " ".join(token.key for token in line.tokens)] = None
    return Shared(Counter(document for document, said in theirs if said in mine))


def _sentences(text: str) -> Iterator[str]:
    for span in split(text):
        words = [token.key for token in find_tokens(text[span.start : span.end])]
        if len(words) >= _LEAST_WORDS:
            yield " ".join(words)


def is_anchored(mine: Line, said: Said) -> bool:
    """Whether what both sentences name beside what differs says that they speak of one matter."""
    theirs = said.line
    if theirs.subject:
        return True
    kind = said.meeting.kind
    day = bool(mine.days & theirs.days)
    place = _share_a_place(mine, theirs) or _share_a_name(mine, theirs)
    if kind is not Kind.FIGURE:
        return (place if kind is Kind.DAY else day) and _share_a_figure(mine, theirs)
    shared = len(plain(mine.words) & plain(theirs.words))
    of_a_year = bool(mine.years & theirs.years or mine.periods & theirs.periods)
    return day or place or shared >= (_TELLING_OF_A_YEAR if of_a_year else _TELLING)


def _share_a_place(mine: Line, theirs: Line) -> bool:
    if _PROVINCE.search(mine.text) and _PROVINCE.search(theirs.text):
        return True
    return any(names_are_in(frozenset({name}), theirs.text) for name in mine.names)


def _share_a_figure(mine: Line, theirs: Line) -> bool:
    figures = ({(q.low, q.high, q.unit) for q in line.quantities} for line in (mine, theirs))
    one, other = figures
    return bool(one & other)


def _share_a_name(mine: Line, theirs: Line) -> bool:
    return bool(_names(mine) & _names(theirs))


def _names(line: Line) -> frozenset[str]:
    """Words with a capital that do not begin the sentence."""
    return frozenset(
        line.text[token.start : token.end]
        for token in line.tokens[1:]
        if line.text[token.start].isupper() and line.text[token.start - 1 : token.start] == " "
    )

"""Whether a sentence and a document that differ speak of one matter, not of two in the same words. Pure.

A short sentence without day, place or name is said of many things ("profit was …", "… people were hurt"). It
counts only where the article shares other sentences with the document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, starmap

from nlp.checks.case import Held
from nlp.checks.figure_sentences import find_figure_claims
from nlp.checks.library_meetings import Kind, names_are_in, plain, share_a_figure, share_a_storm
from nlp.checks.library_reading import Line, Token, find_tokens, lines_of
from nlp.checks.library_sides import Said
from nlp.patterns import whole_words
from nlp.quantities import do_disagree
from nlp.sentences import split
from store.types import Quantity, ReadArticle

_TELLING = 8  # words of content in common that no other sentence happens to have
_TELLING_OF_A_YEAR = 5  # the same, where both name the year
_PROVINCE = whole_words("tỉnh|toàn tỉnh|the province|province", also_unaccented=False)
_TOLD_AGAIN = 0.6  # of the words of both sentences
_MOST_GIVEN = 30  # figures of one thing in an article that are compared
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


def find_several(item: ReadArticle) -> frozenset[tuple[str, str]]:
    """An article -> (unit, thing) of what its sentences give several figures for: it tells of several such
    things one after the other ("the screen has … inches"), and none of them is the library's.
    """
    given: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for claim in find_figure_claims(item):
        for quantity in claim.quantities:
            if quantity.unit and quantity.thing:
                given[quantity.unit, quantity.thing].append(quantity)
    return frozenset(
        of for of, some in given.items() if any(starmap(do_disagree, combinations(some[:_MOST_GIVEN], 2)))
    )


def is_of_several(mine: Line, said: Said, several: frozenset[tuple[str, str]]) -> bool:
    """Whether a figure is of one of several things, and its sentence is not the library's told again."""
    if not several or said.meeting.kind is not Kind.FIGURE or said.line.subject:
        return False
    either = plain(mine.words) | plain(said.line.words)
    if len(plain(mine.words) & plain(said.line.words)) >= _TOLD_AGAIN * len(either):
        return False
    return any(q.text == said.meeting.mine and (q.unit, q.thing) in several for q in mine.quantities)


def is_anchored(mine: Line, said: Said) -> bool:
    """Whether what both sentences name beside what differs says that they speak of one matter."""
    theirs = said.line
    if theirs.subject:
        return True
    kind = said.meeting.kind
    day = bool(mine.days & theirs.days)
    place = _share_a_place(mine, theirs) or _share_a_name(mine, theirs) or _share_a_project(mine, theirs)
    if kind is not Kind.FIGURE:
        return (place if kind is Kind.DAY else day) and share_a_figure(mine, theirs)
    shared = len(plain(mine.words) & plain(theirs.words))
    of_a_year = bool(mine.years & theirs.years or mine.periods & theirs.periods)
    telling = shared >= (_TELLING_OF_A_YEAR if of_a_year else _TELLING)
    return day or place or (telling and not _differ_in_all_numbers(mine, theirs))


def _differ_in_all_numbers(mine: Line, theirs: Line) -> bool:
    """Whether both give several numbers and have none in common: the next thing in the words of the last."""
    one, other = (
        {line.text[token.start : token.end] for token in line.tokens if token.is_number}
        for line in (mine, theirs)
    )
    return min(len(one), len(other)) > 1 and not one & other


def _share_a_place(mine: Line, theirs: Line) -> bool:
    if _PROVINCE.search(mine.text) and _PROVINCE.search(theirs.text):
        return True
    return any(names_are_in(frozenset({name}), theirs.text) for name in mine.names)


def _share_a_name(mine: Line, theirs: Line) -> bool:
    return share_a_storm(mine, theirs) or bool(
        _names(mine.text, mine.tokens) & _names(theirs.text, theirs.tokens)
    )


def _share_a_project(mine: Line, theirs: Line) -> bool:
    """Whether the sentence names what the document's title names, and both give a telling figure alike.

    Below its title a document says "the project" only.
    """
    above = _names(theirs.context, tuple(find_tokens(theirs.context)))
    shared = _names(mine.text, mine.tokens) & above
    return len(shared) > 1 and share_a_figure(mine, theirs)


def _names(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """Words with a capital that do not begin the sentence; a letter alone ("20 W") is no name."""
    return frozenset(
        text[token.start : token.end]
        for token in tokens[1:]
        if token.end - token.start > 1
        and text[token.start].isupper()
        and text[token.start - 1 : token.start] == " "
    )

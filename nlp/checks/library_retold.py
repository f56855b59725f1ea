"""A sentence of the evidence library told again with its parts in another order, and another figure. Pure.

One side may say more than the other, but in a part of its own; where each has words of its own they may speak
of different things, and nothing is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.checks.library_meetings import (
    LIGHT,
    Kind,
    Meeting,
    is_figure,
    plain,
    quantity_at,
    written_at,
)
from nlp.checks.library_reading import Line, Token
from nlp.checks.statements import content_words
from nlp.patterns import whole_words
from nlp.quantities import do_disagree, measure_of
from store.types import Quantity

_LEAST_SHARED = 3  # words of content in common
_COVERED = 0.6  # of the longer sentence's words
_FOLLOWING = 2  # words after a figure that say what it counts
_PARTS = re.compile(r"[,;:.()–]|(?<!\w)(?:và|nhưng|mà|để|song|and|but|while|which)(?!\w)", re.IGNORECASE)
_NOT = whole_words("không|chưa|chẳng|chả|not|no|never|none|without", also_unaccented=False)
_VAGUE = whole_words(
    "khoảng|chừng|gần|ngót|xấp xỉ|ước tính|hơn|trên|dưới|ít nhất|tối đa|không quá|không dưới|hàng|about|"
    "around|nearly|almost|over|under|at least|at most|more than|less than|fewer than|up to|some|roughly"
)
_VAGUE_REACH = 16  # characters before a figure
# who counted is not what was counted; and numbers in words
_WITNESSES = content_words("monitors observers inspectors auditors officials two three four five")


@dataclass(frozen=True, slots=True)
class _Told:
    """One of two sentences with its words of content; the places that either names are none of them."""

    line: Line
    words: frozenset[str]
    places: frozenset[str]

    def words_of(self, text: str) -> frozenset[str]:
        """The words of content of a part of it."""
        return plain(content_words(text)) - LIGHT - _WITNESSES - self.places


def _told(line: Line, places: frozenset[str]) -> _Told:
    return _Told(line, plain(line.words) - LIGHT - _WITNESSES - places, places)


def find_retold(mine: Line, theirs: Line) -> Meeting | None:
    """What two sentences of one time and place, with the same words, say in their one figure.

    None where they do not tell the same, or the figures cannot be set beside each other.
    """
    places = frozenset(word for name in mine.names | theirs.names for word in name.split())
    one, other = _told(mine, places), _told(theirs, places)
    likeness = _likeness(one.words, other.words)
    if not likeness or _denials(mine) != _denials(theirs):
        return None
    figures = _the_figures(mine, theirs)
    if figures is None or not _count_the_same(one, figures[0], other, figures[1]):
        return None
    differ = _differ(mine, figures[0], theirs, figures[1])
    if differ is None:
        return None
    written = written_at(mine, figures[0]), written_at(theirs, figures[1])
    exact = not (_is_vague(mine, figures[0]) or _is_vague(theirs, figures[1]))
    return Meeting(Kind.FIGURE, *written, agrees=not differ, likeness=likeness, is_exact=exact)


def _likeness(ours: frozenset[str], others: frozenset[str]) -> float:
    """The share of the longer sentence's words in the other; 0.0 where they may tell different things."""
    shared = ours & others
    if len(shared) < _LEAST_SHARED or shared not in (ours, others):
        return 0.0
    likeness = round(len(shared) / max(len(ours), len(others)), 4)
    return likeness if likeness >= _COVERED else 0.0


def _the_figures(mine: Line, theirs: Line) -> tuple[Token, Token] | None:
    """The one figure that each has and the other has not; or the only one, where it is the same."""
    ours, others = _figures(mine), _figures(theirs)
    own = [ours[key] for key in ours.keys() - others.keys()]
    own_there = [others[key] for key in others.keys() - ours.keys()]
    if len(own) == len(own_there) == 1:
        return own[0], own_there[0]
    if not own and not own_there and len(ours) == 1:
        return next(iter(ours.values())), next(iter(others.values()))
    return None


def _figures(line: Line) -> dict[str, Token]:
    return {token.key: token for token in line.tokens if is_figure(line, token)}


def _count_the_same(one: _Told, ours: Token, other: _Told, others: Token) -> bool:
    """Whether the same follows both figures, and the parts they stand in have no words of their own."""
    after, after_there = tuple(_following(one, ours)), tuple(_following(other, others))
    if not after or after != after_there or _is_part(one.line, ours) != _is_part(other.line, others):
        return False
    return _part_words(one, ours) <= other.words and _part_words(other, others) <= one.words


def _is_part(line: Line, token: Token) -> bool:
    quantity = quantity_at(line, token)
    return quantity is not None and line.is_part(quantity)


def _following(told: _Told, figure: Token) -> Iterator[str]:
    """The first words of content after a figure, up to a stop or another number; names may be moved."""
    left, end = _FOLLOWING, figure.end
    for token in told.line.tokens:
        if token.start < figure.end:
            continue
        written = told.line.text[token.start : token.end]
        if not left or token.is_number or _PARTS.search(told.line.text[end : token.end]):
            return
        end = token.end
        if written == "%" or (told.words_of(written) and not written[0].isupper()):
            left -= 1
            yield token.key


def _part_words(told: _Told, figure: Token) -> frozenset[str]:
    """The words of content of the part of a sentence in which a figure stands."""
    text = told.line.text
    stops = [hit.span() for hit in _PARTS.finditer(text)]
    begins = max((end for _, end in stops if end <= figure.start), default=0)
    ends = min((start for start, _ in stops if start >= figure.end), default=len(text))
    return told.words_of(text[begins:ends])


def _denials(line: Line) -> Counter[str]:
    return Counter(hit[0].lower() for hit in _NOT.finditer(line.text))


def _differ(mine: Line, one: Token, theirs: Line, other: Token) -> bool | None:
    """Whether two figures of one thing cannot both be true; None where that is not to be said."""
    ours, others = quantity_at(mine, one), quantity_at(theirs, other)
    if ours and others and ours.unit and measure_of(ours)[0] == measure_of(others)[0]:
        return do_disagree(_of_it(ours), _of_it(others))
    if (ours and ours.unit) or (others and others.unit) or _is_vague(mine, one) or _is_vague(theirs, other):
        return None
    return one.key != other.key


def _of_it(quantity: Quantity) -> Quantity:
    return replace(quantity, thing="it")


def _is_vague(line: Line, token: Token) -> bool:
    quantity = quantity_at(line, token)
    if quantity and quantity.certainty != "exact":
        return True
    return _VAGUE.search(line.text[max(0, token.start - _VAGUE_REACH) : token.start]) is not None

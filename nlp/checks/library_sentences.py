"""An article's sentences set beside the evidence library: claims, and others with number, place or quotation.

A plain sentence is not worth a person's look by itself; it is when a document has it word for word with
another number or in another place, or has the quoted words otherwise. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from nlp.checks.citing import claim_at
from nlp.checks.frames import find_framed, find_listed, frame_of
from nlp.checks.library_places import names_a_place
from nlp.checks.library_reading import Line, line_from_claim
from nlp.checks.quoted import find_quoted
from nlp.sentences import Span, split
from store.types import Claim, ReadArticle

_QUOTED_LEAST = 20  # characters of a sentence that are quoted
_MOST_TEXT = 60_000  # characters of an article that are looked at


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence with a number or a place that is no claim; `key` is what Claim.key of it would be."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """As a claim's."""
        return Claim(self.text, self.start, self.end, 0.0, (), (), "").key


def find_plain(item: ReadArticle) -> Iterator[Plain]:
    """An article -> its sentences with a number that are no claims and stand in no list."""
    framed = find_framed(item.article.text)
    listed = find_listed(framed)
    claimed = {claim.start for claim in item.reading.claims if claim.field == "text"}
    for one in framed:
        if one.start not in claimed and one.frame.key not in listed:
            yield Plain(one.text, one.start, one.end)


def find_placed(item: ReadArticle) -> Iterator[Plain]:
    """An article -> its sentences that seem to say where something is, and are neither claims nor plain."""
    text = item.article.text[:_MOST_TEXT]
    taken = {claim.start for claim in item.reading.claims if claim.field == "text"}
    taken |= {one.start for one in find_framed(item.article.text)}
    for span in split(text):
        if span.start not in taken and names_a_place(sentence := text[span.start : span.end]):
            yield Plain(sentence, span.start, span.end)


def find_quoting(item: ReadArticle) -> Iterator[Plain]:
    """An article -> its sentences that quote at length, or stand in a longer quotation, and are no claims.

    Whether an opinion or a plan is worth checking is one question, whether it was said so another.
    """
    text = item.article.text[:_MOST_TEXT]
    claimed = {claim.start for claim in item.reading.claims if claim.field == "text"}
    quoted = find_quoted(text)
    for span in split(text) if quoted else ():
        if span.start not in claimed and any(_share(span, one) >= _QUOTED_LEAST for one in quoted):
            yield Plain(text[span.start : span.end], span.start, span.end)


def _share(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def find_lines(item: ReadArticle, wanted: Collection[str]) -> Iterator[tuple[Claim, Line]]:
    """An article -> those of its sentences whose keys are wanted, as they are compared, each once."""
    left = set(wanted)
    listed = find_listed(find_framed(item.article.text))
    for claim in item.reading.claims:
        if claim.key in left:
            left.remove(claim.key)
            is_listed = bool(listed) and frame_of(claim.text).key in listed
            yield claim, replace(line_from_claim(item, claim), is_listed=is_listed)
    for plain in chain(find_plain(item), find_placed(item)) if left else ():
        if plain.key in left:
            left.remove(plain.key)
            claim = claim_at(item, Span(plain.start, plain.end))
            yield claim, replace(line_from_claim(item, claim), is_plain=True)

"""Which sentences stand for an article or a story: chosen elsewhere, quoted here within what the law lets us.

How to choose is handed in at the edge; what nobody hands in is the opening of the text. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.edition import CitedQuote, Quote
from alerts.quotes import count_words, cut_quote, find_sentences
from alerts.sections.stories import lead_member, make_citation
from store.types import ReadArticle, Story


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article: characters start:end of its `field`, text or lead."""

    item: ReadArticle
    field: str
    start: int
    end: int

    @property
    def source(self) -> str:
        """The whole text the sentence stands in."""
        return self.item.article.lead if self.field == "lead" else self.item.article.text


def find_opening(item: ReadArticle) -> tuple[Passage, ...]:
    """The first two sentences of an article's text, or of its lead where it has no text."""
    field = "text" if item.article.text else "lead"
    text = Passage(item, field, 0, 0).source
    return tuple(
        Passage(item, field, start, end)
        for (start, end), _ in zip(find_sentences(text), range(2), strict=False)
    )


def find_story_opening(story: Story) -> tuple[Passage, ...]:
    """The opening of the article that stands for a story."""
    return find_opening(lead_member(story.members).item)


@dataclass(frozen=True, slots=True)
class Choosers:
    """How sentences are chosen, each way best first; every passage is quoted exactly or not at all."""

    of_article: Callable[[ReadArticle], Sequence[Passage]] = find_opening
    of_story: Callable[[Story], Sequence[Passage]] = find_story_opening


OPENINGS = Choosers()


def quote_passages(passages: Sequence[Passage], *, words: int) -> tuple[CitedQuote, ...]:
    """Passages, best first -> those that `words` words allow together, in the order of their articles.

    A passage that does not fit is left out whole; where none fits, the best is cut after `words` words and
    marked. Source of the cap: Intellectual Property Law Art. 25(1)(b), reasonable quotation.
    """
    left = words
    taken: list[Passage] = []
    for passage in passages:
        length = count_words(passage.source[passage.start : passage.end])
        if length <= left:
            taken.append(passage)
            left -= length
    if not taken:
        return tuple(_cite(p, cut_quote(p.source, p.start, p.end, words)) for p in passages[:1])
    numbers = list(dict.fromkeys(passage.item.number for passage in passages))
    taken.sort(key=lambda p: (numbers.index(p.item.number), p.start))
    return tuple(_cite(p, Quote(p.source[p.start : p.end], p.start, p.end)) for p in taken)


def _cite(passage: Passage, quote: Quote) -> CitedQuote:
    return CitedQuote(make_citation(passage.item), passage.field, quote)

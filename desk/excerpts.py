"""The sentences that stand for articles and stories, chosen by nlp, in the shape that alerts quotes."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.choosing import Choosers, Passage
from nlp.summaries.article import Excerpt
from nlp.summaries.standing import find_standing
from nlp.summaries.story import summarise_story
from store.types import ReadArticle, Story


def find_passages(item: ReadArticle) -> tuple[Passage, ...]:
    """A read article -> its good lead's sentences, else two of its text, the best first."""
    standing = find_standing(item.article, item.reading)
    return tuple(Passage(item, standing.field, e.start, e.end) for e in _best_first(standing.excerpts))


def find_story_passages(story: Story) -> tuple[Passage, ...]:
    """A story -> two sentences of its articles, the best first."""
    chosen = sorted(summarise_story(story), key=lambda each: each.excerpt.rank)
    return tuple(Passage(each.item, "text", each.excerpt.start, each.excerpt.end) for each in chosen)


def _best_first(excerpts: Iterable[Excerpt]) -> list[Excerpt]:
    return sorted(excerpts, key=lambda each: each.rank)


CHOOSERS = Choosers(of_article=find_passages, of_story=find_story_passages)

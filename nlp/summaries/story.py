"""Story -> the two sentences of its articles that stand for it, each with the article it is from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.summaries.article import Excerpt, find_traits, make_excerpt
from nlp.summaries.candidates import Candidate, find_candidates
from nlp.summaries.choosing import WEIGHTS, Traits, Weights, choose, score
from nlp.summaries.wording import find_terms, weigh
from store.types import ReadArticle, Story

MOST_ARTICLES = 12  # looked at: the first ones to tell it, and the newest, which know more
_NEWEST = 4
_SENTENCES = 25  # of each article: a long one must not outvote the others


@dataclass(frozen=True, slots=True)
class StoryExcerpt:
    """A sentence with the article whose version holds it: `excerpt.text` is its text[start:end]."""

    item: ReadArticle
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class _Told:
    """One article's quotable sentences."""

    item: ReadArticle
    found: tuple[Candidate, ...]
    traits: tuple[Traits, ...]


def summarise_story(story: Story, *, count: int = 2, weights: Weights = WEIGHTS) -> tuple[StoryExcerpt, ...]:
    """Story -> at most `count` sentences of its articles, in order of the articles; () where there is none.

    Copies are left out: what one wrote and ten reprinted is one voice. All articles have the language that
    most of them have, the first one's where it is even, so that the two sentences can be read together.
    """
    told = [_tell(item) for item in choose_articles(story)]
    told = [each for each in told if each.found]
    if not told:
        return ()
    traits = [trait for each in told for trait in each.traits]
    unsaid = tuple(dict.fromkeys(each.item.article.outlet_name for each in told))
    rows = [
        find_terms(each.item.article.text[c.start : c.end], unsaid=unsaid)
        for each in told
        for c in each.found
    ]
    vectors, titles = weigh(rows, [find_terms(each.item.article.title, unsaid=unsaid) for each in told])
    heads = np.repeat(np.concatenate(titles), [len(each.found) for each in told], axis=0)
    scores = score(traits, vectors, heads, weights)
    chosen = choose(scores, traits, vectors, count=count, weights=weights)
    sources = [(each.item, c) for each in told for c in each.found]
    return tuple(
        StoryExcerpt(sources[n][0], make_excerpt(sources[n][0].article.text, sources[n][1], chosen.index(n)))
        for n in sorted(chosen)
    )


def choose_articles(story: Story) -> list[ReadArticle]:
    """The articles looked at: no copies, one language, of a long story the first eight and newest four."""
    own = [m.item for m in story.originals] or [story.first]
    codes = [item.reading.language.code for item in own]
    language = max(dict.fromkeys(codes), key=codes.count)
    same = [item for item in own if item.reading.language.code == language]
    return _ends(same)


def _ends(items: Sequence[ReadArticle]) -> list[ReadArticle]:
    if len(items) <= MOST_ARTICLES:
        return list(items)
    return [*items[: MOST_ARTICLES - _NEWEST], *items[-_NEWEST:]]


def _tell(item: ReadArticle) -> _Told:
    text = item.article.text
    found = find_candidates(text)[:_SENTENCES]
    return _Told(item, found, tuple(find_traits(text, found, item.reading.places)))

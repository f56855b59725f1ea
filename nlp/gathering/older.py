"""Articles published long before one of a story's, with nearly the same text.

Found by a few runs of words out of the middle of the text, in the index that the search box uses, then set
beside each other as near-copies are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from nlp.checks.case import OlderArticle
from nlp.checks.old_event import LEAST_LIKENESS, LEAST_TEXT, OLDER_THAN
from nlp.duplicates import Print, make_print, overlap
from nlp.tokens import find_tokens
from store.articles import StoredArticle, select_versions, stored_article_from
from store.folding import folded_words
from store.fulltext import text_condition
from store.search.nodes import Either, Words
from store.tables import ArticleRow, VersionRow
from store.types import ReadArticle, Story

_MOST_ASKED = 12  # articles of a story that are looked up; a story with more is no old one
_RUN = 6  # words; a near-copy keeps most runs of them
_PLACES = (0.3, 0.5, 0.7)  # of a text, where a run is taken
_MOST_FOUND = 8


def find_older(session: Session, story: Story) -> tuple[OlderArticle, ...]:
    """Older articles with nearly the text of one of the story's; the oldest of each first."""
    asked = [
        m.item for m in story.originals if m.item.article.published and len(m.item.article.text) >= LEAST_TEXT
    ]
    return tuple(older for item in asked[:_MOST_ASKED] for older in _older_than(session, item))


def _older_than(session: Session, item: ReadArticle) -> Iterator[OlderArticle]:
    published = item.article.published
    runs = _runs_of(item.article.text)
    if published is None or not runs:
        return
    printed = _print_of(item.article.text)
    for row in session.execute(_candidates(session, runs, before=published.at - OLDER_THAN)):
        found = stored_article_from(row)
        older = _older_from(item, found, printed)
        if older is not None:
            yield older


def _runs_of(text: str) -> tuple[Words, ...]:
    words = folded_words(text)
    if len(words) < _RUN * len(_PLACES):
        return ()
    starts = (int(len(words) * share) for share in _PLACES)
    return tuple(Words(" ".join(words[start : start + _RUN])) for start in starts)


def _candidates(session: Session, runs: tuple[Words, ...], *, before: datetime) -> Select[tuple[object, ...]]:
    return (
        select_versions()
        .where(
            VersionRow.version == ArticleRow.read_version,
            ArticleRow.when_at < before,
            text_condition(session, Either(runs), exactly=False),
        )
        .order_by(ArticleRow.when_at, ArticleRow.number)
        .limit(_MOST_FOUND)
    )


def _older_from(item: ReadArticle, found: StoredArticle, printed: Print) -> OlderArticle | None:
    article = found.article
    likeness = overlap(printed, _print_of(article.text))
    if article.published is None or likeness < LEAST_LIKENESS:
        return None
    return OlderArticle(
        article=item.number,
        number=found.number,
        version=found.version,
        url=article.url,
        title=article.title,
        text=article.text,
        publisher=article.outlet_name,
        published=article.published.at,
        likeness=likeness,
    )


def _print_of(text: str) -> Print:
    return make_print(find_tokens(text).hashes)

"""Earlier answers to a story's claims: verdicts set in other stories, and reviews that others published.

The sentences are kept on a shelf in memory, one for each database, and what was added since is read on: of
10,000 verdicts that takes seconds once, and milliseconds from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from nlp.answers import Shelf
from nlp.checks.case import EarlierAnswer
from nlp.sameness import Match, are_like, compare, make_worded
from store.published import published_after
from store.readings import find_read
from store.reviews import reviews_after
from store.types import Claim, PublishedReview, ReadArticle, Review, Saved, Story, Verdict

MOST = 5  # answers to a claim
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # of a review without a date: nothing was said on the same day
# A verdict that says nothing, or was taken back, has nothing to travel with.
_SILENT = frozenset({Verdict.NOT_ENOUGH})

_Key = tuple[str, str]  # ("claim", Claim.key) or ("url", address and claim)


class _Kept:
    """What was read of one database, and up to which numbers."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.shelf: Shelf[_Key] = Shelf()
        self.reviews: dict[str, list[Review]] = defaultdict(list)
        self.published: dict[str, Saved[PublishedReview]] = {}
        self.last_review = self.last_published = 0

    def read_on(self, session: Session) -> None:
        """Put up what was added since this was last asked."""
        for number, review in reviews_after(session, self.last_review):
            self.last_review = number
            if review.claim not in self.reviews:
                self.shelf.add(("claim", review.claim), review.claim_text)
            self.reviews[review.claim].append(review)
        for saved in published_after(session, self.last_published):
            self.last_published = saved.number
            key = f"{saved.value.url}\x1f{saved.value.claim}"
            if key not in self.published:
                self.shelf.add(("url", key), saved.value.claim)
            self.published[key] = saved  # a later edition stands above


class _Origins:
    """The articles in which sentences were judged, each loaded once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[int, ReadArticle | None] = {}

    def find(self, article: int) -> ReadArticle | None:
        """The article as read last; None where it was never read."""
        if article not in self._loaded:
            self._loaded[article] = find_read(self._session, article)
        return self._loaded[article]


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def find_answers(session: Session, story: Story) -> dict[str, tuple[EarlierAnswer, ...]]:
    """By Claim.key the earlier answers to a story's claims: the same claims first, then what is like them.

    A verdict set in the story itself is none. Nothing here becomes a verdict: people take it over, or not.
    """
    kept = _KEPT.setdefault(session.get_bind().engine, _Kept())
    found: dict[str, tuple[EarlierAnswer, ...]] = {}
    with kept.lock:
        kept.read_on(session)
        if not len(kept.shelf):
            return {}
        origins = _Origins(session)
        for claim, item in _claims_of(story):
            if claim.key not in found and (answers := _answers_to(origins, kept, story, claim, item)):
                found[claim.key] = answers
    return found


def _claims_of(story: Story) -> Iterator[tuple[Claim, ReadArticle]]:
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        for claim in member.item.reading.claims:
            yield claim, member.item
    items = {member.item.number: member.item for member in story.members}
    for saved in story.flags:  # a check asks of sentences, too, that reading passed over as no claim
        if saved.value.article in items:
            yield saved.value.claim, items[saved.value.article]


def _answers_to(
    origins: _Origins, kept: _Kept, story: Story, claim: Claim, item: ReadArticle
) -> tuple[EarlierAnswer, ...]:
    here = {member.item.number for member in story.members}
    answers: list[EarlierAnswer] = []
    for found in kept.shelf.find(claim.text, limit=MOST):
        kind, key = found.key
        if kind == "url":
            answers.append(_from_published(claim, item, kept.published[key]))
        else:
            answers += _from_reviews(origins, claim, item, kept.reviews[key], here)
    ordered = sorted(answers, key=lambda a: (not a.is_same, -a.likeness, -a.at.timestamp()))
    return tuple(ordered[:MOST])


def _from_reviews(
    origins: _Origins, claim: Claim, item: ReadArticle, reviews: list[Review], here: set[int]
) -> Iterator[EarlierAnswer]:
    """One answer for each other article in which the sentence was judged: its newest verdict."""
    newest = {review.article: review for review in reviews}
    for article, review in newest.items():
        if article in here or review.verdict in _SILENT:
            continue
        origin = origins.find(article)
        if origin is None:
            continue
        judged = next((c for c in origin.reading.claims if c.key == review.claim), None)
        match = _compare(claim, item, judged.text if judged else review.claim_text, origin.article.when)
        yield EarlierAnswer(
            text=judged.text if judged else review.claim_text,
            verdict=review.verdict.value,
            reason=review.reason,
            reviewer=review.reviewer,
            at=review.at,
            document=origin.article.url,
            publisher=origin.article.outlet_name,
            likeness=match.likeness,
            reviews=tuple(r for r in reversed(reviews) if r.article == article),
            is_same=match.is_same,
            why=match.why,
            article=article if judged else 0,
            version=origin.version if judged else 0,
            start=judged.start if judged and judged.field == "text" else 0,
            title=origin.article.title,
        )


def _from_published(claim: Claim, item: ReadArticle, saved: Saved[PublishedReview]) -> EarlierAnswer:
    review = saved.value
    at = datetime.combine(review.published, time(), UTC) if review.published else saved.saved_at
    match = _compare(claim, item, review.claim, at if review.published else _LONG_AGO)
    return EarlierAnswer(
        text=review.claim,
        verdict=review.leaning.value if review.leaning else "",
        reason=review.rating,
        reviewer="",
        at=at,
        document=review.url,
        publisher=review.publisher,
        likeness=match.likeness,
        is_same=match.is_same,
        why=match.why,
        title=review.rating,
    )


def _compare(claim: Claim, item: ReadArticle, text: str, at: datetime) -> Match:
    one, other = make_worded(claim.text), make_worded(text)
    days = abs((item.article.when - at).total_seconds()) / 86_400
    if not are_like(one.content, other.content):  # only where the judged sentence reads otherwise by now
        return Match(0.0, is_same=False, why=())
    return compare(one, other, days_apart=days)

"""Our reviews as schema.org ClaimReview (JSON-LD). Written to a file; nothing is published by it. Pure.

The author is the office. No colleague's name, no by-line, no reason written for colleagues goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.exchange.ratings import BEST, VALUES, WORST
from store.types import Article, Review, Verdict

CONTEXT = "https://schema.org"
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_WEB = ("http://", "https://")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One claim with its standing verdict and the articles in which it was judged so, the first first."""

    review: Review
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Who speaks: the office, and the address of the page where it publishes its reviews, "" for none."""

    name: str
    page: str = ""


def choose(reviews: Iterable[tuple[Review, str]]) -> tuple[list[tuple[Review, ...]], list[str]]:
    """Verdicts in order of time, each with the story it was set in -> by claim those that can go out, the
    newest first; and the claims that cannot, because stories disagree about them.

    Only the newest verdict of each story stands; where that says nothing of the claim, nothing goes out.
    """
    newest: dict[str, dict[str, Review]] = {}
    for review, story in reviews:
        newest.setdefault(review.claim, {})[story] = review
    chosen: list[tuple[Review, ...]] = []
    disputed: list[str] = []
    for by_story in newest.values():
        standing = [review for review in by_story.values() if review.verdict in VALUES]
        if len({VALUES[review.verdict] for review in standing}) > 1:
            disputed.append(standing[0].claim_text)
        elif standing:
            chosen.append(tuple(sorted(standing, key=lambda review: review.at, reverse=True)))
    return chosen, disputed


def make_feed(
    reviewed: Sequence[Reviewed], office: Office, *, now: datetime, words: Callable[[Verdict], str]
) -> Node:
    """Reviewed claims -> a DataFeed of ClaimReviews; `words` gives a verdict in Vietnamese."""
    return {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": office.name,
        "dateModified": _day(now),
        "dataFeedElement": [
            {
                "@type": "DataFeedItem",
                "dateCreated": _day(each.review.at),
                "item": [make_claim_review(each, office, words=words)],
            }
            for each in reviewed
        ],
    }


def make_claim_review(reviewed: Reviewed, office: Office, *, words: Callable[[Verdict], str]) -> Node:
    """One reviewed claim -> a ClaimReview node."""
    review = reviewed.review
    author: Node = {"@type": "Organization", "name": office.name}
    node: Node = {
        "@type": "ClaimReview",
        "claimReviewed": review.claim_text,
        "datePublished": _day(review.at),
        "inLanguage": "vi",
        "author": author,
        "itemReviewed": _claim(reviewed.articles),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": VALUES[review.verdict],
            "bestRating": BEST,
            "worstRating": WORST,
            "alternateName": words(review.verdict),
        },
    }
    if office.page:
        author["url"] = office.page
        node["url"] = f"{office.page.split('#')[0]}#{review.claim}"
    return node


def _claim(articles: Sequence[Article]) -> Node:
    """Where the claim stood. Its author is not named: a claim is reviewed, not who made it."""
    works = [_work(article) for article in articles if article.url.startswith(_WEB)]
    claim: Node = {"@type": "Claim"}
    if articles:
        claim["datePublished"] = _day(min(article.when for article in articles))
    if works:
        claim["firstAppearance"] = works[0]
        claim["appearance"] = works
    return claim


def _work(article: Article) -> Node:
    work: Node = {"@type": "CreativeWork", "url": article.url, "headline": article.title}
    if article.published:
        work["datePublished"] = _day(article.published.at)
    work["publisher"] = {"@type": "Organization", "name": article.outlet_name}
    return work


def find_missing(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The properties without which search engines take no ClaimReview, as far as a node lacks them.

    Google's documentation of ClaimReview names as required: claimReviewed, reviewRating (with ratingValue or
    alternateName) and url.
    """
    rating = node.get("reviewRating") or {}
    missing = [name for name in ("claimReviewed", "reviewRating", "url") if not node.get(name)]
    if node.get("reviewRating") and not (rating.get("alternateName") or rating.get("ratingValue")):
        missing.append("reviewRating.alternateName")
    return tuple(missing)


def _day(moment: datetime) -> str:
    return moment.astimezone(_HERE).date().isoformat()

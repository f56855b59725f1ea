from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desk.exchange.reading import read_reviews
from desk.exchange.writing import Office, Reviewed, choose, find_missing, make_claim_review, make_feed
from store.types import Article, PublishedReview, Review, Verdict

OFFICE = Office("Sở Ví dụ", "https://tinh.example/kiem-chung")
WORDS = {
    Verdict.TRUE: "Đúng",
    Verdict.TRUE_WE_CORRECT: "Đúng – ta cần sửa",
    Verdict.PARTLY: "Đúng một phần",
    Verdict.FALSE: "Sai",
}
Make = Callable[..., Review]


def test_a_review_has_all_that_search_engines_require(review: Make, article: Article) -> None:
    made = make_claim_review(Reviewed(review(), (article,)), OFFICE, words=WORDS.__getitem__)
    assert find_missing(made) == ()
    assert made["@type"] == "ClaimReview"
    assert made["author"] == {
        "@type": "Organization",
        "name": "Sở Ví dụ",
        "url": "https://tinh.example/kiem-chung",
    }
    assert made["url"] == "https://tinh.example/kiem-chung#k1"
    assert made["datePublished"] == "2026-11-20"


def test_without_a_page_of_ours_it_has_no_address_and_that_is_told(review: Make, article: Article) -> None:
    made = make_claim_review(Reviewed(review(), (article,)), Office("Sở Ví dụ"), words=WORDS.__getitem__)
    assert "url" not in made
    assert find_missing(made) == ("url",)


@pytest.mark.parametrize(
    ("verdict", "value"),
    [(Verdict.FALSE, 1), (Verdict.PARTLY, 3), (Verdict.TRUE, 5), (Verdict.TRUE_WE_CORRECT, 5)],
)
def test_a_verdict_is_a_rating_with_its_scale_and_vietnamese_words(
    review: Make, verdict: Verdict, value: int
) -> None:
    made = make_claim_review(Reviewed(review(verdict), ()), OFFICE, words=WORDS.__getitem__)
    assert made["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": value,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": WORDS[verdict],
    }


def test_where_the_claim_stood_is_named_by_work_and_publisher(review: Make, article: Article) -> None:
    copy = replace(article, url="https://hai.example/1", outlet_name="Báo Hai")
    made = make_claim_review(Reviewed(review(), (article, copy)), OFFICE, words=WORDS.__getitem__)
    claim = made["itemReviewed"]
    assert (claim["@type"], claim["firstAppearance"]["url"]) == ("Claim", "https://bao.example/xa-lu")
    assert [(w["url"], w["publisher"]["name"]) for w in claim["appearance"]] == [
        ("https://bao.example/xa-lu", "Báo Ví dụ"),
        ("https://hai.example/1", "Báo Hai"),
    ]


def test_no_name_of_a_colleague_no_byline_and_no_reason_goes_out(review: Make, article: Article) -> None:
    made = make_claim_review(Reviewed(review(), (article,)), OFFICE, words=WORDS.__getitem__)
    text = json.dumps(made, ensure_ascii=False)
    assert not [name for name in ("lan.anh", "Bút danh Mây", "Hùng", "Person") if name in text]


def test_material_without_an_address_on_the_web_is_no_appearance(review: Make, article: Article) -> None:
    given = replace(article, url="urn:diembao:7")
    made = make_claim_review(Reviewed(review(), (given,)), OFFICE, words=WORDS.__getitem__)
    assert "appearance" not in made["itemReviewed"]


@pytest.mark.parametrize("verdict", [Verdict.NOT_ENOUGH, Verdict.NOT_CHECKABLE])
def test_a_verdict_that_finds_nothing_out_is_not_exported(review: Make, verdict: Verdict) -> None:
    assert choose([(review(verdict), "s1")]) == ([], [])


def test_only_the_newest_verdict_of_a_story_goes_out(review: Make, at: datetime) -> None:
    later = review(Verdict.TRUE, at=at + timedelta(hours=1))
    assert choose([(review(), "s1"), (later, "s1")]) == ([(later,)], [])


def test_a_verdict_that_was_taken_back_does_not_go_out(review: Make, at: datetime) -> None:
    undone = review(Verdict.NOT_ENOUGH, at=at + timedelta(hours=1), evidence=())
    assert choose([(review(), "s1"), (undone, "s1")]) == ([], [])


def test_a_claim_on_which_stories_disagree_is_told_and_left_out(review: Make) -> None:
    chosen, disputed = choose([(review(), "s1"), (review(Verdict.TRUE), "s2")])
    assert (chosen, disputed) == ([], [review().claim_text])


def test_one_claim_judged_alike_in_two_stories_goes_out_once(review: Make, at: datetime) -> None:
    second = review(article=2, at=at + timedelta(hours=1))
    assert choose([(review(), "s1"), (second, "s2")])[0] == [(second, review())]


def test_what_goes_out_can_be_read_in_again(review: Make, article: Article, at: datetime) -> None:
    feed = make_feed([Reviewed(review(), (article,))], OFFICE, now=at, words=WORDS.__getitem__)
    body = json.dumps(feed).encode()
    (read,) = read_reviews(body, by="an", today=date(2026, 11, 21))
    assert isinstance(read, PublishedReview)
    assert (read.claim, read.leaning, read.publisher) == (review().claim_text, Verdict.FALSE, "Sở Ví dụ")
    assert read.appearances == ("https://bao.example/xa-lu",)


MISSING: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "everything": ({}, ("claimReviewed", "reviewRating", "url")),
    "a rating without words or number": (
        {"claimReviewed": "x", "url": "https://x.example", "reviewRating": {"@type": "Rating"}},
        ("reviewRating.alternateName",),
    ),
}


@pytest.mark.parametrize(("made", "missing"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_named(made: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert find_missing(made) == missing

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.exchange.ratings import read_leaning
from desk.exchange.reading import MOST_BYTES, MOST_NODES, Fault, read_reviews
from store.types import PublishedReview, Verdict

TODAY = date(2026, 11, 21)
Node = dict[str, Any]


def read(body: bytes | object, **more: str) -> list[PublishedReview | Fault]:
    sent = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return list(read_reviews(sent, by="an", today=TODAY, **more))


def words(found: list[PublishedReview | Fault]) -> list[str]:
    return [each.why.english for each in found if isinstance(each, Fault)]


def one(body: bytes | object, **more: str) -> PublishedReview:
    (found,) = read(body, **more)
    assert isinstance(found, PublishedReview), found
    return found


def test_a_review_is_read_with_publisher_address_and_day(node: Node) -> None:
    found = one(node)
    assert (found.claim, found.rating, found.leaning) == (node["claimReviewed"], "Sai", Verdict.FALSE)
    assert (found.publisher, found.url) == ("Trung tâm Ví dụ", "https://kiemchung.example/1")
    assert (found.published, found.appearances) == (date(2026, 11, 9), ("https://bao.example/xa-lu",))
    assert found.added_by == "an"


def test_no_persons_name_is_taken(node: Node) -> None:
    node["author"] = {"@type": "Person", "name": "Trần Thị Ví Dụ"}
    found = one(node)
    assert found.publisher == "kiemchung.example"
    assert "Ví Dụ" not in repr(found)


FORMS = {
    "a list": lambda n: [n],
    "a graph": lambda n: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, n]},
    "a feed": lambda n: {
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [n]}],
    },
    "an item list": lambda n: {"@type": "ItemList", "itemListElement": [{"item": n}]},
    "the type as an address": lambda n: {**n, "@type": "http://schema.org/ClaimReview"},
    "several types": lambda n: {**n, "@type": ["Review", "ClaimReview"]},
    "a page": lambda n: f"<html><script type='application/ld+json'>{json.dumps(n)}</script>".encode(),
    "with a byte order mark": lambda n: b"\xef\xbb\xbf" + json.dumps(n).encode(),
    "a comma too many": lambda n: (json.dumps(n)[:-1] + ",}").encode(),
    "the rating in a list": lambda n: {**n, "reviewRating": [n["reviewRating"]]},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_in_which_reviews_are_published_is_read(node: Node, form: Any) -> None:
    assert one(form(node)).rating == "Sai"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no claim": ({"claimReviewed": None}, "claimReviewed"),
    "a claim that is no text": ({"claimReviewed": 7}, "claimReviewed"),
    "a claim of nothing but tags": ({"claimReviewed": "<script>alert(1)</script>"}, "claimReviewed"),
    "an endless claim": ({"claimReviewed": "câu " * 2_000}, "longer than 2000"),
    "no rating": ({"reviewRating": {}}, "reviewRating"),
    "a rating that is no object": ({"reviewRating": "Sai"}, "reviewRating"),
    "a rating that is true": ({"reviewRating": {"ratingValue": True}}, "reviewRating"),
    "no address": ({"url": ""}, "no address"),
    "a script for an address": ({"url": "javascript:alert(1)"}, "no address"),
    "a file for an address": ({"url": "file:///etc/passwd"}, "no address"),
    "an address with a password": ({"url": "https://a:b@kc.example/"}, "no address"),
    "a deceptive address": ({"url": "https://kc.example/\u202egnp.exe"}, "no address"),
    "an address with a line end": ({"url": "https://kc.example/\r\nSet-Cookie: x"}, "no address"),
}


@pytest.mark.parametrize(("change", "why"), BAD.values(), ids=BAD)
def test_a_record_that_cannot_be_used_is_told_and_the_rest_goes_on(
    node: Node, change: dict[str, Any], why: str
) -> None:
    bad, good = read([{**node, **change}, node])
    assert isinstance(bad, Fault)
    assert (bad.record, why in bad.why.english) == (1, True)
    assert isinstance(good, PublishedReview)


WHOLE = {
    "nothing": (b"", "neither JSON-LD nor a page"),
    "a page without any": (b"<html><p>tin</p>", "neither JSON-LD nor a page"),
    "broken JSON": (b'{"@type": "ClaimReview"', "no JSON"),
    "a number of a million digits": (b"[" + b"9" * 100_000 + b"]", "no JSON"),
    "nested too deeply": (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
    "other things only": (b'{"@type": "Recipe"}', "no ClaimReview"),
    "a word": (b'["ClaimReview"]', "no ClaimReview"),
}


@pytest.mark.parametrize(("body", "why"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_gives_nothing_says_why(body: bytes, why: str) -> None:
    (said,) = words(read(body))
    assert why in said


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert words(read(b" " * (MOST_BYTES + 1))) == ["It is larger than 10 MiB: nothing of it was read."]


def test_a_file_of_endless_objects_ends(node: Node) -> None:
    found = read([node, *[[]] * (MOST_NODES + 5)])
    assert isinstance(found[0], PublishedReview)
    assert "the rest was not read" in words(found)[0]


def test_a_script_that_cannot_be_read_is_told_beside_one_that_can(node: Node) -> None:
    page = "<script type='application/ld+json'>{{</script>"
    page += f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    fault, good = read(page.encode())
    assert isinstance(fault, Fault)
    assert isinstance(good, PublishedReview)


def test_markup_and_hidden_marks_in_a_claim_are_taken_out(node: Node) -> None:
    node["claimReviewed"] = "<b>Hồ chứa</b> xả lũ \u202e&amp; không báo\n trước."
    assert one(node).claim == "Hồ chứa xả lũ & không báo trước."


def test_a_review_dated_in_the_future_has_no_date(node: Node) -> None:
    assert one({**node, "datePublished": "2031-01-01"}).published is None


def test_the_page_it_was_found_on_stands_in_for_its_address(node: Node) -> None:
    del node["url"]
    assert one(node, url="https://kiemchung.example/bai").url == "https://kiemchung.example/bai"


def test_a_number_alone_is_shown_with_its_scale(node: Node) -> None:
    node["reviewRating"] = {"ratingValue": 2, "bestRating": 5, "worstRating": 1}
    found = one(node)
    assert (found.rating, found.leaning) == ("2/5", Verdict.PARTLY)


LEANINGS = {
    "Vietnamese": ("Sai sự thật", {}, Verdict.FALSE),
    "without marks": ("dung", {}, Verdict.TRUE),
    "English": ("Half True", {}, Verdict.PARTLY),
    "with a full stop": ("Fake.", {}, Verdict.FALSE),
    "words before numbers": (
        "Misleading",
        {"ratingValue": 1, "worstRating": 1, "bestRating": 5},
        Verdict.PARTLY,
    ),
    "the worst of a scale": ("★", {"ratingValue": "1", "worstRating": "1", "bestRating": "5"}, Verdict.FALSE),
    "the best of a scale": ("★", {"ratingValue": 5, "worstRating": 1, "bestRating": 5}, Verdict.TRUE),
    "words nobody knows": ("Chưa ngã ngũ", {}, None),
    "a scale without ends": ("★", {"ratingValue": 1}, None),
    "a scale turned round": ("★", {"ratingValue": 1, "worstRating": 5, "bestRating": 1}, None),
    "no number": ("★", {"ratingValue": "nan", "worstRating": 1, "bestRating": 5}, None),
}


@pytest.mark.parametrize(("said", "rating", "leaning"), LEANINGS.values(), ids=LEANINGS)
def test_a_rating_comes_to_what_it_says_and_to_nothing_where_that_is_unsure(
    said: str, rating: dict[str, Any], leaning: Verdict | None
) -> None:
    assert read_leaning(said, rating) == leaning


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "url", "claimReviewed", "reviewRating", "author", "itemReviewed", "x"]),
            inner | st.just("ClaimReview"),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_nothing_that_is_json_makes_it_fail(value: object) -> None:
    found = read(
        [{"@type": "ClaimReview", "claimReviewed": value, "reviewRating": value, "url": value}, value]
    )
    assert found
    assert all(isinstance(each, Fault | PublishedReview) for each in found)


@given(st.binary(max_size=200))
def test_nothing_that_is_bytes_makes_it_fail(body: bytes) -> None:
    assert all(isinstance(each, Fault) for each in read(body))

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import discovery
from crawler.feeds.syndication import FeedResult, NotAFeed
from crawler.wire.answers import Answer

GDELT = "https://api.gdeltproject.org/api/v2/doc/doc?query=%22Gia%20Lai%22&mode=artlist&format=json"
PAGE = "https://baotap.example/hop-bao-post12345.html"


def answer(body: str | bytes, *, url: str = GDELT, status: int = 200, kind: str = "text/html") -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return Answer(url, status, (("Content-Type", kind),), raw)


def articles(*items: Any) -> str:
    return json.dumps({"articles": list(items)}, ensure_ascii=False)


def article(url: Any = PAGE, **values: Any) -> dict[str, Any]:
    plain = {
        "url": url,
        "title": "Gia Lai họp báo",
        "seendate": "20261122T073000Z",
        "domain": "baotap.example",
    }
    return {**plain, **values}


def leads(found: FeedResult | NotAFeed) -> list[str]:
    assert isinstance(found, FeedResult)
    return [entry.url for entry in found.entries]


def test_gdelts_list_gives_addresses_titles_and_when_they_were_seen() -> None:
    found = discovery.read_gdelt(articles(article()).encode())
    assert isinstance(found, FeedResult)
    entry = found.entries[0]
    assert (entry.url, entry.title) == (PAGE, "Gia Lai họp báo")
    assert entry.published == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def test_a_lead_has_no_text_and_no_date_since_the_aggregator_chose_them() -> None:
    rss = (
        '<rss version="2.0"><channel><title>Google News</title><item><title>Tin - Báo Tập</title>'
        f"<link>{PAGE}</link><description>{'Lời tóm tắt của nơi tổng hợp. ' * 20}</description>"
        "<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><guid>x</guid></item></channel></rss>"
    )
    for found in (discovery.read(answer(rss)), discovery.read(answer(articles(article())))):
        assert isinstance(found, FeedResult)
        entry = found.entries[0]
        assert (entry.url, entry.summary, entry.published, entry.guid) == (PAGE, "", None, "")


def test_nothing_found_is_an_answer() -> None:
    assert leads(discovery.read(answer("{}"))) == []


def test_wrapped_and_bare_leads_to_one_page_are_one() -> None:
    bing = f"http://www.bing.com/news/apiclick.aspx?url={PAGE}"
    assert leads(discovery.read(answer(articles(article(bing), article(), article(bing))))) == [PAGE]


def test_no_more_than_gdelts_own_limit_is_taken() -> None:
    many = articles(*(article(f"https://baotap.example/a-{number}.html") for number in range(1000, 1400)))
    assert len(leads(discovery.read(answer(many)))) == discovery.MAX_RECORDS == 250


def test_titles_with_lone_backslashes_and_line_breaks_do_not_cost_the_list() -> None:
    body = articles(article()).replace("họp báo", "họp \\ báo\n")
    assert leads(discovery.read(answer(body))) == [PAGE]


COMPLAINTS = {
    "too fast": "Please limit requests to one every 5 seconds or contact the project.\n",
    "too short": "The specified phrase is too short.",
    "a query it cannot read": "Parentheses may only be used around OR'd statements.",
    "an empty answer": "   \n",
}


@pytest.mark.parametrize("said", COMPLAINTS.values(), ids=COMPLAINTS.keys())
def test_a_complaint_in_plain_text_is_no_feed_and_its_words_are_kept(said: str) -> None:
    found = discovery.read(answer(said))
    assert isinstance(found, NotAFeed)
    assert said.strip()[:40] in found.reason


def test_too_fast_said_with_200_counts_as_429() -> None:
    assert discovery.with_status_meant(answer(COMPLAINTS["too fast"])).status == 429


@pytest.mark.parametrize(
    "body",
    [COMPLAINTS["too short"], "limit requests to one every day " * 100],
    ids=["another complaint", "an article"],
)
def test_other_answers_keep_their_status(body: str) -> None:
    assert discovery.with_status_meant(answer(body)).status == 200


BAD = {
    "a list": "[]",
    "articles that are no list": '{"articles": {"url": 1}}',
    "cut off": articles(article())[:-9],
    "too deep": '{"articles":' + "[" * 100_000,
    "HTML": "<!DOCTYPE html><html><body>Sorry</body></html>",
    "too large": "{" + " " * (5 * 1024 * 1024),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_is_no_list_is_told_in_words(body: str) -> None:
    found = discovery.read(answer(body))
    assert isinstance(found, NotAFeed)
    assert len(found.reason) > 5


@pytest.mark.parametrize(
    "item", [None, 7, "x", {}, article(7), article("javascript:alert(1)"), article("/a")]
)
def test_an_item_without_a_web_address_is_skipped_and_told(item: Any) -> None:
    found = discovery.read(answer(articles(item, article())))
    assert isinstance(found, FeedResult)
    assert leads(found) == [PAGE]
    assert len(found.skipped) == 1


@pytest.mark.parametrize("seen", ["", "2026-11-22", "20261322T000000Z", 7, None])
def test_a_date_that_cannot_be_read_is_none(seen: Any) -> None:
    found = discovery.read_gdelt(articles(article(seendate=seen)).encode())
    assert isinstance(found, FeedResult)
    assert found.entries[0].published is None


@given(st.binary(max_size=300))
def test_any_answer_gives_leads_or_words(body: bytes) -> None:
    for start in (b"", b'{"articles":[', b"<rss>"):
        assert isinstance(discovery.read(answer(start + body)), FeedResult | NotAFeed)

"""Leads, end to end: a search and small outlets, each on a loopback address of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from crawler import words
from crawler.leads import Known, plan_of_pages
from crawler.plan import make_plan, usable_feeds
from crawler.run import CollectReport
from practice.server import start_press
from store.articles import iter_articles
from store.captures import Capture
from store.types import Article, Feed, FeedEntry, FeedKind, FeedOutcome, Source

Collect = Callable[..., CollectReport]
SUMMARY = "Lời tóm tắt của nơi tổng hợp, đủ dài để có thể bị lấy nhầm làm nội dung của một bài báo. " * 3


@pytest.fixture
def press(start_outlet: Callable[..., Any]) -> Any:
    """The publisher."""
    return start_outlet("127.0.0.2")


@pytest.fixture
def search(start_outlet: Callable[..., Any]) -> Any:
    """The aggregator."""
    return start_outlet("127.0.0.3")


@pytest.fixture
def sources(make_source: Callable[..., Source], press: Any, search: Any) -> list[Source]:
    query = Feed(url=f"{search.base}/tim.rss", kind=FeedKind.DISCOVERY)
    return [
        make_source(domain=press.place),
        make_source(query, id="tim-tin", name="Tìm Tin", domain=search.place, kind="aggregator"),
    ]


def stored(store: Any) -> list[Article]:
    with store.sessions() as session:
        return [found.article for found in iter_articles(session)]


def reasons(report: CollectReport) -> list[str]:
    return [refused.reason for refused in report.refused]


def test_a_search_is_asked_like_a_feed(sources: list[Source]) -> None:
    assert [feed.kind for _, feed in usable_feeds(sources)] == [FeedKind.DISCOVERY]


def test_a_lead_becomes_the_publishers_article(
    *,
    collect: Collect,
    store: Any,
    sources: list[Source],
    press: Any,
    search: Any,
    make_page: Callable[..., str],
) -> None:
    press.page("/hop-bao-12345.html", make_page())
    search.feed("/tim.rss", f"{press.base}/hop-bao-12345.html", summary=SUMMARY)
    collect(sources, press, search)
    (article,) = stored(store)
    assert (article.outlet, article.outlet_name) == ("bao-tap", "Báo Tập")
    assert article.title == "Gia Lai họp báo về cao tốc"
    assert not article.summary_only
    assert "tóm tắt" not in article.text


def test_a_lead_that_redirects_is_the_page_where_it_ends(
    *,
    collect: Collect,
    store: Any,
    sources: list[Source],
    press: Any,
    search: Any,
    make_page: Callable[..., str],
    reply: Any,
) -> None:
    page = f"{press.base}/hop-bao-12345.html"
    press.page("/hop-bao-12345.html", make_page())
    search.pages["/bai/1"] = reply(status=302, headers=(("Location", page),))
    search.feed("/tim.rss", "{base}/bai/1")
    collect(sources, press, search)
    collect(sources, press, search, later=timedelta(hours=2))
    (article,) = stored(store)
    assert (article.url, article.outlet) == (page, "bao-tap")
    assert search.paths().count("/bai/1") == 1


def test_a_lead_that_stays_with_the_aggregator_is_recorded_as_unresolved_and_not_asked_again(
    *,
    collect: Collect,
    store: Any,
    sources: list[Source],
    press: Any,
    search: Any,
    make_page: Callable[..., str],
) -> None:
    search.page("/bai/2", make_page("Trang trung gian"))
    search.feed("/tim.rss", "{base}/bai/2", summary=SUMMARY)
    first = collect(sources, press, search)
    collect(sources, press, search, later=timedelta(hours=2))
    assert stored(store) == []
    assert words.UNRESOLVED.format(host="127.0.0.3") in reasons(first)
    assert search.paths().count("/bai/2") == 1


@pytest.mark.parametrize("status", [401, 403, 404, 451])
def test_where_the_publisher_refuses_the_searchs_words_are_not_taken_instead(
    *, status: int, collect: Collect, store: Any, sources: list[Source], press: Any, search: Any
) -> None:
    press.page("/hop-bao-12345.html", "x", status=status)
    search.feed("/tim.rss", f"{press.base}/hop-bao-12345.html", summary=SUMMARY)
    collect(sources, press, search)
    assert stored(store) == []


def test_the_publishers_robots_hold_for_leads(
    *,
    collect: Collect,
    store: Any,
    sources: list[Source],
    press: Any,
    search: Any,
    make_page: Callable[..., str],
) -> None:
    press.page("/robots.txt", "User-agent: *\nDisallow: /\n", content_type="text/plain")
    press.page("/hop-bao-12345.html", make_page())
    search.feed("/tim.rss", f"{press.base}/hop-bao-12345.html", summary=SUMMARY)
    report = collect(sources, press, search)
    assert stored(store) == []
    assert words.ROBOTS in reasons(report)
    assert press.paths() == ["/robots.txt"]


def test_a_switched_off_publisher_is_not_asked_through_a_search(
    collect: Collect,
    sources: list[Source],
    press: Any,
    search: Any,
    make_source: Callable[..., Source],
) -> None:
    off = make_source(domain=press.place, disabled="asked us to stop")
    search.feed("/tim.rss", f"{press.base}/hop-bao-12345.html")
    report = collect([off, sources[1]], press, search)
    assert words.SWITCHED_OFF.format(name="Báo Tập", why="asked us to stop") in reasons(report)
    assert press.paths() == []


def test_a_social_account_in_any_feed_is_turned_away_with_the_reason(
    collect: Collect, press: Any, make_source: Callable[..., Source]
) -> None:
    press.feed("/rss", "https://www.facebook.com/baotap/posts/1", "https://youtu.be/1")
    report = collect([make_source(f"{press.base}/rss", domain=press.place)], press)
    assert sorted(reasons(report)) == sorted(
        words.SOCIAL.format(host=host) for host in ("www.facebook.com", "youtu.be")
    )


def test_another_outlets_page_in_a_feed_is_that_outlets_and_the_feeds_words_are_not_its_text(
    *,
    collect: Collect,
    store: Any,
    press: Any,
    search: Any,
    make_page: Callable[..., str],
    make_source: Callable[..., Source],
) -> None:
    press.page("/hop-bao-12345.html", make_page())
    press.page("/cam-12346.html", "x", status=403)
    search.feed("/rss", f"{press.base}/hop-bao-12345.html", f"{press.base}/cam-12346.html", summary=SUMMARY)
    other = make_source(f"{search.base}/rss", id="bao-khac", name="Báo Khác", domain=search.place)
    collect([make_source(domain=press.place), other], press, search)
    assert [article.outlet for article in stored(store)] == ["bao-tap"]


def test_gdelts_words_for_too_fast_block_the_search_and_cost_no_lead(
    collect: Collect, sources: list[Source], press: Any, search: Any
) -> None:
    search.page("/tim.rss", "Please limit requests to one every 5 seconds or contact the project.")
    (state,) = collect(sources, press, search).troubles
    assert state.outcome is FeedOutcome.BLOCKED
    assert "429" in state.detail


def test_one_item_through_five_feeds_and_a_search_is_one_fetch_and_one_article(
    collect: Collect, store: Any, search: Any, make_source: Callable[..., Source], now: datetime
) -> None:
    with start_press(now=now) as practice:
        outlet = next(one for one in practice.outlets if not one.robots.count("Disallow: /\n"))
        key = next(
            one.key
            for one in practice.edition.of(outlet.id)
            if not one.trouble and not one.quirks and not one.edits
        )
        page = practice.url_of(key)
        spellings = [
            page, f"{page}?utm_source=rss", f"{page}#binh-luan", f"{page}?fbclid=1", f"{page}/?print=1"
        ]  # fmt: skip
        for number, spelling in enumerate(spellings):
            search.feed(f"/rss{number}", spelling)
        bing = f"https://www.bing.com/news/apiclick.aspx?ref=FexRss&url={quote(page, safe='')}"
        found = {"articles": [{"url": bing, "title": "x"}, {"url": page, "title": "y"}]}
        search.page("/tim.json", json.dumps(found), content_type="application/json")
        feeds = [Feed(f"{search.base}/rss{number}") for number in range(5)]
        feeds.append(Feed(f"{search.base}/tim.json", kind=FeedKind.DISCOVERY))
        sources = [
            make_source(id=outlet.id, name=outlet.name, domain=outlet.host),
            *(make_source(feed, id=f"n{n}", domain=f"n{n}.example") for n, feed in enumerate(feeds)),
        ]
        places = type("Places", (), {"place": outlet.host})
        collect(sources, search, places)
        collect(sources, search, places, later=timedelta(minutes=30))
        asked = [one for one in practice.requests if one.host == outlet.host and one.path != "/robots.txt"]
    assert len(asked) == 1
    (article,) = stored(store)
    assert (article.url, article.outlet) == (page, outlet.id)


def capture(entry: FeedEntry) -> Capture:
    return Capture("bao-tap", entry.url, entry.url, datetime.now().astimezone(), entry)


def test_a_place_in_a_feed_is_no_name_even_under_a_title_that_comes_every_day() -> None:
    old = FeedEntry("https://baotap.example/cu-1234.html", "Giá vàng hôm nay", guid="1")
    again = FeedEntry("https://baotap.example/moi-5678.html", "Giá vàng hôm nay", guid="1")
    assert not Known({"x": capture(old)}).is_known("bao-tap", again)


NAMES = {
    "the same name and title": ("urn:7", "Gia Lai họp báo", True),
    "the same name, another title": ("urn:7", "Gia Lai: họp báo lần hai", False),
    "another name": ("urn:8", "Gia Lai họp báo", False),
    "no name": ("", "Gia Lai họp báo", False),
}


@pytest.mark.parametrize(("guid", "title", "known"), NAMES.values(), ids=NAMES.keys())
def test_an_item_under_another_link_is_known_by_name_and_title_together(
    guid: str, title: str, known: bool
) -> None:
    old = FeedEntry("https://baotap.example/cu-1234.html", "Gia Lai họp báo", guid="urn:7")
    names = Known({"x": capture(old)})
    again = FeedEntry("https://baotap.example/moi-1234.html", title, guid=guid)
    assert names.is_known("bao-tap", again) is known
    assert not names.is_known("bao-khac", again)


def test_a_person_s_pages_are_a_plan_of_their_own_each_once(make_source: Callable[..., Source]) -> None:
    pages = ["https://baotap.example/a-1234.html", "http://m.baotap.example/a-1234.html?utm_source=x"]
    plan = plan_of_pages(pages, [make_source()])
    assert plan is not None
    assert [(task.source, task.url) for task in plan.pages] == [("bao-tap", pages[0])]
    assert plan.feeds == ()
    assert plan_of_pages([], [make_source()]) is None


def test_http_and_https_of_a_captured_page_are_one_in_the_plan(
    make_source: Callable[..., Source], now: datetime
) -> None:
    seen = [
        Capture("bao-tap", url, url, now, None)
        for url in ("http://baotap.vn/a-1", "https://www.baotap.vn/a-1")
    ]
    assert list(make_plan([make_source()], {}, seen, now=now).watched) == ["https://baotap.vn/a-1"]

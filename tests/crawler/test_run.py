from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.run import CollectReport
from store.articles import find_article_by_url, iter_articles, unextracted, versions_of
from store.database import make_sessions, open_engine
from store.sources import find_state
from store.tables import SnapshotRow
from store.types import Feed, FeedKind, FeedOutcome, FeedState, Source

Collect = Callable[..., CollectReport]
LONG = "Tỉnh Gia Lai trả lời báo chí về tiến độ giải phóng mặt bằng đường cao tốc Quy Nhơn – Pleiku. "


def texts(store: Any) -> dict[str, str]:
    with store.sessions() as session:
        return {found.article.url: found.article.text for found in iter_articles(session)}


def state_of(store: Any, url: str) -> FeedState:
    with store.sessions() as session:
        found = find_state(session, url)
    assert found is not None
    return found


def test_a_feed_becomes_articles_in_the_store(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html?utm_source=rss", "{base}/2.html")
    for number in (1, 2):
        outlet.page(f"/{number}.html", make_page(f"Bài {number}"))
        outlet.pages[f"/{number}.html?utm_source=rss"] = outlet.pages[f"/{number}.html"]
    told: list[tuple[str, int, int]] = []
    report = collect([make_source(f"{outlet.base}/rss")], outlet, progress=lambda *step: told.append(step))
    assert (report.feeds_ok, report.snapshots, report.articles_new, report.refused) == (1, 2, 2, ())
    assert (report.crash, report.troubles, report.left) == ("", (), 0)
    assert set(texts(store)) == {f"{outlet.base}/1.html", f"{outlet.base}/2.html"}
    assert ("collect", 3, 3) in told
    assert ("extract", 2, 2) in told
    with store.sessions.begin() as session:
        assert unextracted(session, store.archive, limit=9) == []
        row = session.execute(select(SnapshotRow).order_by(SnapshotRow.number)).scalars().first()
        assert store.archive.body(row.sha256) == outlet.pages["/1.html"].body


def test_every_request_says_who_asks_and_robots_txt_comes_first(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html", "{base}/kin/2.html")
    outlet.page("/1.html", make_page())
    outlet.page(
        "/robots.txt",
        "User-agent: DiemBao\nDisallow: /kin/\n\nUser-agent: *\nAllow: /\n",
        content_type="text/plain",
    )
    agent = "DiemBao/0.1 (+mailto:baochi@example.vn)"
    report = collect([make_source(f"{outlet.base}/rss")], outlet, user_agent=agent)
    assert outlet.paths() == ["/robots.txt", "/rss", "/1.html"]
    assert {request.headers["user-agent"] for request in outlet.asked} == {agent}
    assert not any("cookie" in request.headers or "referer" in request.headers for request in outlet.asked)
    assert [(found.url, found.reason) for found in report.refused] == [
        (f"{outlet.base}/kin/2.html", "robots.txt forbids")
    ]


def test_a_host_is_asked_one_thing_at_a_time_with_the_sources_pause(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(4)))
    for number in range(4):
        outlet.page(f"/{number}.html", make_page(), wait=0.05)
    collect([make_source(f"{outlet.base}/rss", domain=outlet.place, pause_seconds=0.3)], outlet)
    asked = sorted(outlet.asked, key=lambda request: request.started)
    assert len(asked) == 6
    for before, after in pairwise(asked):
        assert after.started >= before.ended
        assert after.started - before.started > 0.25  # what the network adds or takes away


def test_an_unchanged_feed_costs_no_body(
    outlet: Any, store: Any, collect: Collect, make_source: Any, reply: Any
) -> None:
    outlet.feed("/rss", headers=(("ETag", '"v1"'),))
    full = outlet.pages["/rss"]
    outlet.pages["/rss"] = lambda headers: (
        reply(status=304) if headers.get("if-none-match") == '"v1"' else full
    )
    source = make_source(f"{outlet.base}/rss")
    assert collect([source], outlet).feeds_ok == 1
    report = collect([source], outlet, later=timedelta(minutes=10))
    assert (report.feeds_ok, report.feeds_unchanged, report.troubles) == (0, 1, ())
    last = [request for request in outlet.asked if request.path == "/rss"][-1]
    assert (last.status, last.sent) == (304, 0)
    assert state_of(store, source.feeds[0].url).detail == "HTTP 304: nothing new"


def test_a_second_run_asks_for_nothing_it_has(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    report = collect([source], outlet, later=timedelta(minutes=10))
    assert (report.snapshots, report.articles_new, report.feeds_unchanged) == (0, 0, 1)
    assert outlet.paths().count("/1.html") == 1


def test_a_silent_edit_becomes_a_new_version(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page(body=f"<p>{LONG}42 học sinh nhập viện.</p>" * 4))
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    outlet.page("/1.html", make_page(body=f"<p>{LONG}57 học sinh nhập viện.</p>" * 4))
    report = collect([source], outlet, later=timedelta(hours=7))
    assert (report.articles_new, report.versions_new) == (0, 1)
    with store.sessions() as session:
        found = find_article_by_url(session, f"{outlet.base}/1.html")
        assert found is not None
        assert ["42" in version.article.text for version in versions_of(session, found.number)].count(
            True
        ) == 1


def test_the_same_article_through_two_addresses_is_one(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/amp/1.html", "{base}/1.html")
    page = make_page(head='<link rel="canonical" href="/1.html">')
    outlet.page("/1.html", page)
    outlet.page("/amp/1.html", page)
    report = collect([make_source(f"{outlet.base}/rss")], outlet)
    assert (report.snapshots, report.articles_new) == (2, 1)
    assert set(texts(store)) == {f"{outlet.base}/1.html"}


def test_a_sitemap_and_a_compressed_feed_are_read(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.page("/1.html", make_page("Một"))
    outlet.page("/2.html", make_page("Hai"))
    locations = f"<url><loc>{outlet.base}/1.html</loc></url>"
    outlet.page(
        "/sitemap.xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locations}</urlset>"
    )
    outlet.feed("/rss", "{base}/2.html", headers=(("Content-Encoding", "gzip"),))
    outlet.pages["/rss"].body = gzip.compress(outlet.pages["/rss"].body)
    sitemap = Feed(f"{outlet.base}/sitemap.xml", kind=FeedKind.SITEMAP)
    report = collect([make_source(sitemap, f"{outlet.base}/rss")], outlet)
    assert report.feeds_ok == 2
    assert len(texts(store)) == 2


def test_of_a_refused_page_the_feeds_words_become_an_article(
    outlet: Any, store: Any, collect: Collect, make_source: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html", summary=LONG)
    outlet.page("/1.html", "Chỉ dành cho thuê bao", status=403)
    assert collect([make_source(f"{outlet.base}/rss")], outlet).articles_new == 1
    with store.sessions() as session:
        (found,) = iter_articles(session)
    assert found.article.summary_only
    assert found.article.text == LONG.strip()


def test_a_fault_that_passes_is_asked_again_once(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any, reply: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    answers: Iterator[Any] = iter([reply(status=502), reply(make_page().encode())])
    outlet.pages["/1.html"] = lambda _: next(answers)
    report = collect([make_source(f"{outlet.base}/rss")], outlet, retries=1)
    assert (report.articles_new, report.refused) == (1, ())


def test_sources_that_are_off_are_not_asked(outlet: Any, collect: Collect, make_source: Any) -> None:
    outlet.feed("/rss")
    off = make_source(f"{outlet.base}/rss", disabled="đã đóng cửa")
    half = make_source(Feed(f"{outlet.base}/rss", disabled="trống"), id="b")
    assert collect([off, half], outlet) == CollectReport()
    assert outlet.asked == []


def test_a_database_in_memory_is_refused_in_words(collect: Collect, make_source: Any, store: Any) -> None:
    store_in_memory = make_sessions(open_engine("sqlite://"))
    object.__setattr__(store, "sessions", store_in_memory)
    with pytest.raises(ValueError, match="a database that two processes can open"):
        collect([make_source("https://baotap.vn/rss")])


def test_extraction_in_other_processes_gives_the_same(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(6)))
    for number in range(6):
        outlet.page(f"/{number}.html", make_page(f"Bài {number}"))
    report = collect([make_source(f"{outlet.base}/rss")], outlet, processes=2)
    assert report.articles_new == 6
    with store.sessions() as session:
        titles = {found.article.url[-6]: found.article.title for found in iter_articles(session)}
        assert session.scalar(select(func.count()).select_from(SnapshotRow)) == 6
    assert titles == {str(number): f"Bài {number}" for number in range(6)}


def test_a_broken_feed_keeps_its_validators_from_the_next_look(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html", "{base}/2.html", headers=(("ETag", '"v1"'),))
    outlet.page("/1.html", make_page("Một"))
    outlet.page("/2.html", "hỏng", status=500)
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    assert state_of(store, source.feeds[0].url).etag == ""
    outlet.page("/2.html", make_page("Hai"))
    assert collect([source], outlet, later=timedelta(minutes=10)).articles_new == 1
    assert state_of(store, source.feeds[0].url).etag == '"v1"'
    assert state_of(store, source.feeds[0].url).outcome is FeedOutcome.OK


def test_a_missing_source_file_of_an_old_capture_does_not_stop_extraction(
    outlet: Any, store: Any, collect: Collect, make_source: Source | Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    collect([make_source(f"{outlet.base}/rss", id="a")], outlet)
    with store.sessions.begin() as session:
        session.execute(SnapshotRow.__table__.update().values(extracted=False))
    report = collect([], outlet, later=timedelta(hours=1))
    assert (report.articles_new, report.refused) == (0, ())

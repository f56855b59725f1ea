"""Outlets without a feed and sitemap indexes, through the whole collector; and a spider in Scrapy alone."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from crawler import words
from crawler.asking import AskingError, Wish, ask
from crawler.browser.needs import find_needs
from crawler.settings import CrawlSettings
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.articles import iter_articles
from store.sources import find_state, save_state
from store.types import Feed, FeedKind, FeedOutcome, Source

Collect = Callable[..., Any]
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def titles(store: Any) -> set[str]:
    with store.sessions() as session:
        return {found.article.title for found in iter_articles(session)}


def state(store: Any, url: str) -> Any:
    with store.sessions() as session:
        return find_state(session, url)


def listing(outlet: Any, *paths: str) -> str:
    links = "".join(
        f'<li><a href="{path}">Tin của đơn vị đóng quân số {path[-2:]}</a></li>' for path in paths
    )
    return (
        f"<html lang='vi'><body><nav><a href='/chinh-tri'>Chính trị</a></nav><ul>{links}</ul></body></html>"
    )


@pytest.fixture
def army(outlet: Any, make_page: Callable[..., str], make_source: Callable[..., Source]) -> Source:
    """An outlet on loopback that is read by the spider of qdnd."""
    for number in (11, 12, 13):
        outlet.page(f"/xa-hoi/tin-10104{number}", make_page(f"Tin số {number}"))
    outlet.page("/", listing(outlet, "/xa-hoi/tin-1010411", "/xa-hoi/tin-1010412"))
    return make_source(Feed(f"{outlet.base}/", kind=FeedKind.LISTING), id="qdnd")


def test_a_page_of_links_brings_its_articles_and_later_only_the_new_ones(
    outlet: Any, store: Any, collect: Collect, army: Source
) -> None:
    first = collect([army], outlet)
    assert (first.feeds_ok, first.articles_new) == (1, 2)
    assert state(store, f"{outlet.base}/").detail == words.ENTRIES.format(count=2, new=2)
    outlet.page("/", listing(outlet, "/xa-hoi/tin-1010413", "/xa-hoi/tin-1010411"))
    collect([army], outlet, later=timedelta(hours=7))
    assert titles(store) == {"Tin số 11", "Tin số 12", "Tin số 13"}
    assert outlet.paths().count("/xa-hoi/tin-1010413") == 1


def test_a_redesigned_page_of_links_is_told_not_passed_over_in_silence(
    outlet: Any, store: Any, collect: Collect, army: Source
) -> None:
    outlet.page("/", "<div id='app'><a href='/chinh-tri'>Chính trị</a><a href='/xa-hoi'>Xã hội</a></div>")
    report = collect([army], outlet)
    (trouble,) = report.troubles
    assert trouble.outcome is FeedOutcome.NOT_A_FEED
    assert trouble.detail == words.NO_ARTICLE_LINKS.format(count=2)


def test_what_only_the_general_way_found_is_collected_and_told(
    outlet: Any, store: Any, collect: Collect, army: Source, make_page: Callable[..., str]
) -> None:
    outlet.page("/tin-moi-cua-don-vi-dong-quan.html", make_page("Tin theo cách chung"))
    outlet.page("/", listing(outlet, "/tin-moi-cua-don-vi-dong-quan.html"))
    collect([army], outlet)
    assert titles(store) == {"Tin theo cách chung"}
    assert state(store, f"{outlet.base}/").detail == words.ENTRIES_GENERAL.format(count=1, new=1)


def test_a_listing_without_a_spider_says_what_to_do(
    outlet: Any, collect: Collect, make_source: Callable[..., Source]
) -> None:
    outlet.page("/", "<html>")
    report = collect([make_source(Feed(f"{outlet.base}/", kind=FeedKind.LISTING))], outlet)
    assert report.troubles[0].detail == words.NO_SPIDER.format(source="bao-tap")


# sitemap indexes


def index(outlet: Any, *names: str) -> str:
    children = "".join(f"<sitemap><loc>{outlet.base}/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex {SPACE}>{children}</sitemapindex>"


def pages(outlet: Any, *names: str) -> bytes:
    made = "".join(
        f"<url><loc>{outlet.base}/{name}</loc><lastmod>2026-11-22</lastmod></url>" for name in names
    )
    return f"<urlset {SPACE}>{made}</urlset>".encode()


@pytest.fixture
def indexed(
    outlet: Any, reply: Any, make_page: Callable[..., str], make_source: Callable[..., Source]
) -> Source:
    """An outlet with an index of an index of two sitemaps, one of them packed."""
    for number in (1, 2):
        outlet.page(f"/tin-{number}.html", make_page(f"Tin số {number}"))
    outlet.page("/sitemap.xml", index(outlet, "thang.xml"))
    outlet.page("/thang.xml", index(outlet, "a.xml", "b.xml.gz"))
    outlet.pages["/a.xml"] = reply(pages(outlet, "tin-1.html"), headers=(("ETag", '"a1"'),))
    outlet.pages["/b.xml.gz"] = reply(
        gzip.compress(pages(outlet, "tin-2.html")), content_type="application/gzip"
    )
    return make_source(Feed(f"{outlet.base}/sitemap.xml", kind=FeedKind.SITEMAP))


def test_an_index_leads_to_its_sitemaps_and_they_to_articles(
    outlet: Any, store: Any, collect: Collect, indexed: Source
) -> None:
    report = collect([indexed], outlet)
    assert report.troubles == ()
    assert titles(store) == {"Tin số 1", "Tin số 2"}
    assert state(store, f"{outlet.base}/sitemap.xml").detail == words.INDEX.format(count=1)


def test_the_next_run_asks_the_sitemaps_of_an_index_only_for_changes(
    outlet: Any, store: Any, collect: Collect, indexed: Source, now: datetime
) -> None:
    collect([indexed], outlet)
    before = len(outlet.asked)
    seen = state(store, f"{outlet.base}/a.xml")
    later_by = timedelta(hours=7)
    with store.sessions.begin() as session:  # so that its daily look at the whole is not due
        save_state(session, replace(seen, succeeded_at=now + later_by))
    collect([indexed], outlet, later=later_by)
    later = {request.path: request.headers for request in outlet.asked[before:]}
    assert later["/a.xml"]["if-none-match"] == '"a1"'
    assert "if-none-match" not in later["/sitemap.xml"]


def test_an_index_that_leads_to_itself_or_too_deep_ends(
    outlet: Any, store: Any, collect: Collect, indexed: Source
) -> None:
    outlet.page("/a.xml", index(outlet, "sitemap.xml", "c.xml"))
    outlet.page("/b.xml.gz", index(outlet, "thang.xml"))
    report = collect([indexed], outlet)
    paths = outlet.paths()
    assert [paths.count(f"/{name}") for name in ("sitemap.xml", "thang.xml", "a.xml", "c.xml")] == [
        1,
        1,
        1,
        0,
    ]
    assert {trouble.detail for trouble in report.troubles} == {words.DEEP_INDEX.format(depth=2)}


# asking by hand


@pytest.fixture
def wish(outlet: Any) -> Callable[..., Wish]:
    def make(*addresses: str, **values: Any) -> Wish:
        plain: dict[str, Any] = {"allow_private": (outlet.place,), "default_pause": 0.0, "retries": 0}
        return Wish(addresses, CrawlSettings(**plain | values))

    return make


def test_addresses_are_asked_as_the_collector_would(outlet: Any, wish: Callable[..., Wish]) -> None:
    outlet.page("/robots.txt", "User-agent: *\nDisallow: /kin\n", content_type="text/plain")
    outlet.page("/a", "tin")
    found = ask(wish(f"{outlet.base}/a", f"{outlet.base}/kin", "http://127.0.0.1:9/x"))
    assert isinstance(found[0], Answer)
    assert found[0].body == b"tin"
    assert isinstance(found[1], NoAnswer)
    assert found[1].words == words.ROBOTS
    assert isinstance(found[2], NoAnswer)
    assert found[2].trouble is Trouble.PRIVATE
    assert "/kin" not in outlet.paths()


def test_a_process_that_cannot_ask_says_why(
    wish: Callable[..., Wish], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(AskingError, match="ended with code 1"):
        ask(wish("http://x.example/"))


# Scrapy alone

ALONE = """
import json, sys
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from crawler.spiders.sites.qdnd import QuanDoiNhanDan

class Here(QuanDoiNhanDan):
    sections = (sys.argv[1],)

settings = Settings()
settings.setdict({"FEEDS": {sys.argv[3]: {"format": "json"}}, "DIEMBAO_ALLOW_PRIVATE": [sys.argv[2]],
                  "DIEMBAO_PAUSE": 0.0}, priority="cmdline")
process = AsyncCrawlerProcess(settings)
process.crawl(Here)
process.start()
"""


def test_a_spider_of_ours_runs_in_scrapy_as_it_is_under_guard_and_robots_txt(
    outlet: Any, army: Source, tmp_path: Path, root: Path
) -> None:
    target = tmp_path / "entries.json"
    command = [sys.executable, "-c", ALONE, f"{outlet.base}/", outlet.place, str(target)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert done.returncode == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert [entry["url"] for entry in found] == [
        f"{outlet.base}/xa-hoi/tin-1010411",
        f"{outlet.base}/xa-hoi/tin-1010412",
    ]
    assert outlet.paths() == ["/robots.txt", "/"]


def test_no_shipped_source_needs_a_browser() -> None:
    assert find_needs(load(None).sources).sites == frozenset()

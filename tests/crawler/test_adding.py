"""Pages that a person names, asked for like any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler import words
from crawler.adding import Added, add_pages
from crawler.settings import CrawlSettings
from store.articles import iter_articles, versions_of
from store.types import Source


@pytest.fixture
def add(store: Any, now: datetime, make_source: Callable[..., Source]) -> Callable[..., list[Added]]:
    def run(*addresses: str, outlet: Any, later: timedelta = timedelta(0), **source: Any) -> list[Added]:
        settings = CrawlSettings(
            timeout_seconds=5.0, default_pause=0.0, retries=0, processes=1, allow_private=(outlet.place,)
        )
        known = [make_source(f"{outlet.base}/rss", domain=outlet.place, **source)]
        return add_pages(
            addresses,
            known,
            store.sessions,
            store.archive,
            settings,
            now=now + later,
            progress=lambda *_: None,
        )

    return run


def test_a_page_becomes_an_article_and_no_feed_is_asked(
    add: Callable[..., list[Added]], outlet: Any, make_page: Callable[..., str], store: Any
) -> None:
    outlet.page("/hop-bao-12345.html", make_page())
    url = f"{outlet.base}/hop-bao-12345.html"
    assert add(url, outlet=outlet) == [Added(url, 1, 1, "Gia Lai họp báo về cao tốc")]
    assert outlet.paths() == ["/robots.txt", "/hop-bao-12345.html"]
    with store.sessions() as session:
        (found,) = iter_articles(session)
    assert found.article.outlet == "bao-tap"
    assert found.article.snapshot_sha256


def test_a_page_added_again_is_asked_again_and_a_change_is_a_new_version(
    add: Callable[..., list[Added]],
    start_outlet: Callable[..., Any],
    make_page: Callable[..., str],
    store: Any,
) -> None:
    outlet = start_outlet()
    url = f"{outlet.base}/hop-bao-12345.html"
    outlet.page("/hop-bao-12345.html", make_page("Một"))
    add(url, outlet=outlet)
    outlet.page("/hop-bao-12345.html", make_page("Hai"))
    (again,) = add(url, outlet=outlet, later=timedelta(hours=1))
    assert (again.article, again.version, again.title) == (1, 2, "Hai")
    with store.sessions() as session:
        assert len(versions_of(session, 1)) == 2


def test_where_robots_forbid_it_is_said_and_nothing_is_kept(
    add: Callable[..., list[Added]],
    start_outlet: Callable[..., Any],
    make_page: Callable[..., str],
    store: Any,
) -> None:
    outlet = start_outlet()
    outlet.page("/robots.txt", "User-agent: *\nDisallow: /\n", content_type="text/plain")
    outlet.page("/a-12345.html", make_page())
    (added,) = add(f"{outlet.base}/a-12345.html", outlet=outlet)
    assert (added.article, added.reason) == (0, words.ROBOTS)
    assert outlet.paths() == ["/robots.txt"]
    with store.sessions() as session:
        assert list(iter_articles(session)) == []


REFUSED = {
    "a social account": ("https://www.facebook.com/baotap/posts/1", "no social accounts"),
    "another scheme": ("ftp://baotap.example/a", "only http and https"),
    "a private address": ("http://10.0.0.1/a", "private address"),
    "a name wrapped round a private address": (
        "https://x.example/redirect?url=http://10.0.0.1/a",
        "private address",
    ),
    "a file": ("file:///etc/passwd", "only http and https"),
}


@pytest.mark.parametrize(("address", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_never_asked_is_refused_in_words(
    address: str, said: str, add: Callable[..., list[Added]], outlet: Any
) -> None:
    (added,) = add(address, outlet=outlet)
    assert added.article == 0
    assert said in added.reason


def test_a_switched_off_outlet_is_not_asked(
    add: Callable[..., list[Added]], start_outlet: Callable[..., Any]
) -> None:
    outlet = start_outlet()
    (added,) = add(f"{outlet.base}/a-12345.html", outlet=outlet, disabled="asked us to stop")
    assert "asked us to stop" in added.reason
    assert outlet.paths() == []


@pytest.mark.parametrize(("status", "said"), [(404, "404"), (403, "403"), (500, "500"), (429, "429")])
def test_a_page_that_is_not_given_is_told_with_its_code(
    status: int, said: str, add: Callable[..., list[Added]], start_outlet: Callable[..., Any]
) -> None:
    outlet = start_outlet()
    outlet.page("/a-12345.html", "x", status=status)
    (added,) = add(f"{outlet.base}/a-12345.html", outlet=outlet)
    assert added.article == 0
    assert said in added.reason


def test_several_addresses_are_answered_in_their_order(
    add: Callable[..., list[Added]], start_outlet: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    outlet = start_outlet()
    outlet.page("/a-12345.html", make_page("Một"))
    outlet.page("/b-12346.html", make_page("Hai"))
    named = [f"{outlet.base}/b-12346.html", "https://x.com/1", f"{outlet.base}/a-12345.html"]
    done = add(*named, outlet=outlet)
    assert [added.url for added in done] == named
    assert [added.title for added in done] == ["Hai", "", "Một"]

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from crawler.feeds import apart, reading
from crawler.feeds.syndication import FeedResult, NotAFeed
from crawler.wire.answers import Answer
from store.types import FeedKind, Scope, Source

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://baotap.example/rss"
SOURCE = Source("bao-tap", "Báo Tập", "baotap.example", Scope.DOMESTIC, "VN", "vi", "newspaper")
SIZE = 2_000_000  # bytes


def answer(body: str) -> Answer:
    return Answer(URL, 200, (("content-type", "application/rss+xml"),), body.encode())


def rss(items: str) -> str:
    return f'<rss version="2.0"><channel><title>Báo Tập</title>{items}</channel></rss>'


HOSTILE = {
    "a tag with very many attributes": rss(
        "<item " + " ".join(f'a{n}="1"' for n in range(SIZE // 12)) + "/>"
    ),
    "very many namespaces": rss("".join(f'<x{n}:a xmlns:x{n}="u{n}"/>' for n in range(SIZE // 30))),
    "tags without end": rss("<a>" * (SIZE * 2 // 3)),
    "an author of dots": rss(f"<item><link>/a</link><author>{'a.' * (SIZE // 2)}@</author></item>"),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_feed_that_would_take_minutes_is_given_up_in_words(body: str) -> None:
    before = time.process_time()
    found = apart.read(FeedKind.FEED, answer(body), SOURCE, now=NOW, seconds=1.0)
    assert found == NotAFeed("takes more than 1 s or too much memory to read; given up")
    assert time.process_time() - before < 1  # of this process: all the work was another's


def test_a_large_honest_feed_is_read_apart_as_it_is_read_here() -> None:
    item = "<item><title>Tin {n}</title><link>/tin-{n}.html</link><description>{text}</description></item>"
    body = rss("".join(item.format(n=n, text="Họp báo tại Pleiku. " * 60) for n in range(150)))
    assert len(body) > apart.SMALL
    found = apart.read(FeedKind.FEED, answer(body), SOURCE, now=NOW)
    assert isinstance(found, FeedResult)
    assert found == reading.read(FeedKind.FEED, answer(body), SOURCE, now=NOW)
    assert len(found.entries) == 150


def test_a_large_body_that_is_no_feed_says_why_as_here() -> None:
    found = apart.read(FeedKind.FEED, answer("<html>" + "a" * apart.SMALL), SOURCE, now=NOW)
    assert found == NotAFeed("answered HTML instead of a feed")

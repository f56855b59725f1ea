"""Feeds and sitemaps as clients read them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from lxml import etree

from practice.feeds import BROKEN_DATE, date_words
from practice.outlets import load_outlets
from practice.server import Press
from practice.values import Edition

WORKING = [
    (outlet.id, feed.path, feed.form)
    for outlet in load_outlets(1)
    for feed in outlet.feeds
    if feed.form in {"rss", "rss_cdata", "atom"}
]


@pytest.mark.parametrize(("outlet_id", "path", "form"), WORKING, ids=[w[0] for w in WORKING])
def test_a_feed_parses_to_all_articles_of_its_outlet(
    press: Press, fetch: Callable[..., Any], outlet_id: str, path: str, form: str
):
    body = fetch(press.outlet(outlet_id).base_url + path).body
    parsed = feedparser.parse(io.BytesIO(body))
    assert not parsed.bozo
    assert len(parsed.entries) == len(press.edition.of(outlet_id))
    for entry in parsed.entries:
        assert entry.title
        assert entry.link.startswith(press.outlet(outlet_id).base_url + "/")


def test_the_json_feed_lists_all_articles_with_their_text(press: Press, fetch: Callable[..., Any]):
    outlet = press.outlet("bao-nguoi-ray")
    got = fetch(outlet.feed_urls[0])
    items = json.loads(got.body)["items"]
    assert got.headers["content-type"].startswith("application/feed+json")
    assert {item["id"] for item in items} == {a.key for a in press.edition.of(outlet.id)}
    assert all(item["content_html"].startswith("<p>") for item in items)


def test_the_sitemap_lists_all_articles_with_title_and_date(press: Press, fetch: Callable[..., Any]):
    outlet = press.outlet("dai-gio-nom")
    root = etree.fromstring(fetch(outlet.feed_urls[0]).body)
    news = "{http://www.google.com/schemas/sitemap-news/0.9}"
    assert len(root) == len(press.edition.of(outlet.id))
    for url in root:
        assert url.findtext(f".//{news}title")
        assert url.findtext(f".//{news}publication_date").endswith("+07:00")


def test_one_feed_wraps_its_titles_in_cdata(press: Press, fetch: Callable[..., Any]):
    body = fetch(press.outlet("thong-tan-song-ba").feed_urls[0]).body
    assert body.count(b"<title><![CDATA[") == len(press.edition.of("thong-tan-song-ba"))


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("us", "11/21/2026 11:00:00\u202fPM"),
        ("two_digit", "Sat, 21 Nov 26 23:00:00 +0700"),
        ("short_zone", "Sat, 21 Nov 2026 23:00:00 +07"),
        ("rfc", "Sat, 21 Nov 2026 23:00:00 +0700"),
        ("iso", "2026-11-21T23:00:00+07:00"),
        ("none", ""),
    ],
)
def test_a_date_is_written_the_way_its_outlet_does(edition: Edition, style: str, words: str):
    assert date_words(edition.find("hop-bao-quy"), style) == words


def test_a_broken_date_is_broken_in_every_style(edition: Edition):
    assert date_words(edition.find("ngay-hong"), "rfc") == BROKEN_DATE


def test_links_carry_tracking_words_where_the_outlet_does_so(press: Press, fetch: Callable[..., Any]):
    body = fetch(press.outlet("bao-nui-rung").feed_urls[0]).body
    assert b"?utm_source=rss&amp;utm_medium=feed" in body


@pytest.mark.parametrize(
    ("path", "status"), [("/rss/mat.rss", 404), ("/rss/ban.rss", 429), ("/rss/nham.rss", 200)]
)
def test_the_faulty_outlet_has_faulty_feeds(press: Press, fetch: Callable[..., Any], path: str, status: int):
    got = fetch(press.outlet("bao-chap-chon").base_url + path)
    assert got.status == status
    assert (got.headers.get("retry-after") == "120") == (status == 429)
    assert not feedparser.parse(io.BytesIO(got.body)).entries


def test_the_page_that_is_forbidden_has_its_text_in_the_feed(press: Press, fetch: Callable[..., Any]):
    outlet = press.outlet("bao-chap-chon")
    parsed = feedparser.parse(io.BytesIO(fetch(outlet.feed_urls[0]).body))
    entry = next(e for e in parsed.entries if e.id == "bi-tu-choi")
    assert "83 bẫy thú" in entry.content[0].value
    assert fetch(press.url_of("bi-tu-choi")).status == 403


def test_a_withdrawn_article_leaves_the_feed(fresh_press: Press, fetch: Callable[..., Any]):
    outlet = fresh_press.outlet("thong-tan-song-ba")
    fresh_press.withdraw("gia-xang")
    assert "gia-xang" not in fetch(outlet.feed_urls[0]).body.decode()

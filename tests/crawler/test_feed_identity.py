"""The same item must not come back as new, however its feed spells it."""

from __future__ import annotations

import pytest

from crawler.addresses import urls
from crawler.feeds import syndication as feeds
from store.types import FeedEntry

BASE = "https://baotap.vn/rss/home.rss"
FEEDBURNER = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'


def entry_of(item: str) -> FeedEntry:
    head = f'<rss version="2.0" {FEEDBURNER}><channel>'
    body = f"{head}<item><title>Tin</title>{item}</item></channel></rss>"
    found = feeds.parse(body.encode(), url=BASE)
    assert isinstance(found, feeds.FeedResult), found
    (entry,) = found.entries
    return entry


ADDRESSES = {
    "a link": ("<link>https://baotap.vn/a.html</link>", "https://baotap.vn/a.html"),
    "a relative link": ("<link>../a.html</link>", "https://baotap.vn/a.html"),
    "a guid that is an address": ("<guid>https://baotap.vn/a.html</guid>", "https://baotap.vn/a.html"),
    "a guid that is a path": ('<guid isPermaLink="true">/a.html</guid>', "https://baotap.vn/a.html"),
    "a guid denied as an address, alone": (
        '<guid isPermaLink="false">https://baotap.vn/?p=7</guid>', "https://baotap.vn/?p=7",
    ),
    "a guid denied as an address, beside a link": (
        '<guid isPermaLink="false">https://baotap.vn/?p=7</guid><link>/a.html</link>', "https://baotap.vn/a.html",
    ),
    "a distributor's link": (
        "<link>https://feed.example/~r/1</link><feedburner:origLink>https://baotap.vn/a.html</feedburner:origLink>",
        "https://baotap.vn/a.html",
    ),
    "a distributor's original that is no web page": (
        "<link>/a.html</link><feedburner:origLink>javascript:alert(1)</feedburner:origLink>",
        "https://baotap.vn/a.html",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("item", "address"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_entry_leads_to_the_outlets_own_page(item: str, address: str) -> None:
    assert entry_of(item).url == address


def test_a_guid_that_is_no_address_is_none() -> None:
    body = b'<rss version="2.0"><channel><item><title>Tin</title><guid>bai-1234</guid></item></channel></rss>'
    found = feeds.parse(body, url=BASE)
    assert found == feeds.FeedResult((), "", ("no http(s) address in entry 'Tin'",))


@pytest.mark.parametrize(
    ("bases", "address"),
    [
        (("https://baotap.vn/tin/", ""), "https://baotap.vn/tin/a.html"),
        (("https://baotap.vn/tin/", "2026/"), "https://baotap.vn/tin/2026/a.html"),
    ],
    ids=["of the feed", "of the entry within the feed's"],
)
def test_a_relative_link_is_resolved_against_xml_base(bases: tuple[str, str], address: str) -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{bases[0]}"><entry xml:base="{bases[1]}">'
        '<title>Tin</title><link href="a.html"/></entry></feed>'
    )
    found = feeds.parse(body.encode(), url=BASE)
    assert isinstance(found, feeds.FeedResult)
    assert [entry.url for entry in found.entries] == [address]


FIRST = "<link>https://baotap.vn/hop-bao-post1234.html</link><guid>1234</guid>"
AGAIN = {
    "other tracking parameters": "<link>https://baotap.vn/hop-bao-post1234.html?utm_source=rss&amp;utm_id=7</link>",
    "a fragment": "<link>https://baotap.vn/hop-bao-post1234.html#rss</link>",
    "http": "<link>http://baotap.vn/hop-bao-post1234.html</link>",
    "www": "<link>https://www.baotap.vn/hop-bao-post1234.html</link>",
    "another title": "<title>Họp báo (cập nhật)</title><link>https://baotap.vn/hop-bao-post1234.html</link>",
    "another guid": "<link>https://baotap.vn/hop-bao-post1234.html</link><guid>tag:9,2026-11-22T05:00</guid>",
    "no guid": "<link>https://baotap.vn/hop-bao-post1234.html</link>",
}


@pytest.mark.parametrize("item", AGAIN.values(), ids=AGAIN.keys())
def test_the_same_item_spelt_otherwise_is_the_same_article(item: str) -> None:
    assert urls.key(entry_of(item).url) == urls.key(entry_of(FIRST).url)

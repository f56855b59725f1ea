from __future__ import annotations

import io
import json
import tarfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import sitemaps
from crawler.feeds import syndication as feeds
from store.types import FeedEntry

BASE = "https://baotap.vn/rss/home.rss"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def rss(*items: str, head: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>Báo Tập</title>'
    return (text + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def only(body: bytes, **values: str) -> FeedEntry:
    found = feeds.parse(body, url=BASE, **values)
    assert isinstance(found, feeds.FeedResult), found
    assert len(found.entries) == 1
    return found.entries[0]


def test_an_rss_item_becomes_an_entry() -> None:
    item = (
        "<title>Họp báo</title><link>https://baotap.vn/a.html?utm_source=rss</link><guid>7</guid>"
        "<description><![CDATA[<a href='x'><img src='y'></a>Tỉnh <b>Gia Lai</b>.<p>Hai.</p>]]></description>"
        "<pubDate>Sun, 22 Nov 26 10:05:00 +07</pubDate>"
    )
    assert only(rss(item)) == FeedEntry(
        url="https://baotap.vn/a.html?utm_source=rss",
        title="Họp báo",
        summary="Tỉnh Gia Lai.Hai.",
        published=datetime(2026, 11, 22, 3, 5, tzinfo=UTC),
        guid="7",
    )


def test_an_atom_entry_becomes_an_entry_with_its_whole_text() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Họp báo</title><id>urn:1</id>'
        '<link rel="alternate" href="/a.html"/><summary>Ngắn</summary>'
        '<content type="html">&lt;p&gt;Toàn văn dài hơn&lt;/p&gt;</content>'
        "<published>2026-11-22T10:05:00+07:00</published></entry></feed>"
    ).encode()
    entry = only(body)
    assert (entry.url, entry.summary) == ("https://baotap.vn/a.html", "Toàn văn dài hơn")
    assert entry.published == datetime(2026, 11, 22, 3, 5, tzinfo=UTC)


def test_a_json_feed_item_becomes_an_entry() -> None:
    item = {
        "id": 7,
        "url": "/a.html",
        "title": "Họp báo",
        "content_html": "<p>Toàn văn</p>",
        "date_published": "2026-11-22T10:05:00+07:00",
    }
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item, "x"]}
    ).encode()
    entry = only(body)
    assert (entry.url, entry.title, entry.summary) == ("https://baotap.vn/a.html", "Họp báo", "Toàn văn")


def test_a_news_sitemap_location_becomes_an_entry() -> None:
    body = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://baotap.vn/a.html</loc><n:news>"
        "<n:publication><n:name>Báo Tập</n:name></n:publication>"
        "<n:publication_date>2026-11-22T10:05:00+07:00</n:publication_date>"
        "<n:title>Họp báo</n:title></n:news></url>"
        "<url><loc>ftp://baotap.vn/b</loc></url></urlset>"
    ).encode()
    found = sitemaps.parse(body, url="https://baotap.vn/sitemap.xml", now=NOW)
    assert isinstance(found, feeds.FeedResult)
    assert [(e.url, e.title, e.published) for e in found.entries] == [
        ("https://baotap.vn/a.html", "Họp báo", datetime(2026, 11, 22, 3, 5, tzinfo=UTC))
    ]
    assert found.skipped == ("no http(s) address in location 'ftp://baotap.vn/b'",)


def test_an_unambiguous_american_date_settles_the_others() -> None:
    items = [f"<title>{d}</title><link>/{d}</link><pubDate>8/{d}/2026 17:20:00</pubDate>" for d in (9, 23)]
    found = feeds.parse(rss(*items), url=BASE)
    assert isinstance(found, feeds.FeedResult)
    assert [entry.published and entry.published.month for entry in found.entries] == [8, 8]


def test_the_same_address_twice_is_one_entry() -> None:
    found = feeds.parse(rss("<title>A</title><link>/a</link>", "<title>B</title><link>/a</link>"), url=BASE)
    assert isinstance(found, feeds.FeedResult)
    assert [entry.title for entry in found.entries] == ["A"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "mailto:a@b.vn"]
)
def test_an_entry_that_leads_to_no_web_page_is_left_out_and_told(link: str) -> None:
    found = feeds.parse(rss(f"<title>Họp báo</title><guid>7</guid><link>{link}</link>"), url=BASE)
    assert found == feeds.FeedResult((), "Báo Tập", ("no http(s) address in entry 'Họp báo'",))


def test_script_in_a_title_is_plain_text() -> None:
    entry = only(rss("<title>&lt;script&gt;alert(1)&lt;/script&gt;Họp báo</title><link>/a</link>"))
    assert entry.title == "Họp báo"
    assert "<" not in entry.title


def test_a_feed_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<title>secret</title><link>/a</link>"))
    assert isinstance(feeds.parse(str(secret).encode(), url=BASE), feeds.NotAFeed)


ENTITY = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
NO_FEEDS = {
    "HTML": (b"<!DOCTYPE html><html><body>Tin</body></html>", "answered HTML instead of a feed"),
    "HTML after a mark and a comment": (b"\xef\xbb\xbf <!-- x --> <HTML>", "answered HTML instead of a feed"),
    "nothing": (b" \n", "empty answer"),
    "entities": (rss("<title>&a;</title>", head=ENTITY), "entities"),
    "entities in UTF-16": (rss(head=ENTITY).decode().replace("utf-8", "utf-16").encode("utf-16"), "entities"),
    "an encoding that hides": (b'<?xml version="1.0" encoding="utf-7"?><rss/>', "encoding"),
    "too large": (b"<rss>" + b" " * feeds.MAX_BYTES, "larger than 5 MiB"),
    "other JSON": (b'{"items": []}', "not a JSON Feed"),
    "broken JSON": (b'{"items": [', "neither XML nor JSON"),
    "deep JSON": (b'{"version":' + b"[" * 200_000, "neither XML nor JSON"),
    "plain text": ("Hôm nay nghỉ".encode(), "not a feed"),
    "other XML": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a feed"),
}


@pytest.mark.parametrize(("body", "words"), NO_FEEDS.values(), ids=NO_FEEDS.keys())
def test_what_is_no_feed_is_told_in_words(body: bytes, words: str) -> None:
    found = feeds.parse(body, url=BASE)
    assert isinstance(found, feeds.NotAFeed)
    assert words in found.reason


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"<sitemapindex xmlns='x'/>", "names no sitemap of this site"),
        (b"tin", "not a sitemap"),
        (b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset/>', "entities"),
    ],
)
def test_what_is_no_sitemap_is_told_in_words(body: bytes, words: str) -> None:
    found = sitemaps.parse(body, url=BASE, now=NOW)
    assert isinstance(found, feeds.NotAFeed)
    assert words in found.reason


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss version='2.0'><channel><item><link>", b'{"version": "']),
)
def test_no_bytes_make_a_parser_raise(rest: bytes, start: bytes) -> None:
    for parse in (feeds.parse, partial(sitemaps.parse, now=NOW)):
        found = parse(start + rest, url=BASE)
        if isinstance(found, feeds.FeedResult):
            assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)


@pytest.mark.data
def test_all_feeds_of_other_parsers_tests_are_read_or_refused_in_words(data: Path) -> None:
    read = refused = 0
    for archive in sorted((data / "feeds").rglob("*.tar.gz")):
        with tarfile.open(archive) as members:
            for member in members:
                file = members.extractfile(member)
                if file is None or member.name.endswith(".go"):
                    continue
                found = feeds.parse(io.BytesIO(file.read()).getvalue(), url="http://baotap.example/rss")
                if isinstance(found, feeds.NotAFeed):
                    refused += 1
                    assert found.reason
                else:
                    read += 1
                    assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)
    assert read > 2500
    assert read + refused > 3000

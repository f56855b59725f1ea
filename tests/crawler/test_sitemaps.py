"""Sitemaps of all kinds, on invented addresses."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from crawler.feeds import sitemaps
from crawler.feeds import syndication as feeds

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BASE = "https://baotap.vn/sitemap.xml"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def urlset(*pages: tuple[str, str]) -> bytes:
    made = "".join(
        f"<url><loc>{loc}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for loc, changed in pages
    )
    return f"<?xml version='1.0'?><urlset {SPACE}>{made}</urlset>".encode()


def index(*children: tuple[str, str]) -> bytes:
    made = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>"
        for loc, changed in children
    )
    return f"<sitemapindex {SPACE}>{made}</sitemapindex>".encode()


def read(body: bytes) -> feeds.FeedResult:
    found = sitemaps.parse(body, url=BASE, now=NOW)
    assert isinstance(found, feeds.FeedResult), found
    return found


def refusal(body: bytes) -> str:
    found = sitemaps.parse(body, url=BASE, now=NOW)
    assert isinstance(found, feeds.NotAFeed), found
    return found.reason


# plain sitemaps


def test_of_a_plain_sitemap_only_what_changed_in_the_last_days_counts() -> None:
    found = read(
        urlset(
            ("https://baotap.vn/moi.html", "2026-11-21T08:00:00+07:00"),
            ("https://baotap.vn/cu.html", "2026-11-10"),
            ("https://baotap.vn/khong-ngay.html", ""),
        )
    )
    assert [entry.url for entry in found.entries] == ["https://baotap.vn/moi.html"]


def test_the_change_of_a_page_is_not_taken_for_its_publication() -> None:
    (entry,) = read(urlset(("https://baotap.vn/moi.html", "2026-11-21T08:00:00+07:00"))).entries
    assert entry.published is None


def test_a_sitemap_of_old_pages_gives_nothing_and_is_no_fault() -> None:
    assert read(urlset(("https://baotap.vn/cu.html", "2020-01-01"))).entries == ()


def test_of_pages_without_dates_the_highest_numbers_come_first_and_the_past_is_left() -> None:
    pages = [(f"https://baotap.vn/tin-{number}.html", "") for number in range(1000, 1300)]
    found = read(urlset(*pages)).entries
    assert len(found) == sitemaps.MAX_UNDATED
    assert found[0].url == "https://baotap.vn/tin-1299.html"


# text sitemaps


def test_a_list_of_addresses_is_a_sitemap_too() -> None:
    body = "\ufeffhttps://baotap.vn/a-1.html\r\nhttps://baotap.vn/b-2.html\nftp://baotap.vn/c\nlời\n".encode()
    assert [entry.url for entry in read(body).entries] == [
        "https://baotap.vn/b-2.html",
        "https://baotap.vn/a-1.html",
    ]


# gzip


@pytest.mark.parametrize("pack", [gzip.compress, lambda body: body], ids=["gzip", "plain"])
def test_a_packed_sitemap_is_opened(pack: object) -> None:
    body = pack(urlset(("https://baotap.vn/moi.html", "2026-11-21")))  # type: ignore[operator]
    assert len(read(body).entries) == 1


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"<urlset>" + b" " * (feeds.MAX_BYTES + 1)),
        gzip.compress(urlset(("https://baotap.vn/a", "2026-11-21")))[:-12],
        b"\x1f\x8b",
        b"\x1f\x8bkein gzip",
    ],
    ids=["a bomb", "cut off", "only the mark", "no gzip"],
)
def test_gzip_that_is_damaged_or_too_large_is_refused_in_words(body: bytes) -> None:
    assert refusal(body) == "damaged gzip, or more than 5 MiB inside"


def test_gzip_in_gzip_is_opened_once() -> None:
    assert "not a sitemap" in refusal(gzip.compress(gzip.compress(urlset())))


# indexes


def test_of_an_index_the_newest_sitemaps_are_read_and_only_a_few() -> None:
    days = [(NOW - timedelta(hours=12 * number)).isoformat() for number in range(6)]
    found = read(
        index(*((f"https://baotap.vn/s-{n}.xml", day) for n, day in reversed(list(enumerate(days)))))
    )
    assert found.entries == ()
    assert found.children == tuple(f"https://baotap.vn/s-{n}.xml" for n in range(sitemaps.MAX_CHILDREN))


def test_sitemaps_that_did_not_change_lately_are_left() -> None:
    found = read(
        index(("https://baotap.vn/2019.xml", "2019-12-31"), ("https://baotap.vn/x.xml", "2026-11-22"))
    )
    assert found.children == ("https://baotap.vn/x.xml",)


def test_without_dates_what_is_called_news_comes_first_then_the_highest_number() -> None:
    names = ["2025-12.xml", "2026-11.xml", "google-news.xml", "2026-2.xml"]
    found = read(index(*((f"https://baotap.vn/{name}", "") for name in names)))
    assert found.children == tuple(
        f"https://baotap.vn/{name}" for name in ("google-news.xml", "2026-11.xml", "2026-2.xml")
    )


def test_an_index_leads_to_no_other_site() -> None:
    found = read(
        index(
            ("https://khac.vn/s.xml", "2026-11-22"),
            ("http://127.0.0.1/s.xml", "2026-11-22"),
            ("file:///etc/passwd", "2026-11-22"),
            ("https://media.baotap.vn/s.xml", "2026-11-22"),
        )
    )
    assert found.children == ("https://media.baotap.vn/s.xml",)
    assert len(found.skipped) == 3


def test_an_index_without_a_sitemap_of_the_site_is_told() -> None:
    assert refusal(index(("https://khac.vn/s.xml", ""))) == "an index that names no sitemap of this site"

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages.extract import Page, Refusal, extract, extract_html
from store.types import Article, FeedEntry, Scope, Source

URL = "https://baotap.vn/thoi-su/hop-bao-1.html"


@pytest.fixture
def read(make_source: Callable[..., Source], now: datetime) -> Callable[..., Article | Refusal]:
    """Extract a page of the practice source; keywords change the Page."""

    def read(html: str | bytes, **values: Any) -> Article | Refusal:
        raw = html.encode() if isinstance(html, str) else html
        plain: dict[str, Any] = {
            "url": URL,
            "source": make_source(domain="baotap.vn"),
            "content_type": "text/html; charset=utf-8",
            "fetched_at": now,
        }
        return extract(Page(html=raw, **(plain | values)))

    return read


def article(found: Article | Refusal) -> Article:
    assert isinstance(found, Article), found
    return found


def ld(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | values)}</script>'


def test_an_article_page_becomes_an_article(
    read: Callable[..., Any], make_page: Callable[..., str], now: datetime
) -> None:
    head = ld(
        headline="Gia Lai họp báo về cao tốc",
        datePublished="2026-11-21T08:30:00+07:00",
        author=[{"@type": "Person", "name": "Phóng viên A"}],
        articleSection="Thời sự",
    )
    sapo = "<h2 class='sapo'>Tỉnh Gia Lai trả lời báo chí về tiến độ giải phóng mặt bằng cao tốc.</h2>"
    html = make_page(head=head, before=sapo)
    found = article(read(html))
    assert found.title == "Gia Lai họp báo về cao tốc"
    assert found.lead == "Tỉnh Gia Lai trả lời báo chí về tiến độ giải phóng mặt bằng cao tốc."
    assert found.text.startswith(found.lead)
    assert "Đoạn 1." in found.text
    assert "Đoạn 5." in found.text
    assert "Trang chủ" not in found.text
    assert (found.byline, found.section, found.language) == ("Phóng viên A", "Thời sự", "vi")
    assert found.published is not None
    assert (found.published.at, found.published.origin) == (
        datetime(2026, 11, 21, 1, 30, tzinfo=UTC),
        "json-ld",
    )
    assert (found.url, found.outlet, found.outlet_name, found.scope) == (
        URL,
        "bao-tap",
        "Báo Tập",
        Scope.DOMESTIC,
    )
    assert (found.fetched_at, found.snapshot_sha256) == (now, sha256(html.encode()).hexdigest())
    assert found.extractor.startswith("blocks ")
    assert not found.summary_only


TITLES = {
    "json-ld before og": (ld(headline="Một") + '<meta property="og:title" content="Hai">', "Một"),
    "og with the outlet behind": ('<meta property="og:title" content="Một - Báo Tập">', "Một"),
    "og with the host behind": ('<meta property="og:title" content="Một | baotap.vn">', "Một"),
    "a dash that is part of the title": (
        '<meta property="og:title" content="Quy Nhơn - Pleiku">',
        "Quy Nhơn - Pleiku",
    ),
    "a headline that was cut": (
        ld(headline="Cao tốc Quy Nhơn...")
        + '<meta property="og:title" content="Cao tốc Quy Nhơn chậm một năm">',
        "Cao tốc Quy Nhơn chậm một năm",
    ),
    "script stays plain text": (
        '<meta property="og:title" content="&lt;script&gt;x&lt;/script&gt; Một">',
        "<script>x</script> Một",
    ),
    "nothing but h1": ("", "Đầu đề của trang"),
}


@pytest.mark.parametrize(("head", "expected"), TITLES.values(), ids=TITLES.keys())
def test_the_title_is_the_headline_alone(
    head: str, expected: str, read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    assert article(read(make_page("Đầu đề của trang", head=head))).title == expected


DATES = {
    "json-ld before meta": (
        ld(datePublished="2026-11-21T08:30:00+07:00")
        + '<meta property="article:published_time" content="2026-11-20">',
        "",
        ("2026-11-21T01:30:00+00:00", "json-ld"),
    ),
    "meta": (
        '<meta property="article:published_time" content="2026-11-21T08:30:00+07:00">',
        "",
        ("2026-11-21T01:30:00+00:00", "meta"),
    ),
    "meta without zone is Viet Nam's": (
        '<meta name="pubdate" content="2026-11-21 08:30">',
        "",
        ("2026-11-21T01:30:00+00:00", "meta"),
    ),
    "the page's own words": (
        "",
        '<span class="date">Thứ bảy, 21/11/2026 - 08:30 (GMT+7)</span>',
        ("2026-11-21T01:30:00+00:00", "page"),
    ),
    "a day in meta, the hour on the page": (
        '<meta property="article:published_time" content="2026-11-21">',
        '<time datetime="2026-11-21T08:30:00+07:00">hôm qua</time>',
        ("2026-11-21T01:30:00+00:00", "page"),
    ),
    "a date of the future is passed over": (
        ld(datePublished="2027-01-01T08:30:00+07:00"),
        '<time datetime="2026-11-21T08:30:00+07:00"></time>',
        ("2026-11-21T01:30:00+00:00", "page"),
    ),
}


@pytest.mark.parametrize(("head", "before", "expected"), DATES.values(), ids=DATES.keys())
def test_the_date_is_taken_from_the_best_witness(
    head: str, before: str, expected: tuple[str, str], read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    published = article(read(make_page(head=head, before=before))).published
    assert published is not None
    assert (published.at.isoformat(), published.origin) == expected


def test_the_feeds_date_is_heard_before_the_pages_words(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    entry = FeedEntry(URL, "x", published=datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    html = make_page(before='<span class="date">20/11/2026 08:30</span>')
    published = article(read(html, entry=entry)).published
    assert published is not None
    assert (published.at, published.origin) == (entry.published, "feed")


def test_todays_date_above_the_headline_is_not_the_articles(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    html = make_page(before='<span class="date">20/11/2026 08:30</span>').replace(
        "<header>", "<header><div class='date'>Chủ nhật, 22/11/2026</div>"
    )
    published = article(read(html)).published
    assert published is not None
    assert published.at == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def test_a_page_without_any_date_has_none(read: Callable[..., Any], make_page: Callable[..., str]) -> None:
    assert article(read(make_page())).published is None


def test_the_declared_address_within_the_site_is_the_identity(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    own = '<link rel="canonical" href="https://baotap.vn/hop-bao.html">'
    foreign = '<link rel="canonical" href="https://baokhac.vn/hop-bao.html">'
    mobile = "https://m.baotap.vn/hop-bao.html?utm_source=rss"
    assert article(read(make_page(head=own), url=mobile)).url == "https://baotap.vn/hop-bao.html"
    assert article(read(make_page(head=foreign), url=mobile)).url == "https://m.baotap.vn/hop-bao.html"


def test_the_sources_own_selector_is_asked_first(
    read: Callable[..., Any], make_page: Callable[..., str], make_source: Callable[..., Source]
) -> None:
    html = make_page(
        body="<div class='chinh'>"
        + "<p>Đây là đoạn văn của bài báo chính.</p>" * 10
        + "</div><p>Thừa</p>" * 9
    )
    found = article(read(html, source=make_source(domain="baotap.vn", body_selector=".chinh")))
    assert found.extractor == "selector .chinh"
    assert "Thừa" not in found.text


def test_a_selector_that_finds_nothing_any_more_is_no_obstacle(
    read: Callable[..., Any], make_page: Callable[..., str], make_source: Callable[..., Source]
) -> None:
    found = article(read(make_page(), source=make_source(domain="baotap.vn", body_selector=".mat-roi")))
    assert found.extractor.startswith("blocks ")


def test_date_and_byline_at_the_edges_are_not_text(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    body = (
        "<p>21/11/2026 08:30 (GMT+7)</p>"
        + "<p>Một đoạn văn dài về tỉnh Gia Lai.</p>" * 9
        + "<p>Phóng viên A</p>"
    )
    found = article(read(make_page(head='<meta name="author" content="Phóng viên A">', body=body)))
    assert found.text.startswith("Một đoạn văn")
    assert found.text.endswith("Gia Lai.")


def test_a_description_that_readers_do_not_see_is_no_lead(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    head = (
        '<meta name="description" content="Báo Tập: tin nhanh, tin nóng, tin trong ngày, đọc báo trực tuyến">'
    )
    assert article(read(make_page(head=head))).lead == ""


def test_text_is_composed_and_without_invisible_characters(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    body = "<p>Ple\u0069\u0301ku va\u0300 Quy Nh\u01a1n\u200b, ti\u0309nh Gia Lai.</p>" * 9
    assert article(read(make_page(body=body))).text.startswith("Pleíku và Quy Nhơn, tỉnh Gia Lai.")


REFUSALS: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "nothing": (b"", {}, "empty page"),
    "white space and NUL": (b" \x00\n", {}, "empty page"),
    "a PDF that says so": (b"x", {"content_type": "application/pdf"}, "not HTML: application/pdf"),
    "a PDF that does not": (b"%PDF-1.7", {"content_type": "text/html"}, "not HTML: application/pdf"),
    "a picture": (b"\x89PNG\r\n", {"content_type": ""}, "not HTML: image/png"),
    "gone": (b"<html>", {"status": 404}, "HTTP 404: the page is gone"),
    "withdrawn": (b"<html>", {"status": 410}, "HTTP 410: the page is gone"),
    "refused": (b"<html>", {"status": 403}, "HTTP 403: the outlet refuses the page"),
    "never asked": (b"", {"status": 0, "trouble": "robots.txt forbids"}, "robots.txt forbids"),
    "a server's fault": (b"<html>", {"status": 500}, "HTTP 500"),
    "a redirect that leads nowhere": (b"", {"status": 302}, "HTTP 302"),
    "no title": ("<p>Một đoạn văn</p>".encode() * 50, {}, "no title found"),
    "no text": ("<title>Ảnh</title><h1>Ảnh đẹp</h1><p>Xem ảnh</p>".encode(), {}, "no article text found ("),
    "too large": (b"x" * (10 * 1024 * 1024 + 1), {}, "larger than 10 MiB"),
}


@pytest.mark.parametrize(("html", "values", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_page_without_article_is_refused_in_words(
    html: bytes, values: dict[str, Any], words: str, read: Callable[..., Any]
) -> None:
    found = read(html, **values)
    assert isinstance(found, Refusal)
    assert found.reason.startswith(words)


SUMMARY = (
    "Tỉnh Gia Lai trả lời báo chí về tiến độ giải phóng mặt bằng đường cao tốc Quy Nhơn – Pleiku trong tháng."
)


@pytest.mark.parametrize("status", [401, 403, 451, 0])
def test_of_a_refused_page_the_feeds_text_is_kept_and_marked(status: int, read: Callable[..., Any]) -> None:
    entry = FeedEntry(URL + "?utm_source=rss", "Họp báo", SUMMARY, datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    found = article(read(b"", status=status, entry=entry, url=entry.url, trouble="robots.txt forbids"))
    assert found.summary_only
    assert (found.title, found.text, found.url) == ("Họp báo", SUMMARY, URL)
    assert found.published is not None
    assert found.published.origin == "feed"
    assert found.extractor.startswith("feed summary (")


def test_a_page_that_is_gone_is_not_replaced_by_the_feeds_text(read: Callable[..., Any]) -> None:
    assert isinstance(read(b"", status=404, entry=FeedEntry(URL, "Họp báo", SUMMARY)), Refusal)


def test_a_short_feed_text_is_no_article(read: Callable[..., Any]) -> None:
    assert isinstance(read(b"", status=403, entry=FeedEntry(URL, "Họp báo", "Ngắn.")), Refusal)


def test_two_pages_that_read_alike_have_the_same_digest(
    read: Callable[..., Any], make_page: Callable[..., str]
) -> None:
    first = article(read(make_page(), url=URL))
    second = article(read(make_page(head="<meta name='x' content='y'>")))
    assert first.digest == second.digest
    assert first.snapshot_sha256 != second.snapshot_sha256


def test_the_filter_needs_no_source(make_page: Callable[..., str], now: datetime) -> None:
    head = '<meta name="pubdate" content="2026-11-21 08:30">'
    found = article(extract_html(make_page(head=head), URL, fetched_at=now))
    assert (found.outlet, found.language) == ("baotap.vn", "vi")
    assert found.published is not None
    assert found.published.at == datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    assert extract_html(make_page(head=head).encode(), URL, fetched_at=now) == found


@pytest.mark.parametrize("url", ["", "file:///home/a/luu.html", "http://["])
def test_a_page_of_unknown_address_is_read_all_the_same(
    url: str, make_page: Callable[..., str], now: datetime
) -> None:
    found = article(extract_html(make_page(), url, fetched_at=now))
    assert (found.title, found.url) == ("Gia Lai họp báo về cao tốc", "https://unknown.invalid/")


HOSTILE = {
    "deep": "<div>" * 50_000 + "x",
    "empty paragraphs": "<h1>T</h1>" + "<p>" * 500_000,
    "nested dates": "<h1>T</h1>"
    + ("<div class='date author sapo'>" * 200 + "x" * 1000 + "</div>" * 200) * 100,
    "entities": "<h1>T</h1><p>" + "&amp;" * 500_000,
    "a megabyte in an attribute": f"<h1>T</h1><p class='{'related ' * 130_000}'>x",
    "deep inline": "<h1>T</h1>" + "<b>" * 50_000 + "x",
    "one endless word": "<h1>T</h1><p>" + "a" * 2_000_000,
    "NUL everywhere": "\x00".join("<h1>T</h1><p>Gia Lai</p>" * 50),
    "deep JSON-LD": '<script type="application/ld+json">' + "[" * 100_000 + "</script><h1>T</h1><p>x",
    "JSON-LD of other types": '<script type="application/ld+json">[1,null,{"@type":[3]},{"@type":"Article",'
    '"author":[[[{}]]],"datePublished":{"a":1},"headline":[]}]</script><h1>T</h1><p>x',
    "separators": "<title>" + " - " * 50_000 + "</title><p>x",
    "nested tables": "<h1>T</h1>" + "<table><tr><td>" * 2000 + "x",
    "lone surrogates": "<h1>T\ud800</h1><p>x",
    "an XML declaration that lies": '<?xml version="1.0" encoding="utf-16"?><h1>T</h1><p>x',
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_an_article_or_a_refusal(html: str, now: datetime) -> None:
    found = extract_html(html, URL, fetched_at=now)
    assert isinstance(found, Article | Refusal)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<h1>", "</h1>", "<p>", "</div>", "<div class='sapo'>", "<script>", "</script>", "<title>"),
                *("<meta ", "content='", "'", ">", "<time datetime='", "<!--", "-->", "<a href=", "]]>"),
                *("Gia Lai ", "22/11/2026", "\x00", "&#0;", "&#xD800;"),
            ]
        ),
        max_size=60,
    )
)
def test_any_heap_of_tags_is_an_article_or_a_refusal(pieces: list[str]) -> None:
    found = extract_html("".join(pieces), URL, fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert isinstance(found, Article | Refusal)


def test_a_page_of_a_foreign_outlet_reads_dates_without_zone_as_utc(
    read: Callable[..., Any], make_page: Callable[..., str], make_source: Callable[..., Source]
) -> None:
    source = replace(make_source(domain="baotap.vn"), country="AU", scope=Scope.FOREIGN)
    published = article(
        read(make_page(head='<meta name="pubdate" content="2026-11-21 08:30">'), source=source)
    ).published
    assert published is not None
    assert published.at == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

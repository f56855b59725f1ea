"""Pages of links: which are articles, and what is told when none is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import listings, reading
from crawler.feeds import syndication as feeds
from crawler.feeds.listings import Layout
from crawler.wire.answers import Answer
from store.types import FeedKind, Scope, Source

URL = "https://baotap.vn/xa-hoi/"
TITLE = "Trạm bơm Ia Giả vận hành thử sau ba tháng"


def read(html: str, **layout: str) -> feeds.FeedResult:
    found = listings.read(html.encode(), url=URL, layout=Layout(**layout))
    assert isinstance(found, feeds.FeedResult), found
    return found


def reason(html: str | bytes, **layout: str) -> str:
    body = html.encode() if isinstance(html, str) else html
    found = listings.read(body, url=URL, layout=Layout(**layout))
    assert isinstance(found, feeds.NotAFeed), found
    return found.reason


def link(href: str, text: str = TITLE) -> str:
    return f'<div><a href="{href}">{text}</a></div>'


@pytest.mark.parametrize(
    ("href", "text", "is_article"),
    [
        ("/tram-bom-ia-gia-van-hanh-post590072.html", TITLE, True),
        ("/2026/11/22/tram-bom/", TITLE, True),
        ("/tin?id=590072", TITLE, True),
        ("/tram-bom-ia-gia-van-hanh-thu", TITLE, True),
        ("/xa-hoi/", TITLE, False),
        ("/tram-bom-ia-gia-van-hanh-post590072.html", "Trạm bơm", False),
        ("/tag/tram-bom-ia-gia-van-hanh-thu-590072", TITLE, False),
        ("/video/tram-bom-ia-gia-van-hanh-thu-590072", TITLE, False),
        ("/van-ban/ke-hoach-so-590072.pdf", TITLE, False),
        ("https://khac.vn/tram-bom-ia-gia-van-hanh-post590072.html", TITLE, False),
        ("javascript:mo('590072')", TITLE, False),
        ("mailto:toasoan590072@baotap.vn", TITLE, False),
    ],
)
def test_without_knowledge_of_the_outlet_an_article_is_told_by_words_and_path(
    href: str, text: str, is_article: bool
) -> None:
    found = listings.read(link(href, text).encode(), url=URL, layout=Layout())
    assert isinstance(found, feeds.FeedResult) is is_article


def test_links_of_menus_and_footers_are_no_articles() -> None:
    inside = link("/gioi-thieu-chuc-nang-nhiem-vu-cua-bao-590072.html")
    assert "0 of 2 links" in reason(f"<nav>{inside}</nav><div class='main-menu'>{inside}</div>")


def test_three_links_to_one_article_are_one_entry_with_the_title_in_the_heading() -> None:
    url = "/tram-bom-590072.html"
    card = (
        f'<article><a href="{url}"><img alt="ảnh minh họa một trạm bơm"></a>'
        f'<h3><a href="{url}#top">{TITLE}</a></h3>'
        f'<p><a href="{url}">{TITLE} và nhiều điều khác nữa mà tiêu đề không nói tới</a></p></article>'
    )
    (entry,) = read(card, address=r"-\d+\.html$").entries
    assert (entry.title, entry.url) == (TITLE, "https://baotap.vn/tram-bom-590072.html")


def test_a_title_that_was_cut_is_taken_from_the_links_own_word() -> None:
    html = f'<a href="/tram-bom-590072.html" title="{TITLE}">Trạm bơm Ia Giả…</a>'
    assert read(html, address=r"-\d+\.html$").entries[0].title == TITLE


def test_each_date_belongs_to_its_own_article() -> None:
    cards = "".join(
        f'<li>{link(f"/tin-so-{n}.html")}<span class="time">22/11/2026 0{n}:00</span></li>' for n in (1, 2, 3)
    )
    found = read(f"<ul>{cards}</ul>", address=r"tin-so-\d\.html$").entries
    assert [entry.published for entry in found] == [
        datetime(2026, 11, 21, 18, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 19, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
    ]


def test_a_day_without_an_hour_is_left_to_the_page() -> None:
    html = f'<li>{link("/tin-so-1.html")}<span class="date">22/11/2026</span></li>'
    assert read(html, address="tin-so").entries[0].published is None


def test_lead_and_date_beside_the_link_are_found_in_the_outlets_box() -> None:
    html = (
        f'<div class="o"><p class="x">20/11/2026 07:30</p>{link("/a.html")}<p class="tom">Tóm tắt.</p></div>'
        f'<div class="o">{link("/b.html")}</div>'
    )
    found = read(html, link=".o a", item="div.o", lead=".tom", date=".x").entries
    assert [(entry.summary, bool(entry.published)) for entry in found] == [("Tóm tắt.", True), ("", False)]


def test_a_redesign_gives_what_the_general_way_finds_and_says_so() -> None:
    html = link("/tram-bom-ia-gia-van-hanh-thu-590072") + link("/xa-hoi/", "Xã hội")
    found = read(html, link="a.article-title", address=r"\.html$")
    assert (len(found.entries), found.general) == (1, True)


def test_an_outlet_of_which_nothing_is_known_has_not_been_redesigned() -> None:
    assert not read(link("/tram-bom-ia-gia-van-hanh-thu-590072")).general


def test_a_page_without_articles_says_how_many_links_it_had() -> None:
    html = "".join(link(f"/muc-{number}/", "Mục") for number in range(84))
    assert reason(html) == "no article links found: 0 of 84 links look like articles"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00", b"<!-- -->"])
def test_a_page_with_nothing_in_it_is_empty(body: bytes) -> None:
    assert reason(body) in {"empty page", "no article links found: 0 of 0 links look like articles"}


def test_a_page_that_is_too_large_is_not_read() -> None:
    assert "larger than 5 MiB" in reason(b"<a>" * (feeds.MAX_BYTES // 3 + 1))


def test_a_page_of_very_many_links_costs_a_bounded_time() -> None:
    html = "".join(link(f"/tin-so-{number}.html") for number in range(20_000))
    assert len(read(html, address="tin-so").entries) == feeds.MAX_ENTRIES


@given(st.text(max_size=400))
def test_no_page_makes_it_raise_and_no_address_is_foreign(text: str) -> None:
    for html in (text, f'<a href="{text}">{TITLE}</a>', f'<a href="/bai-590072.html">{text}</a>'):
        found = listings.read(html.encode("utf-8", "replace"), url=URL, layout=Layout(address="."))
        if isinstance(found, feeds.FeedResult):
            assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)


def test_a_listing_of_an_outlet_without_a_spider_is_told_in_words() -> None:
    source = Source(
        id="bao-la", name="Báo Lạ", domain="baola.vn", scope=Scope.DOMESTIC, country="VN", language="vi",
        kind="newspaper",
    )  # fmt: skip
    answer = Answer("https://baola.vn/", 200, (), link("/tin-so-1.html").encode())
    found = reading.read(FeedKind.LISTING, answer, source, now=datetime(2026, 11, 22, tzinfo=UTC))
    assert isinstance(found, feeds.NotAFeed)
    assert "no spider for bao-la" in found.reason

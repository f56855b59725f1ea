from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.pages import metadata, structured
from crawler.pages.dates import VIETNAM
from crawler.pages.markup import parse_html
from crawler.pages.published import PLAUSIBLE, find
from store.types import FeedEntry, PublicationDate

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://baotap.vn/hop-bao.html"
MORNING = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
ISO = "2026-11-21T08:30:00+07:00"


def ld(**values: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | values)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def read(html: str, *, url: str = URL, entry: FeedEntry | None = None) -> PublicationDate | None:
    tree = parse_html(f"<html><body>{html}</body></html>")
    assert tree is not None
    node = structured.find_article(tree)
    metas = metadata.meta_values(tree)
    return find(tree, node, metas, url=url, entry=entry, fetched_at=NOW, zone=VIETNAM)


def found_in(html: str, *, url: str = URL, entry: FeedEntry | None = None) -> PublicationDate:
    date = read(html, url=url, entry=entry)
    assert date is not None
    return date


WITNESSES = {
    "json-ld": (ld(datePublished=ISO), URL, "json-ld"),
    "meta": (meta("article:published_time", ISO), URL, "meta"),
    "itemprop": (f"<i itemprop='datePublished' content='{ISO}'></i>", URL, "meta"),
    "a time element": (f"<h1>T</h1><time datetime='{ISO}'>hôm qua</time>", URL, "page"),
    "words that say so": ("<h1>T</h1><p>Đăng lúc 08:30 ngày 21/11/2026</p>", URL, "page"),
    "a class that says so": ("<h1>T</h1><span class='date'>21/11/2026 08:30</span>", URL, "page"),
    "just above the headline": ("<span class='head-date'>21/11/2026 08:30</span><h1>T</h1>", URL, "page"),
}


@pytest.mark.parametrize(("html", "url", "origin"), WITNESSES.values(), ids=WITNESSES.keys())
def test_every_witness_alone_is_heard(html: str, url: str, origin: str) -> None:
    date = found_in(html, url=url)
    assert (date.at, date.origin) == (MORNING, origin)
    assert date.confidence >= PLAUSIBLE


@pytest.mark.parametrize(
    "url", ["https://b.vn/2026/11/21/x.html", "https://b.vn/2026-11-21/x", "https://b.vn/tin/20261121/x"]
)
def test_the_day_in_the_address_is_heard_where_nobody_else_speaks(url: str) -> None:
    date = found_in("<h1>T</h1>", url=url)
    assert (date.at, date.origin) == (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), "address")
    assert date.confidence >= PLAUSIBLE


def test_a_change_is_no_publication() -> None:
    changed = meta("article:modified_time", "2026-11-22T08:30:00+07:00") + ld(dateModified=ISO)
    guess = read(changed)
    assert guess is None or guess.confidence < PLAUSIBLE
    both = "<p class='date'>Cập nhật: 22/11/2026 08:00</p><p class='day date'>Đăng: 21/11/2026 08:30</p>"
    assert found_in(f"<h1>T</h1>{both}").at == MORNING


def test_two_origins_that_agree_are_believed_more_and_two_that_do_not_less() -> None:
    alone = found_in(meta("article:published_time", ISO)).confidence
    agreed = found_in(meta("article:published_time", ISO), url="https://b.vn/2026/11/21/x").confidence
    entry = FeedEntry(URL, "T", published=MORNING - timedelta(days=40))
    contradicted = found_in(meta("article:published_time", ISO), entry=entry).confidence
    assert contradicted < alone < agreed <= 1


def test_the_dates_of_a_list_of_other_articles_are_not_the_articles() -> None:
    others = "".join(f"<span class='date'>{day}/11/2026 10:00</span>" for day in range(10, 20))
    guess = read(f"<h1>T</h1>{others}")
    assert guess is None or guess.confidence < PLAUSIBLE


IMPLAUSIBLE = {
    "the moment of capture": meta("article:published_time", NOW.isoformat()),
    "no year": "<h1>T</h1><span class='date'>21/11 08:30</span>",
}


@pytest.mark.parametrize("html", IMPLAUSIBLE.values(), ids=IMPLAUSIBLE.keys())
def test_an_implausible_date_is_marked_so_that_no_spike_counts_it(html: str) -> None:
    assert found_in(html).confidence < PLAUSIBLE


NEVER = {
    "the beginning of Unix time": meta("article:published_time", "1970-01-01T00:00:00Z"),
    "before the web": meta("article:published_time", "1954-05-07"),
    "the future": meta("article:published_time", "2027-01-01T00:00:00+07:00"),
    "a year alone": "<h1>T</h1><p>© 2026 Báo Tập</p>",
}


@pytest.mark.parametrize("html", NEVER.values(), ids=NEVER.keys())
def test_what_cannot_be_a_date_of_publication_is_none(html: str) -> None:
    assert read(html) is None


def test_a_page_of_nothing_but_dates_is_read_within_bounds() -> None:
    nested = "<div class='date'>" * 200
    assert read("<h1>T</h1>" + (nested + "x" * 1000 + "</div>" * 200) * 50) is None

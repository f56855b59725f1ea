"""Article pages, home pages, AMP twins: what stands in them and what must not."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from practice.outlets import load_outlets
from practice.pages import to_windows_1258
from practice.server import Press

OUTLETS = [outlet.id for outlet in load_outlets(1)]
# names of vocabularies: they look like addresses and are never fetched
IDENTIFIERS = (
    "https://schema.org",
    "https://jsonfeed.org",
    "http://purl.org",
    "http://www.w3.org",
    "http://www.sitemaps.org",
    "http://www.google.com/schemas",
)


def text_of(got: Any) -> str:
    """The page's visible text, composed, in its declared charset."""
    charset = re.search(r"charset=(\S+)", got.headers["content-type"])[1]
    tree = html.document_fromstring(got.body.decode(charset))
    return unicodedata.normalize("NFC", tree.text_content())


def readable(press: Press, outlet_id: str):
    return [a for a in press.edition.of(outlet_id) if a.trouble in {"", "broken_date"}]


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_no_page_or_feed_names_an_outside_address(press: Press, fetch: Callable[..., Any], outlet_id: str):
    outlet = press.outlet(outlet_id)
    addresses = [outlet.base_url + "/", *outlet.feed_urls]
    addresses += [press.url_of(article.key) for article in press.edition.of(outlet_id)]
    for address in addresses:
        found = re.findall(r"https?://[^\s\"'<>)]+", fetch(address).body.decode("utf-8", errors="replace"))
        allowed = (*IDENTIFIERS, "http://127.0.1.", "http://example.org")
        assert [url for url in found if not url.startswith(allowed)] == [], address


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_every_article_page_has_its_title_its_text_and_the_word_that_it_is_fictional(
    press: Press, fetch: Callable[..., Any], outlet_id: str
):
    for article in readable(press, outlet_id):
        words = text_of(fetch(press.url_of(article.key))).replace("\u200b", "").replace("\u00a0", " ")
        assert article.title in words
        for paragraph in article.paragraphs:
            assert paragraph in words, article.key
        assert "Báo tập – nội dung hư cấu" in words


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_the_home_page_links_to_every_article(press: Press, fetch: Callable[..., Any], outlet_id: str):
    tree = html.document_fromstring(fetch(press.outlet(outlet_id).base_url + "/").body)
    assert {a.path for a in press.edition.of(outlet_id)} <= set(tree.xpath("//main//a/@href"))


@pytest.mark.parametrize("outlet_id", OUTLETS)
def test_the_canonical_link_is_the_address_without_tracking(
    press: Press, fetch: Callable[..., Any], outlet_id: str
):
    article = readable(press, outlet_id)[0]
    got = fetch(press.url_of(article.key) + "?utm_source=rss")
    tree = html.document_fromstring(got.body)
    assert tree.xpath("//link[@rel='canonical']/@href") == [press.url_of(article.key)]


def test_each_outlet_has_its_own_look(press: Press, fetch: Callable[..., Any]):
    heads = {
        fetch(f"{url}/").body.split(b"<style>")[1].split(b"</style>")[0] for url in press.base_urls.values()
    }
    assert len(heads) == len(OUTLETS)


def test_a_script_in_a_title_is_text(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("doc-hai-script")).body
    assert b"<script>alert(1)" not in page
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert b"<img src=x" not in page


def test_a_headline_that_looks_like_html_is_text(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("doc-hai-html")).body.decode()
    assert "&lt;b&gt;Phường Hoài Nhơn&lt;/b&gt; &amp; chuyện" in page


def test_a_headline_carries_a_right_to_left_override(press: Press, fetch: Callable[..., Any]):
    assert "\u202e" in fetch(press.url_of("mua-ban-nguoi-tro-ve")).body.decode()


def test_linked_data_gives_headline_and_date_and_cannot_be_broken_out_of(
    press: Press, fetch: Callable[..., Any]
):
    article = press.edition.find("hop-bao-quy")
    tree = html.document_fromstring(fetch(press.url_of(article.key)).body)
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["headline"] == article.title
    assert data["datePublished"] == "2026-11-21T23:00:00+07:00"


def test_one_page_is_in_windows_1258(press: Press, fetch: Callable[..., Any]):
    got = fetch(press.url_of("khao-co-an-khe"))
    assert got.headers["content-type"] == "text/html; charset=windows-1258"
    with pytest.raises(UnicodeDecodeError):
        got.body.decode("utf-8")


def test_one_page_is_decomposed(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("vooc-cha-va")).body.decode()
    assert page != unicodedata.normalize("NFC", page)


def test_one_page_has_invisible_characters(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("cu-tri-kien-nghi")).body.decode()
    assert "\u200b" in page
    assert "\u00a0đồng" in page


@pytest.mark.parametrize("text", ["Đức Cơ, Quy Nhơn: ưỡn ẹo, thuở ấy", "10 – 20 “nghìn”"])
def test_windows_1258_gives_the_same_text_back(text: str):
    assert unicodedata.normalize("NFC", to_windows_1258(text).decode("cp1258")) == text


def test_what_windows_1258_lacks_becomes_a_reference():
    assert to_windows_1258("嘉") == b"&#22025;"


def test_the_amp_twin_leads_back_to_the_page(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("rung-son-lang-dieu-tra"))
    twin = html.document_fromstring(page.body).xpath("//link[@rel='amphtml']/@href")[0]
    tree = html.document_fromstring(fetch(twin).body)
    assert tree.xpath("//link[@rel='canonical']/@href") == [press.url_of("rung-son-lang-dieu-tra")]


def test_an_article_without_a_twin_has_none(press: Press, fetch: Callable[..., Any]):
    article = press.edition.find("hop-bao-quy")
    assert fetch(press.outlet(article.outlet).base_url + "/amp" + article.path).status == 404


def test_a_broken_date_stands_on_its_page_and_no_other(press: Press, fetch: Callable[..., Any]):
    page = fetch(press.url_of("ngay-hong")).body.decode()
    assert "32/13/2026 25:61" in page
    assert not re.search(r"\d{4}-\d\d-\d\dT", page)

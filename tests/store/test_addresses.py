from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.addresses import article_numbers, identity_of, is_article_like, url_key

PAGE = "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html"

ONE_ARTICLE = {
    "http": "http://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html",
    "http with its port": "http://baotap.vn:80/thoi-su/hop-bao-thuong-ky-post12345.html",
    "www": "https://www.baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html",
    "mobile host": "https://m.baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html",
    "mobile host with www": "http://www.mobile.baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html",
    "AMP host": "https://amp.baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html",
    "AMP folder": "https://baotap.vn/amp/thoi-su/hop-bao-thuong-ky-post12345.html",
    "AMP at the end": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html/amp",
    "AMP at the end with a slash": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html/amp/",
    "AMP ending": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.amp.html",
    "AMP parameter": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html?amp=1",
    "AMP parameter without a value": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html?amp",
    "AMP output": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html?outputType=amp",
    "print view": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html?print=1",
    "print folder": "https://baotap.vn/print/thoi-su/hop-bao-thuong-ky-post12345.html",
    "slash at the end": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html/",
    "doubled slash": "https://baotap.vn//thoi-su//hop-bao-thuong-ky-post12345.html",
    "fragment": "https://baotap.vn/thoi-su/hop-bao-thuong-ky-post12345.html#binh-luan",
    "dot after the host": "https://baotap.vn./thoi-su/hop-bao-thuong-ky-post12345.html",
}


@pytest.mark.parametrize("spelling", ONE_ARTICLE.values(), ids=ONE_ARTICLE.keys())
def test_spellings_of_one_page_have_one_key(spelling: str) -> None:
    assert identity_of(spelling) == PAGE
    assert url_key(spelling) == url_key(PAGE)


TWO_ARTICLES = {
    "another number": (PAGE, PAGE.replace("12345", "12346")),
    "another slug of the same number": (PAGE, PAGE.replace("hop-bao", "khong-hop-bao")),
    "another section": (PAGE, PAGE.replace("thoi-su", "kinh-te")),
    "with an ending and without": (PAGE, PAGE.removesuffix(".html")),
    "another subdomain": (PAGE, PAGE.replace("//", "//tre.")),
    "another parameter": ("https://baotap.vn/tin?id=1", "https://baotap.vn/tin?id=2"),
    "capitals in the path": (PAGE, PAGE.replace("hop", "Hop")),
    "a tag called amp": ("https://baotap.vn/tag/amp", "https://baotap.vn/tag"),
    "a section called print": ("https://baotap.vn/print/moi", "https://baotap.vn/moi"),
    "the front page of a mobile edition": ("https://m.baotap.vn/", "https://baotap.vn/"),
    "a host called m": ("https://m.vn/tin-12345.html", "https://vn/tin-12345.html"),
    "a view that is no dress": ("https://baotap.vn/tin-12345?view=2", "https://baotap.vn/tin-12345"),
    "the scheme at a port of its own": ("http://baotap.vn:8080/a-12345", "https://baotap.vn:8080/a-12345"),
    "the scheme at a bare address": ("http://127.0.0.1/a-12345", "https://127.0.0.1/a-12345"),
    "a word that ends in amp": ("https://baotap.vn/den-100-amp.html", "https://baotap.vn/den-100.html"),
}


@pytest.mark.parametrize(("one", "other"), TWO_ARTICLES.values(), ids=TWO_ARTICLES.keys())
def test_what_may_be_two_articles_has_two_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("index", ["index.html", "index.htm", "index.php", "Default.aspx"])
def test_a_folder_and_its_index_page_have_one_key(index: str) -> None:
    assert url_key(f"https://baotap.vn/su-kien/{index}") == url_key("https://baotap.vn/su-kien")
    assert url_key(f"https://baotap.vn/{index}?id=7") == url_key("https://baotap.vn/?id=7")


@pytest.mark.parametrize(
    "text", ["urn:diembao:7", "", "ftp://a/b", "http://[", "http:///", "x" * 3000, "http://a:b/"]
)
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert identity_of(text) == text


_SEGMENTS = st.sampled_from(
    [
        "amp",
        "print",
        "a-1234",
        "index.html",
        "Index.PHP",
        "a.amp.html",
        "tin-moi-nhat-nay",
        ".amp",
        "",
        "2026",
        "%2F",
    ]
)


@given(
    st.builds(
        "{}://{}{}/{}?{}".format,
        st.sampled_from(["http", "https"]),
        st.sampled_from(
            ["www.m.bao.vn", "m.www.bao.vn", "amp.bao.vn", "m.vn", "127.0.0.1", "m.m.bao.vn", "vn"]
        ),
        st.sampled_from(["", ":80", ":443", ":8080"]),
        st.lists(_SEGMENTS, max_size=6).map("/".join),
        st.sampled_from(
            ["", "amp", "amp=1", "print=true&id=12345", "p=9999", "a=%26", "outputType=amp&b=", "x=1;y"]
        ),
    )
)
def test_the_identity_of_an_identity_is_itself(address: str) -> None:
    once = identity_of(address)
    assert identity_of(once) == once


@given(st.text(max_size=80))
def test_any_text_has_a_key(text: str) -> None:
    assert len(url_key(text)) == 64


NUMBERS = {
    "after post": ("/a-post88.html", {"88"}),
    "after d": ("/a-d12.html", {"12"}),
    "long": ("/a-20261122073000123.htm", {"20261122073000123"}),
    "a year is none": ("/tong-ket-2026.html", set()),
    "a day is none": ("/20261122/tin.html", set()),
    "a number in the title is none": ("/covid-19.html", set()),
    "in an upper folder": ("/chuyen-de-5555/x/y.html", set()),
}


@pytest.mark.parametrize(("path", "numbers"), NUMBERS.values(), ids=NUMBERS.keys())
def test_an_articles_number_is_read_from_its_address(path: str, numbers: set[str]) -> None:
    assert article_numbers(path) == numbers


def test_a_number_in_the_query_counts() -> None:
    assert article_numbers("/tin", "id=12345") == {"12345"}
    assert is_article_like("/tin", "id=12345")
    assert not is_article_like("/thoi-su")

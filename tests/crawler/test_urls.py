from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import urls

SPELLINGS = {
    "upper case and default port": ("HTTPS://BaoTap.Example:443/A", "https://baotap.example/A"),
    "no path": ("http://baotap.example", "http://baotap.example/"),
    "fragment": ("https://baotap.example/a#binh-luan", "https://baotap.example/a"),
    "utm parameters": (
        "https://baotap.example/a?utm_source=rss&id=7&UTM_medium=x",
        "https://baotap.example/a?id=7",
    ),
    "fbclid, gclid, zarsrc": (
        "https://baotap.example/a?fbclid=1&gclid=2&zarsrc=3",
        "https://baotap.example/a",
    ),
    "order of parameters": ("https://baotap.example/a?b=2&a=1", "https://baotap.example/a?a=1&b=2"),
    "another port stays": ("http://127.0.1.1:8080/a", "http://127.0.1.1:8080/a"),
    "Vietnamese letters": (
        "https://baotap.example/Đức Cơ",
        "https://baotap.example/%C4%90%E1%BB%A9c%20C%C6%A1",
    ),
    "dot at the end of the host": ("https://baotap.example./a", "https://baotap.example/a"),
}


@pytest.mark.parametrize(("given_as", "expected"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_an_address_has_one_spelling(given_as: str, expected: str) -> None:
    assert urls.canonical(given_as) == expected


UNUSABLE = {
    "another scheme": "ftp://baotap.example/a",
    "script": "javascript:alert(1)",
    "file": "file:///etc/passwd",
    "no scheme": "/tin/a.html",
    "no host": "http:///a",
    "only dots": "http://../a",
    "a user name": "http://admin@baotap.example/",
    "a password": "http://a:b@baotap.example/",
    "a port that is none": "http://baotap.example:99999/",
    "a broken IPv6 address": "http://[::1/",
    "endless": "http://baotap.example/" + "a" * 3000,
    "empty": "",
}


@pytest.mark.parametrize("address", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_names_no_page_on_the_web_is_refused_in_words(address: str) -> None:
    with pytest.raises(urls.UnusableAddressError, match=r"\w+ \w+"):
        urls.canonical(address)


@given(
    st.builds(
        "{}://{}{}{}?{}#{}".format,
        st.sampled_from(["http", "HTTPS", "https"]),
        st.sampled_from(
            ["baotap.example", "BÁO.example", "127.0.0.1", "[::1]", "xn--bo-hja.example", "a.b.gov.vn."]
        ),
        st.sampled_from(["", ":80", ":443", ":8080"]),
        st.text(max_size=30).map(lambda text: "/" + text.replace("#", "").replace("?", "")),
        st.text(max_size=40).map(lambda text: text.replace("#", "")),
        st.text(max_size=10),
    )
)
def test_the_one_spelling_of_the_one_spelling_is_itself(address: str) -> None:
    try:
        once = urls.canonical(address)
    except urls.UnusableAddressError:
        return
    assert urls.canonical(once) == once
    assert once.startswith(("http://", "https://"))


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        found = urls.canonical(text)
    except urls.UnusableAddressError:
        return
    assert found.startswith(("http://", "https://"))


IDENTITIES = {
    "mobile host": ("https://m.baotap.vn/a", "https://baotap.vn/a", "https://baotap.vn/a"),
    "AMP twin": ("https://baotap.vn/amp/a.html", "/a.html", "https://baotap.vn/a.html"),
    "nothing declared": ("https://baotap.vn/a?utm_source=x", "", "https://baotap.vn/a"),
    "another outlet's article": ("https://baotap.vn/a", "https://baokhac.vn/b", "https://baotap.vn/a"),
    "another office under gov.vn": ("https://a.gov.vn/x", "https://b.gov.vn/x", "https://a.gov.vn/x"),
    "another port of an IP address": (
        "http://127.0.0.1:81/a",
        "http://127.0.0.1:82/a",
        "http://127.0.0.1:81/a",
    ),
    "same port of an IP address": (
        "http://127.0.0.1:81/amp/a",
        "http://127.0.0.1:81/a",
        "http://127.0.0.1:81/a",
    ),
    "the front page": ("https://baotap.vn/a", "https://baotap.vn/", "https://baotap.vn/a"),
    "script": ("https://baotap.vn/a", "javascript:alert(1)", "https://baotap.vn/a"),
    "a changed slug": (
        "https://baotap.vn/tieu-de-cu-post12345.html",
        "https://baotap.vn/tieu-de-moi-post12345.html",
        "https://baotap.vn/tieu-de-moi-post12345.html",
    ),
    "a short link": (
        "https://baotap.vn/?p=12345",
        "https://baotap.vn/hop-bao-thuong-ky-thang-muoi",
        "https://baotap.vn/hop-bao-thuong-ky-thang-muoi",
    ),
    "a page of a long article": (
        "https://baotap.vn/a-12345/trang-2",
        "https://baotap.vn/a-12345",
        "https://baotap.vn/a-12345",
    ),
    "another article's number": (
        "https://baotap.vn/a-12345.html",
        "https://baotap.vn/b-67890.html",
        "https://baotap.vn/a-12345.html",
    ),
    "the section": (
        "https://baotap.vn/ts/a-12345.html",
        "https://baotap.vn/ts/",
        "https://baotap.vn/ts/a-12345.html",
    ),
    "a declaration that forgets the number in the query": (
        "https://so.gov.vn/tin?id=12345",
        "https://so.gov.vn/tin",
        "https://so.gov.vn/tin?id=12345",
    ),
    "a section as long as a headline": (
        "https://baotap.vn/bai-moi-12345.html",
        "https://baotap.vn/tin-trong-tinh-gia-lai",
        "https://baotap.vn/bai-moi-12345.html",
    ),
    "the section above, as long as a headline": (
        "https://baotap.vn/tin-trong-tinh-gia-lai/le-hoi-cong-chieng-tinh-gia-lai",
        "https://baotap.vn/tin-trong-tinh-gia-lai/",
        "https://baotap.vn/tin-trong-tinh-gia-lai/le-hoi-cong-chieng-tinh-gia-lai",
    ),
    "another article of the same numbered section": (
        "https://baotap.vn/thoi-su-1001/bai-a-20457.html",
        "https://baotap.vn/thoi-su-1001/bai-b-20458.html",
        "https://baotap.vn/thoi-su-1001/bai-a-20457.html",
    ),
    "another article of the same category in the query": (
        "https://so.gov.vn/tin.aspx?CateID=1234&NewsID=5678",
        "https://so.gov.vn/tin.aspx?CateID=1234&NewsID=9999",
        "https://so.gov.vn/tin.aspx?CateID=1234&NewsID=5678",
    ),
    "another article on the same programme": (
        "https://baotap.vn/ho-tro-theo-chuong-trinh-1719-20457.html",
        "https://baotap.vn/chuong-trinh-1719-o-xa-ven-20458.html",
        "https://baotap.vn/ho-tro-theo-chuong-trinh-1719-20457.html",
    ),
    "another section, the same number": (
        "https://baotap.vn/thoi-su-1001/bai-a-20457.html",
        "https://baotap.vn/kinh-te-1002/bai-a-20457.html",
        "https://baotap.vn/kinh-te-1002/bai-a-20457.html",
    ),
    "an edited headline without a number": (
        "https://baotap.vn/hop-bao-thuong-ky-thang-muoi",
        "https://baotap.vn/hop-bao-thuong-ky-thang-muoi-cua-tinh",
        "https://baotap.vn/hop-bao-thuong-ky-thang-muoi-cua-tinh",
    ),
    "an error page": ("https://baotap.vn/a-12345.html", "/404", "https://baotap.vn/a-12345.html"),
    "https of itself": ("http://baotap.vn/ts/", "https://baotap.vn/ts/", "https://baotap.vn/ts/"),
    "nonsense": ("https://baotap.vn/a", "http://[", "https://baotap.vn/a"),
}


@pytest.mark.parametrize(("page", "declared", "expected"), IDENTITIES.values(), ids=IDENTITIES.keys())
def test_a_declared_address_counts_only_within_the_same_site(page: str, declared: str, expected: str) -> None:
    assert urls.identity(page, declared) == expected


LINKS = {
    "relative": ("../tin/a.html", "https://baotap.vn/tin/a.html"),
    "without scheme": ("//cdn.baotap.vn/a", "https://cdn.baotap.vn/a"),
    "with line breaks": (" https://baotap.vn/\n a ", "https://baotap.vn/a"),
    "mail": ("mailto:toasoan@baotap.vn", None),
    "data": ("data:text/html,x", None),
}


@pytest.mark.parametrize(("link", "expected"), LINKS.values(), ids=LINKS.keys())
def test_links_are_resolved_and_only_web_addresses_pass(link: str, expected: str | None) -> None:
    assert urls.absolute(link, "https://baotap.vn/rss/home.rss") == expected


@pytest.mark.parametrize("name", ["pk_id", "itm_id", "pk_news"])
def test_numbers_of_articles_that_look_like_tracking_stay(name: str) -> None:
    assert urls.key(f"https://baotap.vn/xem?{name}=12345") != urls.key(f"https://baotap.vn/xem?{name}=67890")


def test_a_key_folds_tracking_scheme_and_dress_at_once() -> None:
    one = urls.key("http://m.baotap.vn/a-12345.html?utm_source=rss&amp=1#x")
    assert one == "https://baotap.vn/a-12345.html"
    assert urls.key(one) == one


@pytest.mark.data
def test_no_two_different_real_texts_share_a_key(data: Path) -> None:
    """2,653 + 1,945 real addresses: folding brings together what is one article, and nothing else."""
    texts: dict[str, set[str]] = {}
    for name in ("clustering/vims/vims.jsonl.gz", "classification/unc/unc.jsonl.gz"):
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                try:
                    texts.setdefault(urls.key(record["url"]), set()).add(record["text"])
                except urls.UnusableAddressError:
                    continue
    assert len(texts) > 4000
    assert [key for key, found in texts.items() if len(found) > 1] == []

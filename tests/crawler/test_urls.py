from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls

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

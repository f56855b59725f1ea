from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses.wrappers import is_aggregator, unwrap

PAGE = "https://baotap.example/hop-bao-post12345.html"


def google(inner: str, *, folder: str = "rss/articles") -> str:
    """A Google News link of the older form: a small protobuf record in base64."""
    length = len(inner)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    packed = b'\x08\x13"' + size + inner.encode() + b"\xd2\x01\x00"
    name = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"https://news.google.com/{folder}/{name}?oc=5&hl=vi"


LONG = "https://baotap.example/" + "hop-bao-" * 20 + "post12345.html"
WRAPPED = {
    "Google News, older form": (google(PAGE), PAGE),
    "Google News, a long address": (google(LONG), LONG),
    "Google News, without rss": (google(PAGE, folder="articles"), PAGE),
    "Bing": (
        "http://www.bing.com/news/apiclick.aspx?ref=Fex&url=https%3a%2f%2fbaotap.example%2fhop-bao-post12345.html&c=9",
        PAGE,
    ),
    "Google's own redirector": (f"https://www.google.com/url?sa=U&q={PAGE}", PAGE),
    "AMP cache": (
        "https://baotap-example.cdn.ampproject.org/c/s/baotap.example/hop-bao-post12345.html",
        PAGE,
    ),
    "AMP cache, without TLS": (
        "https://baotap-example.cdn.ampproject.org/v/baotap.example/a-12345.html",
        "http://baotap.example/a-12345.html",
    ),
    "AMP of Google's search": ("https://www.google.com/amp/s/baotap.example/hop-bao-post12345.html", PAGE),
    "a redirector with url=": (f"https://baokhac.example/redirect?url={PAGE}", PAGE),
    "a redirector with u=": (f"https://baokhac.example/out/?u={PAGE}", PAGE),
    "a wrapper in a wrapper": (google(f"https://www.bing.com/news/apiclick.aspx?url={PAGE}"), PAGE),
}


@pytest.mark.parametrize(("wrapped", "inner"), WRAPPED.values(), ids=WRAPPED.keys())
def test_the_publishers_address_is_read_out_of_its_wrapper(wrapped: str, inner: str) -> None:
    assert unwrap(wrapped) == inner


LEFT = {
    "Google News, newer form": google("AU_yqLNcmVmZXJlbmNlIG9mIEdvb2dsZXMgb3du"),
    "Google News, no base64": "https://news.google.com/rss/articles/CBMi!!!",
    "Google News, cut off": "https://news.google.com/rss/articles/CBMiK2h0dHBz",
    "a page with a button to share it": f"https://baokhac.example/chia-se-bai-viet?u={PAGE}",
    "an article with an address in its query": f"https://baokhac.example/redirect/a-12345?url={PAGE}",
    "a redirector to a script": "https://baokhac.example/redirect?url=javascript:alert(1)",
    "a redirector to a file": "https://baokhac.example/redirect?url=file:///etc/passwd",
    "a redirector to nothing": "https://baokhac.example/redirect?url=",
    "a search": "https://www.google.com/search?q=Gia+Lai",
    "no address": "mailto:toasoan@baotap.example",
    "a page": PAGE,
}


@pytest.mark.parametrize("address", LEFT.values(), ids=LEFT.keys())
def test_where_no_address_is_written_nothing_is_guessed(address: str) -> None:
    assert unwrap(address) == address


def test_wrappers_around_themselves_come_to_an_end() -> None:
    loop = "https://baokhac.example/redirect?url=https%3A%2F%2Fbaokhac.example%2Fredirect%3Furl%3D"
    assert unwrap(loop * 30)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_wrapper_gives_an_address_or_itself(path: str, query: str) -> None:
    for host in ("news.google.com/rss/articles/", "a.cdn.ampproject.org/c/s/", "www.bing.com/"):
        address = f"https://{host}{path}?url={query}"
        assert unwrap(address) == address or unwrap(address).startswith(("http://", "https://", "HTTP"))


@pytest.mark.parametrize(
    "address", ["https://news.google.com/x", "https://www.bing.com/news", "http://msn.com/"]
)
def test_aggregators_are_known(address: str) -> None:
    assert is_aggregator(address)


@pytest.mark.parametrize(
    "address", [PAGE, "https://notbing.com/", "https://bing.com.baotap.example/", "urn:x"]
)
def test_others_are_no_aggregators(address: str) -> None:
    assert not is_aggregator(address)

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.addresses.outlets import Outlets, find_refusal
from crawler.addresses.urls import UnusableAddressError
from crawler.wire import guard
from store.types import Source

SOCIAL = [
    "https://www.facebook.com/baotap/posts/1",
    "https://m.facebook.com/1",
    "https://fb.watch/1",
    "https://x.com/baotap/status/1",
    "https://twitter.com/baotap",
    "https://t.co/abc",
    "https://www.tiktok.com/@baotap/video/1",
    "https://www.youtube.com/watch?v=1",
    "https://youtu.be/1",
    "https://zalo.me/1",
    "https://oa.zalo.me/1",
    "https://t.me/baotap/1",
    "https://web.telegram.org/a/",
    "https://www.threads.net/@baotap",
    "https://www.instagram.com/p/1/",
    "HTTPS://FACEBOOK.COM:443/1",
]


@pytest.mark.parametrize("address", SOCIAL)
def test_social_networks_are_refused_with_the_reason(address: str) -> None:
    assert "published news only, no social accounts" in find_refusal(address)


@pytest.mark.parametrize("address", SOCIAL)
def test_the_guard_lets_no_request_to_a_social_network_out_not_even_a_redirect(address: str) -> None:
    assert "no social accounts" in guard.find_fault(address, ())


@pytest.mark.parametrize(
    "address", ["https://vnexpress.net/x", "https://notfacebook.com/", "https://xx.com/"]
)
def test_a_name_that_only_looks_like_one_is_followed(address: str) -> None:
    assert find_refusal(address) == ""


def test_what_is_no_address_is_told(make_source: Callable[..., Source]) -> None:
    with pytest.raises(UnusableAddressError, match="only http and https"):
        Outlets([make_source()]).find_refusal("ftp://baotap.example/")


PAGES = {
    "its host": ("https://baotap.example/a", "bao-tap"),
    "www": ("https://www.baotap.example/a", "bao-tap"),
    "a mobile host": ("http://m.baotap.example/a", "bao-tap"),
    "a host below it": ("https://tre.baotap.example/a", "bao-tap"),
    "a nearer outlet": ("https://vanhoa.baotap.example/a", "van-hoa"),
    "below the nearer outlet": ("https://x.vanhoa.baotap.example/a", "van-hoa"),
    "a name that only ends alike": ("https://notbaotap.example/a", None),
    "a host above it": ("https://example/a", None),
    "its port": ("http://127.0.1.1:8080/a", "o-cong"),
    "another port": ("http://127.0.1.1:8081/a", None),
}


@pytest.mark.parametrize(("address", "owner"), PAGES.values(), ids=PAGES.keys())
def test_a_page_belongs_to_the_nearest_outlet_of_the_catalogue(
    address: str, owner: str | None, make_source: Callable[..., Source]
) -> None:
    outlets = Outlets(
        [
            make_source(),
            make_source(id="van-hoa", domain="vanhoa.baotap.example"),
            make_source(id="o-cong", domain="127.0.1.1:8080"),
        ]
    )
    found = outlets.find(address)
    assert (found.id if found else None) == owner


def test_a_switched_off_outlet_stays_off_whoever_names_its_page(make_source: Callable[..., Source]) -> None:
    outlets = Outlets([make_source(disabled="asked us to stop")])
    assert outlets.find_refusal("https://m.baotap.example/a") == (
        "Báo Tập is switched off in the catalogue: asked us to stop"
    )
    assert outlets.find_refusal("https://baokhac.example/a") == ""

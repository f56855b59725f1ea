from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.wire import guard

PRIVATE = {
    "loopback": "http://127.0.0.1/",
    "loopback, other": "http://127.8.8.8/",
    "loopback as one number": "http://2130706433/",
    "loopback in hexadecimal": "http://0x7f.1/",
    "loopback in octal": "http://0177.0.0.1/",
    "loopback, short": "http://127.1/",
    "loopback, IPv6": "http://[::1]/",
    "mapped into IPv6": "http://[::ffff:127.0.0.1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "NAT64": "http://[64:ff9b::7f00:1]/",
    "private": "http://10.0.0.1/",
    "private, other": "https://192.168.1.1/",
    "link-local (cloud metadata)": "http://169.254.169.254/latest/meta-data/",
    "shared": "http://100.64.0.1/",
    "multicast": "http://224.0.0.1/",
    "unspecified": "http://0.0.0.0/",
    "broadcast": "http://255.255.255.255/",
    "unique local": "http://[fd00::1]/",
    "site-local": "http://[fec0::1]/",
    "documentation": "http://[3fff::1]/",
    "a protocol's dummy": "http://192.0.0.8/",
    "with a scope": "http://[fe80::1%25eth0]/",
}


@pytest.mark.parametrize("url", PRIVATE.values(), ids=PRIVATE.keys())
def test_a_private_address_is_refused_in_words(url: str) -> None:
    assert "is a private address" in guard.find_fault(url, ())


@pytest.mark.parametrize(
    "url", ["http://93.184.216.34/", "https://[2606:2800:220:1::1]/", "https://baotap.vn/a"]
)
def test_the_open_internet_may_be_asked(url: str) -> None:
    assert guard.find_fault(url, ()) == ""


@pytest.mark.parametrize(
    "url", ["ftp://baotap.vn/", "file:///etc/passwd", "http://a:b@baotap.vn/", "data:,x"]
)
def test_another_scheme_or_a_user_name_is_refused(url: str) -> None:
    assert guard.find_fault(url, ())


def test_an_allowed_host_may_be_asked_on_that_port_only() -> None:
    allowed = ("127.0.1.1:8080", "practice.example:80")
    assert guard.find_fault("http://127.0.1.1:8080/a", allowed) == ""
    assert guard.find_fault("http://practice.example/a", allowed) == ""
    assert "127.0.1.1:8081 is a private" in guard.find_fault("http://127.0.1.1:8081/a", allowed)
    assert "practice.example:443 is a private" in guard.find_fault("https://practice.example/a", allowed)
    assert "127.0.1.2:8080 is a private" in guard.find_fault("http://127.0.1.2:8080/a", allowed)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = [
        f"::ffff:{address}",
        f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ]
    assert {guard.is_public(form) for form in wrapped} == {guard.is_public(str(address))}


def test_what_is_no_address_is_not_public() -> None:
    assert not guard.is_public("localhost")
    assert not guard.is_public("")

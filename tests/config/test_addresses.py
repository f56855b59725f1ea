from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.addresses import address_key, is_email, is_host, is_web_address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/rss", "https://A.EXAMPLE/rss"),
        ("https://a.example/rss", "https://a.example/rss/"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example:443/rss", "http://a.example:80/rss"),
        ("https://a.example/rss#top", "https://a.example/rss"),
    ],
    ids=["case of the host", "last slash", "bare host", "usual ports", "fragment"],
)
def test_spellings_of_one_address_have_one_key(one: str, other: str):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/rss", "https://a.example/RSS"),
        ("https://a.example/rss", "https://a.example/rss?page=2"),
        ("https://a.example/rss", "https://a.example:8443/rss"),
        ("https://a.example/rss", "https://b.example/rss"),
    ],
    ids=["case of the path", "query", "other port", "other host"],
)
def test_different_addresses_have_different_keys(one: str, other: str):
    assert address_key(one) != address_key(other)


@given(st.text())
def test_any_text_is_judged_without_an_exception(text: str):
    assert is_web_address(text) in (True, False)
    assert is_host(text) in (True, False)
    assert is_email(text) in (True, False)
    assert isinstance(address_key(text), str)


@given(st.text(min_size=1))
def test_no_address_that_is_accepted_can_break_a_header(text: str):
    for accepted in filter(is_email, (text, f"{text}@b.example", f"a@{text}.example")):
        assert not set(accepted) & set("\r\n<>,; ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("baogialai.com.vn", True),
        ("127.0.1.3:8400", True),
        ("a..b", False),
        ("-a.example", False),
        ("a.example:0", False),
        ("a.example:70000", False),
        ("", False),
    ],
)
def test_a_host_is_lower_case_labels_with_a_port_or_without(name: str, *, expected: bool):
    assert is_host(name) is expected

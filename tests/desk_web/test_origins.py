"""Which addresses are the desk's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web.origins import home_from, is_from_home, local_path

LOOPBACK = home_from("http://127.0.0.1:8080")
OFFICE = home_from("https://diembao.example.vn")


def test_on_loopback_all_three_names_are_ours():
    assert LOOPBACK.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert "http://localhost:8080" in LOOPBACK.origins
    assert not LOOPBACK.secure


def test_the_standard_port_is_not_part_of_an_origin():
    assert home_from("https://diembao.example.vn:443").origins == ("https://diembao.example.vn",)


@pytest.mark.parametrize("address", ["", "diembao.example.vn", "ftp://diembao.example.vn", "http://"])
def test_an_address_without_scheme_or_host_is_refused(address: str):
    with pytest.raises(ValueError, match="http"):
        home_from(address)


@pytest.mark.parametrize(
    ("origin", "fetch_site", "expected"),
    [
        ("https://diembao.example.vn", "same-origin", True),
        ("https://diembao.example.vn", None, True),
        (None, "same-origin", True),
        (None, None, False),
        ("null", "same-origin", False),
        ("https://evil.example", "same-origin", False),
        ("https://diembao.example.vn", "cross-site", False),
        ("https://diembao.example.vn", "same-site", False),
        ("http://diembao.example.vn", None, False),
        ("https://diembao.example.vn.evil.example", None, False),
    ],
)
def test_only_our_own_pages_may_ask_for_a_change(origin: str | None, fetch_site: str | None, expected: bool):
    assert is_from_home(OFFICE, origin=origin, fetch_site=fetch_site) is expected


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "/a\r\nSet-Cookie: x",
        "/\tb",
    ],
)
def test_a_way_back_never_leads_off_the_desk(wanted: str):
    assert local_path(wanted) == "/"


def test_a_path_of_ours_is_kept():
    assert local_path("/stories/abc?claim=1#verdict") == "/stories/abc?claim=1#verdict"


@given(st.text())
def test_a_way_back_is_always_a_plain_path(wanted: str):
    path = local_path(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path.isascii()
    assert path.isprintable()

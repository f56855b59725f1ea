"""Hostile text and addresses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alerts.render.safety import clean, clean_piece, clip, safe_link


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x07c", "a b c"),
        ("giá \u202eđảo ngược\u202c tăng", "giá đảo ngược tăng"),
        ("\u2066x\u2069\u200f", "x"),
        ("hai\r\ndòng\tmột", "hai dòng một"),
        ("\ud800", ""),
        ("Đức Cơ – Gia Lai", "Đức Cơ – Gia Lai"),
        ("خبر", "خبر"),
    ],
    ids=["control", "override", "isolates", "lines", "surrogate", "vietnamese", "arabic"],
)
def test_text_is_cleaned_and_letters_are_left_alone(text: Any, expected: Any):
    assert clean(text) == expected


@given(st.text())
def test_cleaned_text_can_always_stand_in_xml(text: Any):
    element = etree.Element("a")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text == (clean(text) or None)


def test_a_title_of_ten_thousand_letters_ends_in_an_ellipsis():
    cut = clean("ă" * 10_000, 300)
    assert (len(cut), cut[-1]) == (300, "…")


def test_cutting_never_takes_the_marks_from_a_letter():
    assert clip("a" * 8 + "e\u0302\u0301zz", 11) == "a" * 8 + "…"


def test_a_piece_keeps_the_spaces_that_part_it_from_its_neighbours():
    assert (clean_piece("  một \n"), clean_piece("; "), clean_piece(" ")) == (" một ", "; ", " ")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "//a.example/x",
        "/x",
        "",
        "http://",
        "https://office.gov.vn@evil.example/",
        "https://a.example/\r\nX: y",
        "https://a.example/ x",
        "https://a.example/\u202etxt.exe",
        "https://a.example:port/",
        "https://[::1/",
        "https://a.example/" + "x" * 3_000,
    ],
)
def test_an_address_that_could_do_harm_is_no_link(url: Any):
    assert safe_link(url) == ""


@pytest.mark.parametrize(
    "url", ["https://a.example/bai-1.html?x=1&y=2", "http://127.0.1.1:8080/tin/1", "https://báo.example/đ"]
)
def test_an_ordinary_address_is_a_link(url: Any):
    assert safe_link(url) == url

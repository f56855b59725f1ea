from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.charset import decode

TEXT = "Các xã Đức Cơ, Ia Krêl ngập sâu; ở Quy Nhơn, mọi người được di dời"


TONES = "\u0300\u0301\u0303\u0309\u0323"


def cp1258(text: str) -> bytes:
    """Windows-1258 writes tone marks after the letter, but ơ, ư, â, ê, ô, ă as one."""
    found = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        found.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)))
        found += [part for part in parts if part in TONES]
    return "".join(found).encode("cp1258")


PAGES = {
    "UTF-8": (TEXT.encode(), "text/html; charset=utf-8"),
    "UTF-8 that says Latin-1": (TEXT.encode(), "text/html; charset=iso-8859-1"),
    "UTF-8 with mark": (b"\xef\xbb\xbf" + TEXT.encode(), ""),
    "UTF-16": (TEXT.encode("utf-16"), ""),
    "decomposed": (unicodedata.normalize("NFD", TEXT).encode(), ""),
    "Windows-1258, told": (cp1258(TEXT), "text/html; charset=windows-1258"),
    "Windows-1258, told in the page": (b'<meta charset="windows-1258">' + cp1258(TEXT), ""),
    "Windows-1258 that says UTF-8": (b'<html lang="vi">' + cp1258(TEXT), "text/html; charset=utf-8"),
    "invisible characters": (TEXT.replace(" ", " \u200b\x00").encode(), ""),
}


@pytest.mark.parametrize(("body", "content_type"), PAGES.values(), ids=PAGES.keys())
def test_vietnamese_comes_out_composed_whatever_the_page_declares(body: bytes, content_type: str) -> None:
    assert decode(body, content_type).endswith(TEXT)


def test_one_broken_byte_does_not_turn_a_page_into_another_encoding() -> None:
    body = (TEXT * 50).encode() + b"\xff" + TEXT.encode()
    found = decode(body, "text/html; charset=utf-8")
    assert found.count("\ufffd") == 1
    assert found.startswith(TEXT)


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_are_decoded(body: bytes, content_type: str) -> None:
    assert "\x00" not in decode(body, content_type)

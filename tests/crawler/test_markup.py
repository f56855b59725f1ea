from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import markup

PIECES = {
    "no tags": ("Giá cà phê < 100.000 đồng", "Giá cà phê < 100.000 đồng"),
    "entities": ("Đức &amp; Cơ &lt;b&gt;", "Đức & Cơ <b>"),
    "paragraphs": ("<p>Một</p><p>Hai</p>", "Một\nHai"),
    "breaks": ("Một<br>Hai<br/>Ba", "Một\nHai\nBa"),
    "script and style": ("<style>p{}</style>Một<script>alert(1)</script> hai", "Một hai"),
    "comment": ("Một<!-- hai --> ba", "Một ba"),
    "spaces": ("<p>  Một \u00a0 hai </p>\n\n<p>ba</p>", "Một hai\nba"),
    "nothing": ("", ""),
    "only tags": ("<p></p>", ""),
}


@pytest.mark.parametrize(("given_as", "expected"), PIECES.values(), ids=PIECES.keys())
def test_markup_becomes_what_a_reader_sees(given_as: str, expected: str) -> None:
    assert markup.plain(given_as) == expected


@given(st.text(alphabet="<>/a b&;!-\x00\u200bữ\ud800", max_size=200))
def test_any_markup_becomes_text(text: str) -> None:
    found = markup.plain(text)
    assert "\x00" not in found
    assert found == markup.paragraphs(found)


def test_letters_are_composed_and_nothing_invisible_stays() -> None:
    assert markup.one_line("Gia\u200b  Lai\x00 Ple\u0069\u0301ku") == "Gia Lai Pleíku"


@pytest.mark.parametrize(
    ("count", "expected"), [(markup.MAX_ELEMENTS // 2, False), (markup.MAX_ELEMENTS, True)]
)
def test_a_page_of_too_many_elements_is_known(count: int, expected: bool) -> None:
    tree = markup.parse_html("<p>x</p>" * count)
    assert tree is not None
    assert markup.is_huge(tree) is expected

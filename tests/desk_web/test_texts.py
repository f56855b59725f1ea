"""Text from outside, made safe to look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web.links import is_linkable
from desk.web.texts import make_pieces, plain, say_reasons, shorten


def test_a_direction_override_is_spelt_out():
    assert plain("abc\u202edef") == "abc⟨U+202E⟩def"


@pytest.mark.parametrize("text", ["Đức Cơ, tỉnh Gia Lai", "ភាសា\u200bខ្មែរ", "a\nb\tc", "“ngoặc” – gạch…"])
def test_ordinary_text_is_left_alone(text: str):
    assert plain(text) == text


@given(st.text())
def test_no_deceptive_character_is_left(text: str):
    shown = plain(text)
    assert not any(0x202A <= ord(letter) <= 0x202E or 0x2066 <= ord(letter) <= 0x2069 for letter in shown)
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in shown)


def test_a_long_text_is_cut_at_a_word():
    assert shorten("một hai ba bốn năm", 12) == "một hai ba…"


def test_a_text_without_spaces_is_cut_all_the_same():
    assert shorten("a" * 10_000, 100) == "a" * 99 + "…"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80)), max_size=8))
def test_pieces_always_make_up_the_text(text: str, spans: list[tuple[int, int]]):
    assert "".join(piece.text for piece in make_pieces(text, spans)) == text


def test_overlapping_hits_are_each_marked_once():
    pieces = make_pieces("lũ lụt ở Gia Lai", [(0, 6), (3, 8), (9, 16)])
    assert [piece.text for piece in pieces if piece.is_hit] == ["lũ lụt", " ở", "Gia Lai"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://bao.example/tin?a=1", True),
        ("http://bao.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//bao.example", False),
        ("https://", False),
        ("http://[", False),
        ("https://bao.example/a b", False),
        ("https://bao.example/\u202e", False),
        ("https://ten@bao.example/", False),
        ("java\nscript:alert(1)", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_become_links(address: str, expected: bool):
    assert is_linkable(address) is expected


def test_reasons_carry_the_points_that_each_gave_with_the_readers_decimal_mark():
    reasons = ["địa điểm trong tỉnh (0.667 × +0.60)", "nơi khác (1 × -0.24)", "doanh (+0.47)", "tỷ đồng"]
    said = "địa điểm trong tỉnh (+0,40); nơi khác (−0,24); doanh (+0,47); tỷ đồng"
    assert say_reasons(reasons, "vi") == said
    assert say_reasons(["doanh (+0.47)"], "en") == "doanh (+0.47)"

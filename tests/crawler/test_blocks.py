from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import blocks
from crawler.pages.blocks import GROUPS, ZONES, Block, cut, find_marks
from crawler.pages.markup import parse_html

CUTS = {
    "paragraphs": ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
    "inline elements do not cut": ("<p>Một <b>hai</b> <a href='/'>ba</a>.</p>", ["Một hai ba."]),
    "breaks cut": ("Một<br>hai<br><br>ba", ["Một", "hai", "ba"]),
    "text behind an element": ("<div>Một<p>hai</p>ba</div>bốn", ["Một", "hai", "ba", "bốn"]),
    "scripts, forms and menus": (
        "<script>x</script><style>y</style><nav><p>Trang chủ</p></nav><button>Gửi</button>Một",
        ["Một"],
    ),
    "text behind what is skipped": ("<p>Một <script>x</script>hai</p>", ["Một hai"]),
    "hidden inline elements": (
        "<p>Một<span style='display: none'>x</span><i hidden>y</i> <b class='a rollover'>z</b>hai</p>",
        ["Một hai"],
    ),
    "a whole page of nothing": ("<p></p>", []),
}


def cut_text(html: str) -> list[Block]:
    tree = parse_html(html)
    return [] if tree is None else cut(tree)


@pytest.mark.parametrize(("html", "expected"), CUTS.values(), ids=CUTS.keys())
def test_a_page_is_cut_where_a_reader_sees_a_new_line(html: str, expected: list[str]) -> None:
    assert [block.text for block in cut_text(html)] == expected


def test_a_block_knows_how_much_of_it_is_linked() -> None:
    block = cut_text("<p>Đọc thêm: <a href='/x'>Họp <b>báo</b></a></p>")[0]
    assert block.linked == len("Họp báo")


def test_a_block_knows_what_stands_above_it() -> None:
    html = "<article><div class='related-news'><aside><p id='x'>Một</p></aside></div></article>"
    place = cut_text(html)[0].place
    assert place.zones == ZONES["article"] | ZONES["aside"]
    assert place.marks == find_marks("related-news")
    assert place.own == 0


def test_what_is_said_of_the_whole_page_tells_no_block_from_another() -> None:
    assert cut_text("<body class='single comments-open hidden'><p>Một</p></body>")[0].place.marks == 0


MARKS = {
    "related-posts": {"related", "content"},
    "tin-lien-quan": {"related"},
    "binh-luan": {"comments"},
    "article__body": {"content"},
    "css-1x2y3z": set(),
    "chu-thich-anh": {"captions"},
    "quang-cao": {"adverts"},
}


@pytest.mark.parametrize(("words", "groups"), MARKS.items())
def test_class_words_are_understood(words: str, groups: set[str]) -> None:
    assert {name for bit, name in enumerate(GROUPS) if find_marks(words) >> bit & 1} == groups


HOSTILE = {
    "deep": "<div>" * 100_000 + "x",
    "one tag a million times": "<p>" * 1_000_000,
    "many short blocks": "<p>x</p>" * 200_000,
    "one endless text": "<p>" + "a " * 2_000_000,
    "an endless attribute": f"<div class='{'related ' * 200_000}'><p>x</p></div>",
    "entities": "<p>" + "&amp;" * 500_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_of_a_hostile_page_no_more_is_kept_than_is_bounded(html: str) -> None:
    found = cut_text(html)
    assert len(found) <= blocks.MAX_BLOCKS
    assert sum(len(block.text) for block in found) <= blocks.MAX_TEXT


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "<div>",
                "</div>",
                "</p>",
                "<a>",
                "</a>",
                "<br>",
                "<b>",
                "x",
                "<li>",
                "<nav>",
                "</nav>",
                "<td>",
            ]
        )
    )
)
def test_no_word_is_told_twice(pieces: list[str]) -> None:
    html = "".join(f"{piece}w{number} " if piece == "x" else piece for number, piece in enumerate(pieces))
    words = " ".join(block.text for block in cut_text(html)).split()
    numbered = [word for word in words if word.startswith("w")]
    assert len(numbered) == len(set(numbered))

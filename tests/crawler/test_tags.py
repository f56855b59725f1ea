from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import structured
from crawler.pages.markup import parse_html
from crawler.pages.tags import LONGEST, MOST, find_tags


def tags_of(html: str) -> tuple[str, ...]:
    tree = parse_html(f"<html><body>{html}</body></html>")
    assert tree is not None
    return find_tags(tree, structured.find_article(tree))


def ld(keywords: object) -> str:
    node = {"@type": "NewsArticle", "keywords": keywords}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


PLACES = {
    "a list in JSON-LD": (ld(["cao tốc", "Gia Lai"]), ("cao tốc", "Gia Lai")),
    "a line in JSON-LD": (ld("cao tốc, Gia Lai"), ("cao tốc", "Gia Lai")),
    "names in JSON-LD": (ld([{"name": "cao tốc"}, 3, None]), ("cao tốc",)),
    "article:tag, many times": (
        '<meta property="article:tag" content="cao tốc"><meta property="article:tag" content="Gia Lai">',
        ("cao tốc", "Gia Lai"),
    ),
    "article:tag with a line of them": ('<meta property="article:tag" content="a1,b2">', ("a1", "b2")),
    "links": ("<a rel='tag' href='/x'>#cao tốc</a><a rel='nofollow'>khác</a>", ("cao tốc",)),
    "meta keywords": ('<meta name="keywords" content="cao tốc; Gia Lai">', ("cao tốc", "Gia Lai")),
    "the same again in another case": (ld(["Cao tốc", "cao  tốc", "CAO TỐC"]), ("Cao tốc",)),
    "signs, one letter, a sentence": (ld(["...", "x", "câu " * 30]), ()),
    "nothing": ("", ()),
}


@pytest.mark.parametrize(("html", "expected"), PLACES.values(), ids=PLACES.keys())
def test_tags_are_found_where_outlets_put_them(html: str, expected: tuple[str, ...]) -> None:
    assert tags_of(html) == expected


def test_a_page_stuffed_with_keywords_gives_twenty() -> None:
    assert tags_of(ld([f"từ khóa {n}" for n in range(10_000)])) == tuple(f"từ khóa {n}" for n in range(MOST))


@given(st.lists(st.text(max_size=120), max_size=40))
def test_whatever_is_declared_tags_are_few_short_and_different(words: list[str]) -> None:
    tree = parse_html("<p>x</p>")
    assert tree is not None
    found = find_tags(tree, {"keywords": words})
    assert len(found) <= MOST
    assert all(2 <= len(tag) <= LONGEST for tag in found)
    assert len({tag.casefold() for tag in found}) == len(found)

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search import highlight_spans, parse


def _marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in highlight_spans(text, parse(query))]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Mưa ở Đức Cơ.", "duc", ["Đức"]),
        ("Mưa ở Đức Cơ.", '"duc co"', ["Đức Cơ"]),
        ("Mưa ở Đức Cơ.", "duc co", ["Đức", "Cơ"]),
        ("Cơ quan Đức", '"đức cơ"', []),
        ("sơn và son", "son", ["sơn", "son"]),
        ("sơn và son", "sơn", ["sơn"]),
        ("son", "sơn", ["son"]),
        ("hoà bình", "hòa", ["hoà"]),
        ("a b c", "a NOT b", ["a"]),
        ("a b c", "a OR (b AND topic:T03)", ["a", "b"]),
        ("a a b", '"a b" a', ["a", "a b"]),
        ("嘉莱省报道", "莱省", ["莱省"]),
        ("lũ", "title:lũ", ["lũ"]),
        ("x", "", []),
        ("", "x", []),
        ("<b>lũ</b>", "lũ b", ["b", "lũ", "b"]),
    ],
)
def test_hits_are_marked_where_they_stand(text: str, query: str, marked: list[str]) -> None:
    assert _marked(text, query) == marked


def test_hits_in_decomposed_text_take_their_marks_along() -> None:
    text = unicodedata.normalize("NFD", "Mưa ở Đức Cơ.")
    assert _marked(text, "đức") == [unicodedata.normalize("NFD", "Đức")]


@given(st.text(max_size=60), st.sampled_from(["a", "đức", '"a b" OR b', "1 2", "NOT a"]))
def test_spans_are_in_order_and_do_not_overlap(text: str, query: str) -> None:
    spans = highlight_spans(text, parse(query))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)

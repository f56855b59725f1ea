"""Exact quotations."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.quotes import count_words, find_quote, find_sentences


def sentences(text: Any):
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Câu một. Câu hai! Câu ba?", ["Câu một.", "Câu hai!", "Câu ba?"]),
        ("Ông nói: “Được.” Rồi đi.", ["Ông nói: “Được.”", "Rồi đi."]),
        ("TP. Quy Nhơn họp. Xong.", ["TP. Quy Nhơn họp.", "Xong."]),
        ("Hơn 1.200 ha rừng. Cháy.", ["Hơn 1.200 ha rừng.", "Cháy."]),
        ("Đầu đề\n\nCâu một.", ["Đầu đề", "Câu một."]),
        ("Không có dấu chấm", ["Không có dấu chấm"]),
        ("", []),
        (" \n ", []),
    ],
    ids=["three", "quoted", "abbreviation", "number", "heading", "no stop", "empty", "blank"],
)
def test_sentences_are_found(text: Any, expected: Any):
    assert sentences(text) == expected


@given(st.text())
def test_sentences_never_overlap_and_leave_out_only_white_space(text: Any):
    spans = list(find_sentences(text))
    left = list(text)
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        left[start:end] = [" "] * (end - start)
    assert "".join(left).strip() == ""
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_quote_is_exact_and_never_longer_than_allowed(text: Any, words: Any):
    quote = find_quote(text, words=words)
    assert quote.text == text[quote.start : quote.end]
    assert count_words(quote.text) <= words


def test_two_sentences_are_quoted_where_they_fit():
    quote = find_quote("Một hai ba. Bốn năm. Sáu.", words=10)
    assert (quote.text, quote.cut) == ("Một hai ba. Bốn năm.", False)


def test_a_second_sentence_that_does_not_fit_is_left_out_whole():
    quote = find_quote("Một hai ba. Bốn năm sáu bảy.", words=5)
    assert (quote.text, quote.cut) == ("Một hai ba.", False)


def test_a_first_sentence_that_does_not_fit_is_cut_and_marked():
    quote = find_quote("Một hai ba bốn năm sáu.", words=4)
    assert (quote.text, quote.cut) == ("Một hai ba bốn", True)

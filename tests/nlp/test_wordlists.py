from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.patterns import whole_words
from nlp.wordlists import WordLists

ACTS = "bị thương|bị thương nặng|bắt|chết|tăng|was|cấp"
DOUBTS = "có thể|chắc|chắc là"
LISTS = WordLists({"act": ACTS, "doubt": DOUBTS}, only_as_written=("doubt",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("Hai người bị thương nặng, một người chết", {"act": 2}),
        ("Hai nguoi bi thuong nang", {"act": 1}),
        ("co the", {}),
        ("CÓ THỂ ông ấy bị\u00a0bắt", {"doubt": 1, "act": 1}),
        ("bắtcóc _chết tăng_ chết-tăng", {"act": 2}),
        ("chắc là chắc", {"doubt": 2}),
        ("\ud800 chết \udfff", {"act": 1}),
    ],
    ids=[
        "empty",
        "longest wins",
        "without marks",
        "only as written",
        "nbsp",
        "whole words",
        "no overlap",
        "half pairs",
    ],
)
def test_each_list_is_counted_as_whole_words(text: str, expected: dict[str, int]):
    assert LISTS.count(text) == expected


@given(
    st.lists(st.sampled_from([*ACTS.split("|"), *DOUBTS.split("|"), "x", "_", ",", "Bị", "bị thương nặngx"])),
    st.sampled_from([" ", "", "  "]),
)
def test_the_counts_are_those_of_the_pattern(words: list[str], between: str):
    text = between.join(words)
    counts = {
        "act": len(whole_words(ACTS).findall(text)),
        "doubt": len(whole_words(DOUBTS, also_unaccented=False).findall(text)),
    }
    assert LISTS.count(text) == {name: count for name, count in counts.items() if count}

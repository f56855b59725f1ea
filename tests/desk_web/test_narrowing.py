"""The search box and the quick filters as one query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web.narrowing import Narrowing, make_query, narrowing_from
from store.search import parse


def same(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, "relevance:about"),
        ({"relevance": "all"}, ""),
        ({"relevance": "sport"}, "relevance:sport"),
        ({"relevance": "nonsense"}, "relevance:about"),
        ({"q": "lũ lụt OR bão"}, "(lũ lụt OR bão) relevance:about"),
        ({"q": "lũ", "relevance": "all"}, "lũ"),
        ({"q": "relevance:sport HAGL"}, "relevance:sport HAGL"),
        ({"q": "NOT (bão relevance:mention)"}, "NOT (bão relevance:mention)"),
        ({"q": '"relevance:sport"'}, '("relevance:sport") relevance:about'),
        ({"topic": "T12", "place": "Đức Cơ"}, 'topic:"T12" place:"Đức Cơ" relevance:about'),
        ({"place": 'Đức" OR "Cơ'}, 'place:"Đức  OR  Cơ" relevance:about'),
        ({"after": "2026-11-01", "flagged": "yes"}, "after:2026-11-01 flagged:yes relevance:about"),
    ],
)
def test_filters_become_one_question_in_the_query_language(fields: dict[str, str], asked: str):
    narrowing = narrowing_from(fields)
    assert narrowing.asked == asked
    query, fault = make_query(narrowing, same)
    assert fault is None
    assert query.tree == parse(asked).tree


def test_a_fault_points_at_its_place_and_keeps_the_text():
    narrowing = narrowing_from({"q": "lũ AND (bão"})
    query, fault = make_query(narrowing, same)
    assert query.is_everything
    assert fault is not None
    assert fault.shown == "lũ AND (bão"
    assert fault.caret == " " * 7 + "^"


def test_a_day_that_is_none_is_a_fault_in_words():
    _query, fault = make_query(narrowing_from({"after": "hôm qua"}), same)
    assert fault is not None
    assert "hôm qua" in fault.message


def test_an_address_leaves_out_what_is_as_at_first():
    narrowing = narrowing_from({"q": "lũ", "page": "3"})
    assert narrowing.address("/") == "/?q=l%C5%A9"
    assert narrowing.address("/", page=4, relevance="all") == "/?q=l%C5%A9&relevance=all&page=4"


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "99999999", ""])
def test_a_page_that_is_none_is_the_first(page: str):
    assert narrowing_from({"page": page}).page == 1


def test_the_first_view_is_not_narrowed():
    assert not Narrowing().is_narrowed
    assert not Narrowing(page=2).is_narrowed
    assert Narrowing(text="lũ").is_narrowed


@given(
    st.dictionaries(
        st.sampled_from(["q", "topic", "place", "outlet", "after", "before", "relevance", "page"]),
        st.text(max_size=60),
    )
)
def test_whatever_is_typed_gives_a_query_or_a_fault_in_words(fields: dict[str, str]):
    narrowing = narrowing_from(fields)
    _query, fault = make_query(narrowing, same)
    assert fault is None or fault.message

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.search import Query, QueryError, fold, parse, widen_places
from store.search.nodes import (
    After,
    Before,
    Both,
    Either,
    Everything,
    Flagged,
    FromOutlet,
    InLanguage,
    InPlace,
    InStory,
    InTopic,
    Not,
    WithRelevance,
    Words,
)
from store.types import RelevanceLabel

A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        (" \n\t", Everything()),
        ("a", A),
        ("a b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ("a b AND c", Both((A, B, C))),
        ("a OR b", Either((A, B))),
        ("a b OR c", Either((Both((A, B)), C))),
        ("a (b OR c)", Both((A, Either((B, C))))),
        ("((a))", A),
        ("NOT a b", Both((Not(A), B))),
        ("a AND NOT b", Both((A, Not(B)))),
        ("NOT NOT a", Not(Not(A))),
        ("NOT (a OR b)", Not(Either((A, B)))),
        ("a and b", Both((A, Words("and"), B))),
        ('"a b"', Words("a b")),
        ("“a b”", Words("a b")),
        ("«a b»", Words("a b")),
        ('"AND"', Words("AND")),
        ('"a: (b"', Words("a: (b")),
        ("a - b", Both((A, B))),
        ("Tin-nóng", Words("Tin-nóng")),
        ("10:30", Words("10:30")),
        ("nóng:a", Words("nóng:a")),
        ("Hỏi: a", Both((Words("Hỏi:"), A))),
        ("Hoi: a", Both((Words("Hoi"), A))),
        ("a(b)c", Both((A, B, C))),
    ],
)
def test_words_and_operators_are_understood(text: str, tree: object) -> None:
    assert parse(text) == Query(text, tree)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("topic:t03", InTopic("T03")),
        ("TOPIC:T03", InTopic("T03")),
        ('place:"xã Đức Cơ"', InPlace(("xã Đức Cơ",), "duc co")),
        ("place:c23872", InPlace(("c23872",), "c23872")),
        ('outlet:"Báo Gia Lai"', FromOutlet("Báo Gia Lai", "bao gia lai")),
        ("language:VI", InLanguage("vi")),
        ("relevance:about", WithRelevance(RelevanceLabel.ABOUT)),
        ("flagged:yes", Flagged(wanted=True)),
        ("flagged:không", Flagged(wanted=False)),
        ("story:s-1", InStory("s-1")),
        ("title:lũ", Words("lũ", title_only=True)),
        ('title:"lũ quét"', Words("lũ quét", title_only=True)),
        ("after:2026-11-01", After(datetime(2026, 10, 31, 17, tzinfo=UTC))),
        ("before:01/11/2026", Before(datetime(2026, 10, 31, 17, tzinfo=UTC))),
        ("NOT topic:T03", Not(InTopic("T03"))),
    ],
)
def test_fields_are_understood(text: str, tree: object) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a (b", 2, "never closed"),
        ("a) b", 1, "never opened"),
        ("()", 1, "missing"),
        ('a "b', 2, "never closed"),
        ('a "…"', 2, "no word"),
        ("!!!", 0, "no word"),
        ("a AND", 5, "missing"),
        ("AND a", 0, "missing"),
        ("a OR OR b", 5, "missing"),
        ("NOT", 3, "missing"),
        ("a colour:red", 2, "Known are topic:, place:"),
        ("http://a.example", 0, "no field http"),
        ("a topic: b", 2, "topic: needs a value"),
        ('topic:""', 0, "topic: needs a value"),
        ("after:yesterday", 0, "yesterday is no date"),
        ("after:2026-02-30", 0, "no date"),
        ("before:31/02/2026", 0, "no date"),
        ("after:0001-01-01", 0, "no date"),
        ("flagged:maybe", 0, "yes or no"),
        ("relevance:very", 0, "about, mention, sport, company, none"),
        ('title:"…"', 0, "no word"),
        ("(" * 30 + "a" + ")" * 30, 21, "20 brackets"),
        ("NOT " * 30 + "a", 84, "20 brackets"),
        ("a " * 101, 0, "100 words"),
        ("a" * 2_001, 2_000, "2000 characters"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(QueryError, match=words) as refusal:
        parse(text)
    error = refusal.value
    assert error.position == position
    assert error.template.format(**error.values) == error.message


def _answer(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


_PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "”",
        "«",
        "»",
        "AND",
        "OR",
        "NOT",
        "topic:",
        "after:2026-01-01",
        "title:",
        "x:",
        ":",
        " ",
        "Đức",
        "-",
        "*",
        "'",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(_PIECES, max_size=25).map("".join),
        st.lists(_PIECES, max_size=25).map(" ".join),
    )
)
@example("\ud800")
@example("\x00")
@example("after:9999-12-31")
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    answer = _answer(text)
    if isinstance(answer, QueryError):
        assert answer.message
        assert 0 <= answer.position <= len(text)
    else:
        assert answer.text == text


@given(st.text(min_size=1, max_size=30))
def test_any_text_with_a_word_can_be_searched_for_in_quotation_marks(text: str) -> None:
    bare = "".join(char for char in text if char not in '"“”„«»')
    if any(char.isalnum() and fold(char).isalnum() for char in bare):
        assert parse(f'"{bare}"').tree == Words(bare)


def test_the_default_query_asks_for_everything() -> None:
    assert parse("").is_everything
    assert not parse("a").is_everything


def test_places_are_widened_wherever_they_stand() -> None:
    query = parse('place:"Đức Cơ" OR NOT (a place:"Đức Cơ")')
    wide = widen_places(query, lambda written: ("d623", "c23872") if written == "Đức Cơ" else ())
    place = InPlace(("Đức Cơ", "d623", "c23872"), "duc co")
    assert wide == Query(query.text, Either((place, Not(Both((A, place))))))

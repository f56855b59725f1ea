from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.codec import from_text, to_text
from store.errors import CodecError
from store.types import (
    Article,
    Claim,
    Evidence,
    FeedEntry,
    Flag,
    Membership,
    Notice,
    PlaceMention,
    PublicationDate,
    Quantity,
    Reading,
    Scope,
)

_MOMENTS = st.datetimes(timezones=st.just(UTC))
_TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates and NUL included
st.register_type_strategy(str, _TEXTS)
st.register_type_strategy(datetime, _MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False))


@pytest.mark.parametrize(
    "kind",
    [Article, Claim, FeedEntry, Membership, Notice, PlaceMention, PublicationDate, Quantity, Reading],
    ids=lambda kind: kind.__name__,
)
@given(data=st.data())
def test_a_value_comes_back_equal(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    text = to_text(value)
    text.encode()
    assert from_text(kind, text) == value


@given(
    st.builds(
        Flag,
        claim=st.from_type(Claim).filter(lambda claim: bool(claim.text)),
        evidence=st.lists(st.from_type(Evidence), min_size=1, max_size=2).map(tuple),
    )
)
def test_a_flag_comes_back_equal(flag: Flag) -> None:
    assert from_text(Flag, to_text(flag)) == flag


@dataclass(frozen=True)
class Shape:
    name: str
    score: float
    pair: tuple[str, int]
    many: tuple[int, ...]
    scope: Scope
    day: date
    at: datetime | None = None


_SHAPE = {
    "name": "a",
    "score": 1,
    "pair": ["b", 2],
    "many": [1, 2],
    "scope": "domestic",
    "day": "2026-11-22",
    "at": "2026-11-22T01:00:00+00:00",
}


def test_every_kind_of_field_is_read() -> None:
    expected = Shape(
        "a", 1.0, ("b", 2), (1, 2), Scope.DOMESTIC, date(2026, 11, 22), datetime(2026, 11, 22, 1, tzinfo=UTC)
    )
    assert from_text(Shape, json.dumps(_SHAPE)) == expected


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"more": 1}, "unknown: more"),
        ({"name": 1}, "Shape.name: expected str, found 1"),
        ({"score": True}, "Shape.score: expected float"),
        ({"score": "1"}, "Shape.score: expected float"),
        ({"pair": ["b"]}, "Shape.pair: expected a list of 2"),
        ({"many": "12"}, "Shape.many: expected a list"),
        ({"many": [1, None]}, "Shape.many: expected int"),
        ({"scope": "lunar"}, "Shape.scope: 'lunar' is no Scope"),
        ({"day": "22/11/2026"}, "Shape.day: '22/11/2026' is no date"),
        ({"at": 5}, "Shape.at: 5 is no datetime"),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(value),
)
def test_another_shape_is_a_clear_error(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(CodecError, match=complaint):
        from_text(Shape, json.dumps(_SHAPE | change))


def test_a_missing_key_is_named() -> None:
    with pytest.raises(CodecError, match="missing: day"):
        from_text(Shape, json.dumps({key: value for key, value in _SHAPE.items() if key != "day"}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7"])
def test_text_of_no_such_value_is_an_error(text: str) -> None:
    with pytest.raises(CodecError, match="Shape"):
        from_text(Shape, text)


@pytest.mark.parametrize(
    "value",
    [b"x", {1}, datetime.fromisoformat("2026-11-22"), object()],
    ids=["bytes", "set", "naive", "object"],
)
def test_a_value_without_json_form_is_refused(value: object) -> None:
    with pytest.raises(CodecError):
        to_text((value,))

"""Material that is already text: what becomes an article, what is refused, what a second time does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.filters.lines import BadRecordError
from desk.filters.times import published_before
from desk.ingest import IngestReport, article_from, ingest
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import Scope, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KNOWN = Source(
    id="bao-mot",
    name="Báo Một",
    domain="baomot.example",
    scope=Scope.FOREIGN,
    country="VN",
    language="vi",
    kind="newspaper",
)


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    upgrade(engine)
    return make_sessions(engine)


def put(sessions: Sessions, *records: dict[str, Any] | bytes) -> IngestReport:
    lines = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    return ingest(lines, sessions, (KNOWN,), now=NOW)


def test_the_same_line_twice_is_one_article(sessions: Sessions) -> None:
    line = {"url": "https://baomot.example/a", "title": "Tin", "text": "Nội dung."}
    assert put(sessions, line).new == 1
    report = put(sessions, line)
    assert (report.new, report.unchanged) == (0, 1)


def test_a_changed_text_is_a_new_version(sessions: Sessions) -> None:
    put(sessions, {"url": "https://baomot.example/a", "title": "Tin", "text": "12 nhà."})
    assert put(sessions, {"url": "https://baomot.example/a", "title": "Tin", "text": "15 nhà."}).versions == 1


def test_bad_lines_are_reported_with_their_number_and_the_rest_goes_in(sessions: Sessions) -> None:
    report = put(sessions, b"{", {"id": "1", "text": "Một."}, {"id": "2"})
    assert report.new == 1
    assert [number for number, _ in report.bad] == [1, 3]


def test_an_article_of_a_known_outlet_carries_its_id_and_scope() -> None:
    article = article_from(
        {"url": "https://www.baomot.example/a", "text": "x"},
        {"baomot.example": KNOWN},
        published=None,
        now=NOW,
    )
    assert (article.outlet, article.outlet_name, article.scope) == ("bao-mot", "Báo Một", Scope.FOREIGN)


def test_without_a_title_the_first_line_stands_in() -> None:
    assert article_from({"id": 7, "text": "Đầu đề\nThân bài"}, {}, published=None, now=NOW).title == "Đầu đề"


@pytest.mark.parametrize(
    ("given", "day"),
    [("20201001", 1), ("2020-10-02T08:00:00+07:00", 2), ("Thứ 6, 11:03, 03/10/2020", 3)],
    ids=["compact", "RFC 3339", "Vietnamese"],
)
def test_dates_are_read_in_the_shapes_people_have(given: str, day: int) -> None:
    at = published_before({"id": 1, "text": "x", "date": given}, NOW, "published", "date").at
    assert at is not None
    assert (at.month, at.day) in {(10, day), (9, 30)}  # a day begins seven hours earlier in UTC


@pytest.mark.parametrize(
    ("given", "words"),
    [("2027-01-01", "future"), ("hôm nọ", "no date"), (20261122, "no date")],
    ids=["ahead", "no date", "a number"],
)
def test_an_article_is_not_lost_for_its_date(sessions: Sessions, given: object, words: str) -> None:
    report = put(sessions, {"id": 1, "text": "x", "published": given})
    assert report.new == 1
    assert words in report.notes[0][1].english


def test_an_article_with_an_id_is_not_lost_for_its_address(sessions: Sessions) -> None:
    report = put(sessions, {"id": "a7", "url": "javascript:alert(1)", "text": "x"})
    assert report.new == 1
    assert "not an http(s) address" in report.notes[0][1].english


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "neither address nor id": ({"text": "x"}, "`id` is missing"),
    "another scheme": ({"url": "file:///etc/passwd", "text": "x"}, "not an http(s) address"),
    "a broken address": ({"url": "http://[", "text": "x"}, "not an http(s) address"),
    "nothing": ({"id": 1, "text": "  "}, "both empty"),
}


@pytest.mark.parametrize(("record", "words"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_an_article_is_refused_in_words(record: dict[str, Any], words: str) -> None:
    with pytest.raises(BadRecordError, match=words.replace("(", r"\(").replace(")", r"\)")):
        article_from(record, {}, published=None, now=NOW)

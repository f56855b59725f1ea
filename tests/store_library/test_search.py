"""Searching the library: the query language and whole sentences, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from store.database import Sessions
from store.library.documents import Kept, supersede
from store.library.search import Hit, find_like, search_library
from store.search import QueryError, parse

Keep = Callable[..., Kept]
TODAY = date(2026, 11, 23)

POPULATION = "Dân số trung bình của tỉnh năm 2025 là 3.583.693 người."
POVERTY = "Tỷ lệ hộ nghèo đa chiều cuối năm 2025 còn 4,1%, giảm 1,1 điểm phần trăm."
ROAD = "Đường cao tốc Quy Nhơn – Pleiku dài 125 km, khởi công ngày 19/12/2025."


@pytest.fixture
def library(keep: Keep) -> Keep:
    keep(POPULATION, POVERTY, title="Niên giám thống kê 2025", publisher="Cục Thống kê tập",
         published=date(2026, 6, 30))  # fmt: skip
    keep(
        ROAD, title="Thông cáo đường cao tốc", publisher="Ban quản lý dự án tập", published=date(2025, 12, 20)
    )
    return keep


def texts(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.passage.text for hit in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dân số", [POPULATION]),
        ("dan so", [POPULATION]),
        ("DÂN SỐ", [POPULATION]),
        ('"hộ nghèo"', [POVERTY]),
        ('"nghèo hộ"', []),
        ("cao tốc OR hộ nghèo", [POVERTY, ROAD]),
        ("2025 NOT nghèo", [POPULATION, ROAD]),
        ("3.583.693", [POPULATION]),
        ('2025 outlet:"Ban quản lý dự án tập"', [ROAD]),
        ("title:niên title:giám nghèo", [POVERTY]),
        ("after:2026-01-01", [POPULATION, POVERTY]),
        ("before:2026-01-01", [ROAD]),
        ("nghèo after:2026-01-01 before:2026-02-01", []),
        ("duong", [ROAD]),
        ("", [POPULATION, POVERTY, ROAD]),
        ("không có gì như thế", []),
    ],
)
def test_the_query_language_finds(sessions: Sessions, library: Keep, query: str, found: list[str]) -> None:
    with sessions() as session:
        hits = search_library(session, parse(query))
    assert sorted(texts(hits)) == sorted(found)


@pytest.mark.parametrize("query", ["topic:T03", "place:Pleiku", "nghèo flagged:yes", "story:x OR nghèo"])
def test_a_field_that_the_library_does_not_have_is_refused(
    sessions: Sessions, library: Keep, query: str
) -> None:
    with sessions() as session, pytest.raises(QueryError, match="words, phrases and outlet:"):
        search_library(session, parse(query))


def test_the_same_marks_rank_above_others(sessions: Sessions, keep: Keep) -> None:
    keep("Ban do khu vuc nay.", "Bản đồ khu vực này.", "Bàn đó khu vực này.")
    with sessions() as session:
        assert texts(search_library(session, parse("bản đồ")))[0] == "Bản đồ khu vực này."


def test_words_typed_beside_each_other_rank_where_they_stand_beside_each_other(
    sessions: Sessions, keep: Keep
) -> None:
    keep("Số người dân của xã.", "Dân của xã có số nhà.", "Của xã này là dân số.")
    with sessions() as session:
        assert texts(search_library(session, parse("dan so")))[0] == "Của xã này là dân số."


def test_a_sentence_finds_what_speaks_of_the_same_though_its_figure_differs(
    sessions: Sessions, library: Keep
) -> None:
    with sessions() as session:
        hits = find_like(session, "Báo nói hộ nghèo đa chiều của Gia Lai vẫn còn tới 9%.")
    assert texts(hits)[0] == POVERTY
    assert hits[0].document.document.publisher == "Cục Thống kê tập"


def test_a_sentence_of_which_nothing_is_known_finds_nothing(sessions: Sessions, library: Keep) -> None:
    with sessions() as session:
        assert find_like(session, "xyzzy plugh") == ()
        assert find_like(session, "") == ()


def test_the_sentence_itself_stands_first_among_many_like_it(sessions: Sessions, library: Keep) -> None:
    library(*(f"Xã thứ {n} có {n} hộ nghèo trong năm 2025." for n in range(1, 40)))
    with sessions() as session:
        hits = find_like(session, "xã thứ 7 có 7 hộ nghèo trong năm 2025", limit=4)
    assert texts(hits)[0] == "Xã thứ 7 có 7 hộ nghèo trong năm 2025."
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_superseded_documents_are_found_unless_only_standing_ones_are_wanted(
    sessions: Sessions, keep: Keep, now: datetime
) -> None:
    old = keep("Dân số năm 2025 là 3.560.000 người.")
    new = keep("Dân số năm 2025 là 3.583.693 người.", valid_until=date(2026, 12, 31))
    with sessions.begin() as session:
        supersede(session, old.number, new.number, by="lan", now=now)
    with sessions() as session:
        for find in (lambda on: search_library(session, parse("dân số"), standing_on=on),
                     lambda on: find_like(session, "dân số năm 2025", standing_on=on)):  # fmt: skip
            assert {h.document.number for h in find(None)} == {old.number, new.number}
            assert [h.document.number for h in find(TODAY)] == [new.number]
            assert find(date(2027, 1, 1)) == ()


def test_at_most_as_many_as_wanted_are_given(sessions: Sessions, library: Keep) -> None:
    with sessions() as session:
        assert len(search_library(session, parse("2025"), limit=2)) == 2
        assert len(find_like(session, "năm 2025", limit=1)) == 1

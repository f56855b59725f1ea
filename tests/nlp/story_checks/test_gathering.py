"""What is gathered beside a story, from a store of a few articles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nlp.checks.atlas import Atlas
from nlp.checks.case import Outlet
from nlp.gathering import Catalogue, gather
from nlp.knowledge import Knowledge
from nlp.run import check_changed, group_new, note_changes, read_new
from store.articles import save_article
from store.claims import list_flags
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.events import save_event
from store.stories import find_story
from store.types import Article, Event, EventKind

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
TODAY = NOW.date()
POND = (
    "Nước từ rẫy cao đổ xuống làm vỡ bờ ao cá của một nhóm hộ ở xã Ia Dom, cá tràn ra ruộng và trôi ra suối. "
    "Bà con chạy đi lấy lưới, lấy rổ, ai vớt được con nào thì gom lại một chỗ. Theo tổ hợp tác, cả bảy hộ "
    "mất gần hết lứa cá sắp bán. Cái bờ đắp bằng đất đã thấm từ lâu, mùa khô ai cũng bảo để sau, mưa xuống "
    "thì không kịp nữa. Cán bộ khuyến nông đến xem chỗ vỡ và chỉ cách kè lại bằng bao đất, trồng cỏ giữ mái."
)
FLOOD = (
    "Mưa lũ ở xã Ia Dom tỉnh Gia Lai. Theo công an xã, lũ làm 2 người chết và cuốn trôi nhiều nhà ven suối."
)


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables and nothing in them, made once and copied."""
    path = tmp_path_factory.mktemp("gathering") / "empty.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sessions(tmp_path: Path, empty_store: Path) -> Iterator[Sessions]:
    copied = shutil.copy(empty_store, tmp_path / "here.sqlite")
    engine = open_engine(f"sqlite:///{copied}")
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture
def keep(sessions: Sessions, article: Any, knowledge: Knowledge, atlas: Atlas) -> Any:
    """keep(text, …): save, read, group and check an article, as a cycle does -> the standing flags."""
    known = Catalogue((Outlet("nuirung.vn", "Núi Rừng"),), atlas)

    def one(text: str, *, day: date = TODAY, url: str, hours: int = 0) -> list[Any]:
        made: Article = article(text, "Tin trong ngày của báo", day=day, url=url)
        at = NOW + timedelta(hours=hours)
        with sessions.begin() as session:
            save_article(session, replace(made, outlet=url.split("/")[2], fetched_at=at), now=at)
        return again()

    def again() -> list[Any]:
        read_new(sessions, knowledge, now=NOW, progress=quiet)
        note_changes(sessions, now=NOW)
        group_new(sessions, now=NOW, progress=quiet)
        check_changed(sessions, now=NOW, progress=quiet, catalogue=known)
        with sessions() as session:
            return [found.flag.value for found in list_flags(session)]

    one.again = again  # type: ignore[attr-defined]
    return one


def test_a_text_of_six_weeks_ago_is_found_again(keep: Any):
    assert keep(POND, day=date(2026, 10, 8), url="https://cu.example/1") == []
    (flag,) = keep(POND, url="https://moi.example/2")
    assert (flag.check, flag.article, flag.evidence[0].article) == ("old_event", 2, 1)


@pytest.mark.parametrize("day", [date(2026, 11, 10), date(2026, 10, 24)], ids=["a copy", "four weeks ago"])
def test_a_text_of_these_weeks_is_no_older_one(keep: Any, day: date):
    keep(POND, day=day, url="https://cu.example/1")
    assert [flag.check for flag in keep(POND, url="https://moi.example/2")] == []


def test_an_edited_figure_is_flagged_in_the_version_that_was_read(keep: Any):
    assert keep(FLOOD, url="https://bao.example/1") == []
    (flag,) = keep(FLOOD.replace("2 người", "5 người"), url="https://bao.example/1", hours=2)
    assert (flag.check, flag.article, flag.version) == ("edited", 1, 1)
    assert "2 người chết" in flag.claim.text
    assert ("5 người chết" in flag.evidence[0].text, flag.evidence[0].version) == (True, 2)


def test_an_edit_of_words_alone_is_told_as_an_event_only(keep: Any):
    keep(FLOOD, url="https://bao.example/1")
    assert keep(FLOOD.replace("ven suối", "bên bờ suối cạn"), url="https://bao.example/1", hours=2) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Giá gấp 5 lần năm ngoái.", "Giá gấp 50 lần năm ngoái.", ["“5 lần” thành “50 lần”"]),
        (
            "Chờ 3 tuần, mất 2 lượt.",
            "Chờ 8 tuần, mất 4 lượt.",
            ["“3 tuần” thành “8 tuần”", "“2 lượt” thành “4 lượt”"],
        ),
        ("Họp ngày 12/11 như đã hẹn.", "Họp ngày 13/11 như đã hẹn.", []),
        ("Họp lúc 7h30 như đã hẹn.", "Họp lúc 8h30 như đã hẹn.", []),
        ("Giá gấp 5 lần năm ngoái.", "Giá tăng gấp 50 lần so với năm trước.", []),
    ],
    ids=["how often", "two numbers", "a day", "an hour", "other words too"],
)
def test_a_bare_number_that_was_exchanged_is_an_edited_figure(
    keep: Any, before: str, after: str, told: list[str]
):
    keep(f"{FLOOD} {before}", url="https://bao.example/1")
    found = keep(f"{FLOOD} {after}", url="https://bao.example/1", hours=2)
    assert [words for flag in found for words in told if words in flag.because[0]] == told
    assert len(found) == bool(told)


def test_an_edited_place_is_flagged(keep: Any):
    keep(FLOOD, url="https://bao.example/1")
    found = keep(FLOOD.replace("ở xã Ia Dom", "ở xã Ia Mơ"), url="https://bao.example/1", hours=2)
    assert [(flag.check, flag.because) for flag in found] == [
        ("edited", ("Báo đã sửa câu này: “xã Ia Dom” thành “xã Ia Mơ”.",))
    ]


def test_a_removal_has_its_story_checked_again_and_coming_back_withdraws_the_flag(
    sessions: Sessions, keep: Any
):
    keep(FLOOD, url="https://bao.example/1")
    for kind, hours, flags in ((EventKind.REMOVED, 1, ["edited"]), (EventKind.RESTORED, 2, [])):
        told = Event(
            kind.value, kind, NOW + timedelta(hours=hours), "bao", article=1, detail="HTTP 410 (Gone)"
        )
        with sessions.begin() as session:
            assert save_event(session, told, now=NOW)
        assert [flag.check for flag in keep.again()] == flags


def test_the_catalogue_is_handed_to_the_checks(sessions: Sessions, keep: Any):
    (flag,) = keep(FLOOD, url="https://nulrung.vn/1")
    assert flag.check == "imitated"
    with sessions() as session:
        story = find_story(session, flag.story)
        assert story is not None
        assert gather(session, story).outlets == ()

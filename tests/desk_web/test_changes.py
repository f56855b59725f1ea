"""What happened to articles after their capture, on the pages of story and article."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from typing import Any

import pytest
from babel.messages.pofile import read_po

from config.words import translator
from desk.changes import EVENT_NAMES, say_detail
from nlp.run import note_changes
from store.events import save_event
from store.looks import LookState, save_look
from store.types import Event, EventKind

HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture
def changed(bench: Any, edited: int) -> int:
    """The flood article with an edited figure, a new headline, and seen gone."""
    now = bench.clock()
    assert note_changes(bench.deps.sessions, now=now) == 1
    told = {"at": now, "source": "ngongio", "article": edited, "from_version": 1}
    with bench.deps.sessions.begin() as session:
        for event in (
            Event("h", EventKind.HEADLINE_CHANGED, to_version=2, before="Tít cũ", after=HOSTILE, **told),
            Event(
                "r",
                EventKind.REMOVED,
                to_version=1,
                before="Tít cũ",
                detail="HTTP 410: nothing at this address",
                **told,
            ),
        ):
            save_event(session, event, now=now)
    return edited


def test_the_story_says_which_figure_changed_from_what_to_what(bench: Any, lan: Any, changed: int):
    text = lan.get(f"/stories/{bench.seeded.flood}").text
    assert "Thay đổi từ lần lưu đầu" in text
    assert "đổi số liệu" in text
    assert "<del><bdi>120 hộ dân</bdi></del>" in text
    assert "<ins><bdi>135 hộ dân</bdi></ins>" in text
    assert f"/articles/{changed}?version=2&amp;story=s-flood&amp;against=1#text" in text


def test_a_page_that_is_gone_is_named_in_the_office_s_words(bench: Any, lan: Any, changed: int):
    text = lan.get(f"/articles/{changed}").text
    assert "không còn ở địa chỉ cũ" in text
    assert "HTTP 410: không có gì ở địa chỉ này" in text


def test_words_from_outside_stay_words(bench: Any, lan: Any, changed: int):
    for page in (f"/stories/{bench.seeded.flood}", f"/articles/{changed}"):
        text = lan.get(page).text
        assert "<script>alert" not in text
        assert "⟨U+202E⟩" in text


def test_a_story_without_changes_has_no_such_section(bench: Any, lan: Any):
    assert "Thay đổi từ lần lưu đầu" not in lan.get(f"/stories/{bench.seeded.flood}").text


def test_the_article_says_when_it_was_last_proved_unchanged(bench: Any, lan: Any):
    number, now = bench.seeded.numbers["flood"], bench.clock()
    url = "https://ngongio.example/flood"
    with bench.deps.sessions.begin() as session:
        save_look(session, LookState(url, "ngongio", now, unchanged_at=now))
    text = lan.get(f"/articles/{number}").text
    assert "Xem lại trang" in text
    assert "trên trang báo không đổi" in text
    with bench.deps.sessions.begin() as session:
        gone = LookState(
            url,
            "ngongio",
            now,
            gone_at=now - timedelta(hours=1),
            gone_why="HTTP 404: nothing at this address",
        )
        save_look(session, gone)
    assert "thấy không còn trang" in lan.get(f"/articles/{number}").text


def test_changes_cost_a_fixed_number_of_statements(bench: Any, lan: Any, changed: int, counted: list[str]):
    lan.get(f"/stories/{bench.seeded.flood}")
    about_events = [statement for statement in counted if "events" in statement]
    assert len(about_events) == 1


def test_every_kind_of_event_has_its_name_in_vietnamese():
    catalogue = (resources.files("config") / "locale" / "vi" / "LC_MESSAGES" / "diembao.po").read_bytes()
    known = {message.id for message in read_po(iter(catalogue.splitlines(keepends=True))) if message.string}
    assert set(EVENT_NAMES) == set(EventKind)
    assert set(EVENT_NAMES.values()) <= known


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2 sentences changed, 0 added, 1 removed", "2 câu được sửa, 0 câu thêm vào, 1 câu bị bỏ"),
        ("HTTP 404: nothing at this address", "HTTP 404: không có gì ở địa chỉ này"),
        ("HTTP 200, but the page says: Không tìm thấy", "HTTP 200, nhưng trang ghi: Không tìm thấy"),
        ("Có 135 hộ dân phải sơ tán.", "Có 135 hộ dân phải sơ tán."),
    ],
    ids=["counts", "gone", "says gone", "a sentence of the outlet"],
)
def test_stored_details_are_said_in_vietnamese(stored: str, said: str):
    assert say_detail(stored, translator("vi")) == said

"""`diembao events`: what is asked for, and what is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from config.settings import Settings
from desk.cli import app
from desk.commands.events import start_of
from desk.house import open_house
from store.articles import save_article
from store.events import save_event
from store.types import Article, Event, EventKind, Scope

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

STARTS = {
    "hours": ("24h", datetime(2026, 11, 21, 3, tzinfo=UTC)),
    "days": ("7d", datetime(2026, 11, 15, 3, tzinfo=UTC)),
    "a day of the office": ("2026-11-22", datetime(2026, 11, 21, 17, tzinfo=UTC)),
    "a time of the office": ("2026-11-22 08:00", datetime(2026, 11, 22, 1, tzinfo=UTC)),
    "a time with its zone": ("2026-11-22T08:00:00+00:00", datetime(2026, 11, 22, 8, tzinfo=UTC)),
    "before the calendar begins": ("0001-01-01", None),
    "no time": ("hôm qua", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("words", "start"), STARTS.values(), ids=STARTS.keys())
def test_a_start_is_read_in_people_s_words(words: str, start: datetime | None) -> None:
    assert start_of(words, now=NOW, zone=ZONE) == start


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one article whose headline changed and which is gone."""
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path))
    url = "https://bao.example/1"
    with open_house(Settings(home=tmp_path)) as house, house.sessions.begin() as session:
        save_article(
            session, Article(url, "bao", "Báo", Scope.DOMESTIC, "Cũ", "Một.", fetched_at=NOW), now=NOW
        )
        changed = Event("a", EventKind.HEADLINE_CHANGED, NOW, "bao", 1, 1, 2, "[red]Cũ", "Mới")
        gone = Event(
            "b", EventKind.REMOVED, NOW, "bao", 1, 1, 1, "Mới", "", "HTTP 410: nothing at this address"
        )
        for event in (changed, gone):
            save_event(session, event, now=NOW)
    return tmp_path


def test_events_are_given_to_programs_with_exact_words(home: Path) -> None:
    done = CliRunner().invoke(
        app, ["events", "--json", "--since", "2026-11-01", "--kind", "headline_changed"]
    )
    assert done.exit_code == 0, done.output
    (record,) = json.loads(done.stdout)
    assert (record["before"], record["after"], record["seen_at"]) == (
        "[red]Cũ",
        "Mới",
        "2026-11-22T03:00:00Z",
    )
    assert record["last_seen_before_at"] == "2026-11-22T03:00:00Z"


def test_events_are_told_to_people_and_outside_words_are_no_markup(home: Path) -> None:
    done = CliRunner().invoke(app, ["events", "--since", "2026-11-01"])
    assert done.exit_code == 0, done.output
    assert "[red]Cũ" in done.stdout
    assert "đổi tít" in done.stdout
    assert "HTTP 410" in done.stdout


def test_a_start_nobody_can_read_is_wrong_usage_and_says_what_to_write(home: Path) -> None:
    done = CliRunner().invoke(app, ["events", "--since", "hôm qua"])
    assert done.exit_code == 2
    assert "7d" in done.stderr


def test_a_quiet_time_is_said_in_words(home: Path) -> None:
    done = CliRunner().invoke(app, ["events", "--since", "2027-01-01"])
    assert "01/01/2027" in done.stdout

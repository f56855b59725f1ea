from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from desk.commands.sources import bars, feeds_table, sources_table, view_record
from desk.sources import FeedView, SourceView, find_unwatched
from store.types import (
    Feed,
    FeedKind,
    FeedOutcome,
    FeedState,
    Scope,
    Source,
    SourceCondition,
    SourceHealth,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SOURCE = Source(
    "ngon-gio", "Ngọn [bold]Gió", "ngongio.example", Scope.DOMESTIC, "VN", "vi", "newspaper", priority=True
)
STATE = FeedState(
    "https://ngongio.example/rss", "ngon-gio", FeedOutcome.DEAD, "HTTP 404: nothing at this address"
)
WHY = "nothing new for 30 h; about 41 articles are usual in that time"
HEALTH = SourceHealth("ngon-gio", SourceCondition.LATE, WHY, NOW, NOW, NOW - timedelta(hours=30), 33.2, 0)
VIEW = SourceView(SOURCE, HEALTH, ((NOW.date(), 0),) * 28, (FeedView(Feed(STATE.url), STATE, ""),))


def printed(table: object, **options: bool | None) -> str:
    console = Console(width=200, **options)  # type: ignore[arg-type]
    with console.capture() as shown:
        console.print(table)
    return shown.get()


def test_a_row_says_in_words_how_a_source_is() -> None:
    text = printed(sources_table([VIEW]))
    for words in (
        "Ngọn [bold]Gió",
        "chậm bất thường",
        "0 / 33",
        "22/11 10:00",
        "không có bài mới trong 30 giờ",
    ):
        assert words in text


def test_every_heading_is_said_in_vietnamese() -> None:
    headings = [
        str(column.header) for table in (sources_table([]), feeds_table(VIEW)) for column in table.columns
    ]
    assert "Nguồn" in headings
    assert [word for word in headings if word and word.isascii()] == []


def test_the_state_has_a_colour_but_not_where_colours_are_unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "33m" in printed(sources_table([VIEW]), force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "33m" not in printed(sources_table([VIEW]), force_terminal=True)


def test_one_source_is_shown_with_its_feeds() -> None:
    text = printed(feeds_table(VIEW))
    assert "https://ngongio.example/rss" in text
    assert "HTTP 404" in text


@pytest.mark.parametrize(
    ("counts", "drawn"), [([0, 1, 8, 4], " ▁█▄"), ([0, 0], "  "), ([], "")], ids=["some", "none", "no days"]
)
def test_counts_are_drawn_as_bars(counts: list[int], drawn: str) -> None:
    assert bars(counts) == drawn


def test_a_record_has_codes_for_programs_and_its_feeds() -> None:
    record = view_record(VIEW)
    assert (record["state"], record["last_article"]) == ("late", "2026-11-20T21:00:00Z")
    assert json.loads(json.dumps(record))["feeds"][0]["state"] == "dead"


def test_a_source_that_is_not_collected_is_named_with_the_reason() -> None:
    off = Source(
        "b", "Báo B", "b.example", Scope.DOMESTIC, "VN", "vi", "newspaper",
        feeds=(Feed("https://b.example/", FeedKind.NONE, disabled="no feed known"),),
    )  # fmt: skip
    assert find_unwatched([off]) == (("Báo B", "no feed known"),)


def test_the_command_lists_narrows_and_refuses(
    tmp_path: Path, diembao: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    everything = json.loads(diembao("sources", "--json", home=tmp_path).stdout)
    assert len(everything) > 50
    assert {record["state"] for record in everything} == {"new"}
    assert json.loads(diembao("sources", "--json", "--state", "late", home=tmp_path).stdout) == []
    one = diembao("sources", "vnexpress", home=tmp_path)
    assert "https://vnexpress.net/rss/thoi-su.rss" in one.stdout.replace("\n", "")
    unknown = diembao("sources", "nobody", home=tmp_path)
    assert unknown.returncode == 2
    assert "No source in use has the id nobody." in unknown.stderr

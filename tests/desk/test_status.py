"""How the service stands, for people, programs and machines that watch."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from desk.commands.status import Standing, page_of, record_of
from desk.metrics import make_metrics
from store.jobs import JobRun
from store.tallies import Queue, Tallies
from store.types import Event, EventKind, FeedOutcome, FeedState

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=5)
TALLIES = Tallies(
    articles=120, stories=40, flags=3, findings=2, oldest_notice=EARLIER,
    queues=(Queue("read", 7, EARLIER), Queue("group", 0, None)),
    notices=(("mail", "sent", 12), ("mail", "waiting", 1)),
)  # fmt: skip


def run(*, failed: bool = False, ended: bool = True, detail: str = "collect=4") -> JobRun:
    finished = EARLIER + timedelta(seconds=30) if ended else None
    return JobRun("collect", EARLIER, "service", EARLIER, finished, failed, detail)


def metrics(**more: object) -> dict[tuple[str, tuple[str, ...]], float]:
    """The page as a reader of Prometheus takes it: name and label values to value."""
    given = {"runs": [run()], "feeds": [], "standing": {}} | more
    page = make_metrics(TALLIES, given["runs"], given["feeds"], given["standing"], now=NOW)  # type: ignore[arg-type]
    families = text_string_to_metric_families(page.decode())
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("sample", "value"),
    [
        (("diembao_articles", ()), 120), (("diembao_queue", ("read",)), 7),
        (("diembao_queue_oldest_seconds", ("read",)), 300), (("diembao_queue_oldest_seconds", ("group",)), 0),
        (("diembao_notices", ("mail", "waiting")), 1), (("diembao_notice_oldest_seconds", ()), 300),
        (("diembao_job_seconds", ("collect",)), 30), (("diembao_job_failed", ("collect",)), 0),
    ],
    ids=str,
)  # fmt: skip
def test_a_watcher_reads_what_stands_where(sample: tuple[str, tuple[str, ...]], value: float) -> None:
    assert metrics()[sample] == value


def test_a_source_is_told_by_its_worst_feed_and_its_newest_article() -> None:
    feeds = [
        FeedState("https://a.example/1", "a", FeedOutcome.DEAD, failures=4),
        FeedState("https://a.example/2", "a", FeedOutcome.OK, new_article_at=EARLIER),
    ]
    event = Event("k", EventKind.SOURCE_STATE, NOW, "a", before="ok", after="failing")
    found = metrics(feeds=feeds, standing={"a": event})
    assert found["diembao_feed_failures", ("a",)] == 4
    assert found["diembao_source_new_article_timestamp_seconds", ("a",)] == EARLIER.timestamp()
    assert found["diembao_source_condition", ("failing", "a")] == 1


def test_a_name_with_quotes_and_line_ends_breaks_no_line_of_the_page() -> None:
    feeds = [FeedState("https://a.example/1", 'a"}\n1 x', FeedOutcome.OK)]
    assert metrics(feeds=feeds)["diembao_feed_failures", ('a"}\n1 x',)] == 0


@pytest.mark.parametrize(("failed", "well"), [(False, True), (True, False)], ids=str)
def test_all_is_well_unless_a_jobs_last_run_failed(*, failed: bool, well: bool) -> None:
    standing = Standing(NOW, TALLIES, (run(failed=failed),), ())
    assert standing.is_well is well
    assert json.loads(json.dumps(record_of(standing)))["is_well"] is well


def test_people_see_local_times_and_no_markup_of_a_jobs_words() -> None:
    standing = Standing(NOW, TALLIES, (run(failed=True, detail="[red]OSError[/red]: disk"),), (("late", 2),))
    console = Console(width=100, no_color=True)
    with console.capture() as captured:
        console.print(page_of(standing, ZoneInfo("Asia/Ho_Chi_Minh")))
    shown = captured.get()
    assert "[red]OSError[/red]: disk" in shown
    assert "07:55:00 22/11/2026" in shown
    assert "! late" in shown


def test_a_job_that_runs_now_is_said_to_run() -> None:
    console = Console(width=100, no_color=True)
    with console.capture() as captured:
        console.print(page_of(Standing(NOW, TALLIES, (run(ended=False),), ()), ZoneInfo("UTC")))
    assert "đang chạy" in captured.get()


def test_how_long_ago_the_last_backup_was_made_is_told_to_people_and_watchers() -> None:
    standing = Standing(NOW, TALLIES, (), (), EARLIER)
    console = Console(width=100, file=StringIO())
    with console.capture() as shown:
        console.print(page_of(standing, ZoneInfo("Asia/Ho_Chi_Minh")))
    assert "07:55:00 22/11/2026" in shown.get()
    assert record_of(standing)["backed_up_at"] == EARLIER.isoformat()
    page = make_metrics(TALLIES, [], [], {}, now=NOW, successes={"backup": EARLIER})
    (line,) = [line for line in page.decode().splitlines() if line.startswith("diembao_job_succeeded")]
    assert float(line.split()[1]) == EARLIER.timestamp()

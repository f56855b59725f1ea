"""`diembao status`: how the service stands, once or live."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Group
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from config.settings import load_settings
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words
from desk.house import House, open_house
from desk.keeping import BACKUP
from desk.screen import make_console
from desk.words import t
from store.health import find_standing
from store.jobs import JobRun, last_runs, last_successes
from store.tallies import Tallies, count_everything
from store.types import SourceCondition

app = typer.Typer()
EVERY = 2.0  # seconds between looks of `--watch`
_BAD = frozenset(
    {SourceCondition.LATE, SourceCondition.FAILING, SourceCondition.BLOCKED, SourceCondition.CHANGED}
)
WatchOption = Annotated[bool, typer.Option("--watch", help=t("look again every two seconds, until Ctrl-C"))]


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything stands at `at` (UTC). `sources` counts by condition."""

    at: datetime
    tallies: Tallies
    runs: tuple[JobRun, ...]
    sources: tuple[tuple[str, int], ...]
    backed_up: datetime | None = None  # the last backup that was made

    @property
    def is_well(self) -> bool:
        """Whether no job's last run failed."""
        return not any(run.failed for run in self.runs)


@app.command(help=HELP["status"])
def status(
    *,
    as_json: JsonOption = False,
    watch: WatchOption = False,
) -> None:
    """Example: `diembao status --watch`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        zone = ZoneInfo(house.configuration.rules.timezone)
        found = find_standing_of(house)
        if as_json:
            print(json.dumps(record_of(found), ensure_ascii=False, indent=1))
        elif watch:
            _watch(house, zone)
        else:
            make_console().print(page_of(found, zone))
    if not found.is_well:
        raise typer.Exit(Exit.INCOMPLETE)


def find_standing_of(house: House) -> Standing:
    """Ask the store once."""
    with house.sessions() as session:
        conditions = [event.after for event in find_standing(session).values()]
        counted = tuple(sorted((one, conditions.count(one)) for one in set(conditions)))
        backed_up = last_successes(session).get(BACKUP)
        runs = tuple(last_runs(session))
        return Standing(house.clock(), count_everything(session), runs, counted, backed_up)


def _watch(house: House, zone: ZoneInfo) -> None:
    console = make_console()
    with Live(page_of(find_standing_of(house), zone), console=console, auto_refresh=False) as live:
        try:
            while not house.stopping.wait(EVERY):
                live.update(page_of(find_standing_of(house), zone), refresh=True)
        except KeyboardInterrupt:
            return


def record_of(found: Standing) -> dict[str, Any]:
    """For programs; times as RFC 3339 in UTC."""
    return {
        "at": found.at.isoformat(),
        "is_well": found.is_well,
        "articles": found.tallies.articles,
        "stories": found.tallies.stories,
        "flags": found.tallies.flags,
        "findings": found.tallies.findings,
        "queues": {q.stage: {"waiting": q.waiting, "oldest": _iso(q.oldest)} for q in found.tallies.queues},
        "notices": [{"channel": c, "state": s, "count": n} for c, s, n in found.tallies.notices],
        "jobs": [_run_record(run) for run in found.runs],
        "sources": dict(found.sources),
        "backed_up_at": _iso(found.backed_up),
    }


def _run_record(run: JobRun) -> dict[str, Any]:
    return {
        "job": run.job,
        "started_at": _iso(run.started_at),
        "finished_at": _iso(run.finished_at),
        "failed": run.failed,
        "detail": run.detail,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def page_of(found: Standing, zone: ZoneInfo) -> Group:
    """What there is, the last backup, four small tables; outside text never is markup."""
    tallies = found.tallies
    head = t("{articles} articles · {stories} stories · {flags} to be checked · {at}").format(
        articles=tallies.articles, stories=tallies.stories, flags=tallies.findings, at=_say(found.at, zone)
    )
    jobs = [_job_cells(run, zone) for run in found.runs]
    queues = [(queue.stage, str(queue.waiting), _say(queue.oldest, zone)) for queue in tallies.queues]
    notices = [(channel, state, str(count)) for channel, state, count in tallies.notices]
    sources = [(_mark(condition), str(count)) for condition, count in found.sources]
    backed_up = t("Last backup: {at}").format(at=_say(found.backed_up, zone))
    return Group(
        escape(head),
        escape(backed_up),
        _table(t("Jobs"), (t("Job"), t("Last run"), t("Took"), t("Said")), jobs),
        _table(t("Waiting"), (t("Stage"), t("Waiting"), t("Since")), queues),
        _table(t("Outbox"), (t("Channel"), t("State"), t("Count")), notices),
        _table(t("Sources"), (t("State"), t("Count")), sources),
    )


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left", min_width=60)
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def _job_cells(run: JobRun, zone: ZoneInfo) -> tuple[str, ...]:
    took = f"{(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else t("running")
    said = f"✗ {run.detail}" if run.failed else run.detail
    return run.job, _say(run.started_at, zone), took, said


def _mark(condition: str) -> str:
    return f"! {condition}" if condition in _BAD else condition


def _say(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M:%S %d/%m/%Y") if at else "–"

"""`diembao sources`: how every source is, the worst first; one with its feeds; `--json` for programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from config.settings import load_settings
from crawler.words import localise
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.filters.times import rfc3339
from desk.house import House, open_house
from desk.screen import make_console
from desk.sources import CONDITIONS, FeedView, SourceView, find_sources, find_unwatched
from desk.web.names import NAMES
from desk.words import t
from store.types import SourceCondition

app = typer.Typer()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_BARS = " ▁▂▃▄▅▆▇█"
# rich leaves colours out by itself where NO_COLOR is set or nobody looks; the words say it all
_COLOURS = {
    SourceCondition.BLOCKED: "bold red",
    SourceCondition.FAILING: "bold red",
    SourceCondition.CHANGED: "bold yellow",
    SourceCondition.LATE: "bold yellow",
    SourceCondition.QUIET: "yellow",
    SourceCondition.NEW: "dim",
    SourceCondition.OK: "green",
}


@app.command(help=HELP["sources"])
def sources(
    source: Annotated[str, typer.Argument(help=t("id of a source"))] = "",
    *,
    state: Annotated[SourceCondition | None, typer.Option(help=t("only sources in this state"))] = None,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao sources --state late`, `diembao sources vnexpress`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        views = find_views(house, source, state)
        unwatched = find_unwatched(house.configuration.sources)
    if as_json:
        print(json.dumps([view_record(view) for view in views], ensure_ascii=False, indent=1))
        return
    console = make_console()
    if source:
        console.print(feeds_table(views[0]))
        return
    if not views:
        console.print(t("No source is in that state."))
        return
    console.print(sources_table(views))
    if state is None:
        console.print(t("{count} outlets without a feed in use").format(count=len(unwatched)), style="dim")


def find_views(house: House, source: str, state: SourceCondition | None) -> list[SourceView]:
    """The sources that were asked for.

    Raises:
        typer.Exit: when no source in use has the id.

    """
    with house.sessions() as session:
        views = find_sources(session, house.configuration, now=house.clock())
    found = [
        view
        for view in views
        if (not source or view.source.id == source) and state in {None, view.health.condition}
    ]
    if source and not found:
        stop(
            Exit.USAGE,
            t("No source in use has the id {id}.").format(id=source),
            t("`diembao sources --json` lists the ids."),
        )
    return found


def sources_table(views: list[SourceView]) -> Table:
    """One row a source; outside text never is markup."""
    table = Table(title=t("Sources"))
    for heading in (
        "Source",
        "State",
        "Last look",
        "Last new article",
        "24 h / usual",
        "28 days",
        "In words",
    ):
        table.add_column(t(heading), overflow="fold")
    for view in views:
        table.add_row(*source_cells(view))
    return table


def source_cells(view: SourceView) -> tuple[Text | str, ...]:
    """The cells of one source."""
    health = view.health
    name = f"{view.source.name}\n{view.source.id}" + (f" · {t('priority')}" if view.source.priority else "")
    return (
        escape(name),
        Text(t(CONDITIONS[health.condition]), style=_COLOURS[health.condition]),
        shown(health.last_fetch),
        shown(health.last_article),
        f"{health.actual} / {health.expected:.0f}",
        bars([count for _, count in view.days]),
        escape(localise(health.why, t)),
    )


def feeds_table(view: SourceView) -> Table:
    """One source: its condition as the title, a row for each feed."""
    health = view.health
    said = (view.source.name, t(CONDITIONS[health.condition]), localise(health.why, t))
    table = Table(title=escape(" · ".join(filter(None, said))))
    for heading in ("Address", "State", "Last look", "Last success", "Failures in a row", "In words"):
        table.add_column(t(heading), overflow="fold")
    for feed in view.feeds:
        table.add_row(*feed_cells(feed))
    return table


def feed_cells(view: FeedView) -> tuple[str, ...]:
    """The cells of one feed; a switched-off one says why."""
    state = view.state
    return (
        escape(view.feed.url),
        t(NAMES.outcomes[view.outcome]),
        shown(state.checked_at if state else None),
        shown(state.succeeded_at if state else None),
        str(state.failures or "") if state else "",
        escape(view.off or (localise(state.detail, t) if state else "")),
    )


def shown(moment: datetime | None) -> str:
    """A time as people here read it; a dash for none."""
    return moment.astimezone(ZONE).strftime("%d/%m %H:%M") if moment else "–"


def bars(counts: list[int]) -> str:
    """Counts as a row of bars, the highest as high as it gets."""
    most = max(counts, default=0)
    return "".join(_BARS[-(-count * 8 // most)] if most else " " for count in counts)


def view_record(view: SourceView) -> dict[str, object]:
    """A source for programs: codes in English, times RFC 3339, `days` from the oldest to today."""
    health = view.health
    times = {name: getattr(health, name) for name in ("since", "last_fetch", "last_article")}
    return {
        "source": view.source.id,
        "name": view.source.name,
        "priority": view.source.priority,
        "state": health.condition.value,
        "why": localise(health.why, t),
        **{name: rfc3339(moment) if moment else None for name, moment in times.items()},
        "expected_24h": health.expected,
        "actual_24h": health.actual,
        "days": [count for _, count in view.days],
        "feeds": [feed_record(feed) for feed in view.feeds],
    }


def feed_record(view: FeedView) -> dict[str, str | int | None]:
    """A feed for programs."""
    state = view.state
    return {
        "url": view.feed.url,
        "kind": view.feed.kind.value,
        "state": view.outcome,
        "detail": view.off or (localise(state.detail, t) if state else ""),
        "failures": state.failures if state else 0,
        "checked_at": rfc3339(state.checked_at) if state and state.checked_at else None,
        "succeeded_at": rfc3339(state.succeeded_at) if state and state.succeeded_at else None,
    }

"""`diembao events`: what changed on pages and with sources, as a table for people, `--json` for programs."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from config.settings import load_settings
from desk.changes import EventLine, make_lines, say_detail
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.filters.times import rfc3339
from desk.house import House, open_house
from desk.screen import make_console
from desk.words import t
from store.events import list_events
from store.types import EventKind

app = typer.Typer()
_SPAN = re.compile(r"(\d{1,4})([hd])")
_LONGEST = 160  # characters of a side in the table; `--json` gives all

KindOption = Annotated[
    list[EventKind] | None, typer.Option("--kind", help=t("only this kind; may be repeated"))
]
SinceOption = Annotated[str, typer.Option(help=t("24h, 7d, or a date such as 2026-11-22"))]
LimitOption = Annotated[int, typer.Option(min=1, max=10_000, help=t("at most so many, the newest"))]


@app.command(help=HELP["events"])
def events(
    *,
    kind: KindOption = None,
    since: SinceOption = "7d",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao events --since 24h --kind headline_changed --kind removed`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        start = start_of(since, now=house.clock(), zone=ZoneInfo(house.configuration.rules.timezone))
        if start is None:
            stop(
                Exit.USAGE,
                t("No time that can be read: {words}").format(words=since),
                t("Write 24h, 7d, or a date such as 2026-11-22."),
            )
        lines = find_lines(house, tuple(kind or ()), start, limit)
        zone = ZoneInfo(house.configuration.rules.timezone)
    if as_json:
        print(json.dumps([event_record(line) for line in lines], ensure_ascii=False, indent=1))
    elif not lines:
        print(t("Nothing happened since {when}.").format(when=f"{start.astimezone(zone):%d/%m/%Y %H:%M}"))
    else:
        make_console().print(events_table(lines, zone))


def find_lines(
    house: House, kinds: tuple[EventKind, ...], since: datetime, limit: int
) -> tuple[EventLine, ...]:
    """What happened since a moment (aware), the newest first."""
    with house.sessions() as session:
        return make_lines(session, list_events(session, kinds=kinds, since=since, limit=limit))


def start_of(words: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Words such as "24h", "7d", "2026-11-22" or an RFC 3339 time -> UTC; None when they are none of these.

    A time without a zone is one of the office's.
    """
    span = _SPAN.fullmatch(words.strip())
    if span:
        return now - timedelta(hours=int(span[1]) * (24 if span[2] == "d" else 1))
    try:
        at = datetime.fromisoformat(words.strip())
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: before the calendar begins, or after it ends
        return None


def event_record(line: EventLine) -> dict[str, Any]:
    """One event for programs: exact words, times in UTC."""
    return {
        "kind": line.kind.value,
        "seen_at": rfc3339(line.at),
        "last_seen_before_at": rfc3339(line.last_seen) if line.last_seen else None,
        "source": line.source,
        "outlet": line.outlet,
        "article": line.article or None,
        "from_version": line.from_version or None,
        "to_version": line.to_version or None,
        "title": line.title,
        "url": line.url,
        "before": line.before,
        "after": line.after,
        "detail": line.detail,
    }


def events_table(lines: tuple[EventLine, ...], zone: ZoneInfo) -> Table:
    """When, what, where, and the exact words; outside text never is markup."""
    table = Table(title=t("What changed"), show_lines=True)
    for heading, ratio in ((t("Seen"), 3), (t("What"), 3), (t("Where"), 6), (t("Words"), 9)):
        table.add_column(heading, ratio=ratio)
    for line in lines:
        table.add_row(*(escape(cell) for cell in event_cells(line, zone)))
    return table


def event_cells(line: EventLine, zone: ZoneInfo) -> tuple[str, str, str, str]:
    """The four cells of one event."""
    words = "\n".join(
        f"{sign} {_shorten(side)}" for sign, side in (("−", line.before), ("+", line.after)) if side
    )
    detail = say_detail(line.detail, t)
    shown = f"{words}\n{_shorten(detail)}" if detail and detail not in words else words
    where = "\n".join(part for part in (line.outlet, line.title, line.url) if part)
    return f"{line.at.astimezone(zone):%d/%m %H:%M}", t(line.name), where, shown.strip()


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"

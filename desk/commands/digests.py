"""`diembao digests`: the editions that went out, as a table for people, `--json` for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from alerts.notices import EDITIONS
from config.settings import load_settings
from desk.commands.events import start_of
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.filters.times import rfc3339
from desk.house import open_house
from desk.screen import make_console
from desk.web.pages.digests import KINDS
from desk.words import t
from store.editions import Edition, list_editions

app = typer.Typer()
_MOMENT = timedelta(seconds=1)

SinceOption = Annotated[str, typer.Option(help=t("24h, 7d, or a date such as 2026-11-22"))]


@app.command(help=HELP["digests"])
def digests(*, since: SinceOption = "14d", as_json: JsonOption = False) -> None:
    """Example: `diembao digests --since 30d --json`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        now, zone = house.clock(), ZoneInfo(house.configuration.rules.timezone)
        start = start_of(since, now=now, zone=zone)
        if start is None:
            stop(
                Exit.USAGE,
                t("No time that can be read: {words}").format(words=since),
                t("Write 24h, 7d, or a date such as 2026-11-22."),
            )
        with house.sessions() as session:
            editions = list_editions(session, start=start, end=now + _MOMENT)
    if as_json:
        print(json.dumps([edition_record(one) for one in editions], ensure_ascii=False, indent=1))
    elif not editions:
        print(t("No digest was made since {when}.").format(when=_said(start, zone)))
    else:
        make_console().print(_table(editions, zone))


def edition_record(edition: Edition) -> dict[str, Any]:
    """One edition for programs: times in UTC."""
    return {
        "kind": edition.name.kind,
        "edition": edition.name.edition,
        "day": edition.name.day.isoformat(),
        "made_at": rfc3339(edition.made_at),
        "letters": edition.letters,
        "sent": edition.sent,
        "waiting": edition.waiting,
        "failed": edition.failed,
        "perhaps_sent": edition.perhaps_sent,
    }


def _table(editions: Sequence[Edition], zone: ZoneInfo) -> Table:
    table = Table(title=t("Digests"))
    for heading in (t("Day"), t("Edition"), t("Made")):
        table.add_column(heading)
    for heading in (t("Letters"), t("Arrived"), t("Waiting"), t("Given up")):
        table.add_column(heading, justify="right")
    for one in editions:
        name = f"{t(KINDS[one.name.kind])} · {t(EDITIONS.get(one.name.edition, one.name.edition))}"
        counts = (one.letters, one.sent, one.waiting, one.failed)
        made = _said(one.made_at, zone)
        table.add_row(f"{one.name.day:%d/%m/%Y}", name, made, *(str(count) for count in counts))
    return table


def _said(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M %d/%m/%Y}"

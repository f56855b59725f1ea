"""`diembao backfill`: articles out of WARC files, dated as they were captured."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from config.settings import load_settings
from crawler.archives.backfill import BackfillReport, backfill
from crawler.archives.selection import Selection
from crawler.pool import ExtractionError
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.house import House, make_crawl_settings, open_house
from desk.progress import show_progress
from desk.words import t

app = typer.Typer()
_DAY = ["%Y-%m-%d"]


@app.command(
    name="backfill",
    help=HELP["backfill"],
)
def backfill_command(
    files: Annotated[list[Path], typer.Argument(help=t("WARC files"), exists=True, dir_okay=False)],
    *,
    language: Annotated[str, typer.Option(help=t("only pages in this language: vi, en …"))] = "",
    match: Annotated[
        list[str] | None, typer.Option(help=t("only pages that hold one of these words; may be repeated"))
    ] = None,
    domains: Annotated[
        list[str] | None, typer.Option(help=t("only pages of this host or domain; may be repeated"))
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help=t("captured on this day or later"))
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help=t("captured on this day or earlier"))
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help=t("processes for extraction"))] = 2,
    as_json: Annotated[bool, typer.Option("--json", help=t("as JSON"))] = False,
) -> None:
    """Example: `diembao backfill CC-NEWS-*.warc.gz --language vi --match 'Gia Lai' --match Pleiku`."""
    selection = Selection(
        language=language.lower(),
        words=tuple(match or ()),
        domains=tuple(domain.lower().removeprefix("www.") for domain in domains or ()),
        since=_midnight(since),
        until=_midnight(_day_after(until)) if until else None,
    )
    with faults_in_words(t), open_house(load_settings()) as house:
        report = _run(house, files, selection, jobs)
    say_backfilled(report, as_json=as_json)
    if report.damaged or report.unreadable:
        raise typer.Exit(Exit.INCOMPLETE)


def _day_after(day: datetime) -> datetime | None:
    """The next day; None where the calendar ends, which is no limit."""
    return day + timedelta(days=1) if day.date() < date.max else None


def _midnight(day: datetime | None) -> datetime | None:
    """The beginning of a day as the office counts days."""
    return day.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")) if day else None


def _run(house: House, files: list[Path], selection: Selection, jobs: int) -> BackfillReport:
    try:
        with show_progress({"backfill": t("Reading archives")}) as progress:
            return backfill(
                files,
                house.configuration.sources,
                house.sessions,
                house.archive,
                replace(make_crawl_settings(house), processes=jobs),
                selection=selection,
                marks=house.settings.home / "backfill",
                now=house.clock(),
                progress=progress,
            )
    except ExtractionError as fault:
        stop(Exit.INCOMPLETE, str(fault), t("Run again: what was collected is kept."))


def why_names() -> dict[str, str]:
    """Why records give no page, in people's words."""
    return {
        "damaged": t("damaged"),
        "without a date": t("without a date"),
        "cut short when it was captured": t("cut short when it was captured"),
        "another status than 200": t("another status than 200"),
        "not HTML": t("not HTML"),
        "too big": t("too big"),
        "left out by the filters": t("left out by the filters"),
    }


def note_words() -> dict[str, str]:
    """What is said of whole files, in people's words."""
    return {
        "read to its end before": t("read to its end before"),
        "an empty file": t("an empty file"),
        "an ARC file, the older format: convert it to WARC first (`warcio recompress`)": t(
            "an ARC file, the older format: convert it to WARC first (`warcio recompress`)"
        ),
        "not a WARC file, or damaged from its beginning on": t(
            "not a WARC file, or damaged from its beginning on"
        ),
    }


def say_backfilled(report: BackfillReport, *, as_json: bool) -> None:
    """What came of it: counts on standard output, what was left out on standard error."""
    if as_json:
        print(json.dumps(_record(report), ensure_ascii=False, indent=1))
        return
    words = t(
        "{records} records read, {pages} pages looked at: {new} new articles, {versions} new versions, "
        "{known} known already, {older} older than what is stored, {refused} without an article"
    )
    print(
        words.format(
            records=report.records,
            pages=report.pages,
            new=report.articles_new,
            versions=report.versions_new,
            known=report.known,
            older=report.older,
            refused=report.refused,
        )
    )
    for why, count in report.left_out.most_common():
        print(f"  {why_names()[why]}: {count}", file=sys.stderr)
    for name, note in report.notes:
        print(f"  {name}: {note_words().get(note, note)}", file=sys.stderr)


def _record(report: BackfillReport) -> dict[str, object]:
    names = (
        "records",
        "pages",
        "articles_new",
        "versions_new",
        "known",
        "older",
        "refused",
        "damaged",
        "unreadable",
    )
    return {
        **{name: getattr(report, name) for name in names},
        "left_out": dict(report.left_out),
        "notes": [{"file": name, "note": note} for name, note in report.notes],
        "seconds": round(report.seconds, 2),
    }

"""`diembao ingest` and `diembao export`: material in, exactly what is stored out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from desk.commands.filtering import say_of_line
from desk.commands.help import HELP
from desk.commands.reviews_out import export_reviews
from desk.exits import Exit, faults_in_words, require_place, stop
from desk.export import Format, What, export
from desk.house import open_house
from desk.ingest import IngestReport, ingest
from desk.words import t

app = typer.Typer()


@app.command(
    name="ingest",
    help=HELP["ingest"],
)
def ingest_command(
    file: Annotated[Path, typer.Argument(help=t("JSON Lines"), exists=True, dir_okay=False)],
) -> None:
    """Example: `diembao ingest articles.jsonl && diembao cycle --only read`."""
    with faults_in_words(t), open_house(load_settings()) as house, file.open("rb") as lines:
        report = ingest(lines, house.sessions, house.configuration.sources, now=house.clock())
        say_ingested(report)
    if report.bad:
        raise typer.Exit(Exit.INCOMPLETE)


def say_ingested(report: IngestReport) -> None:
    """What came of it, and every bad line (the first twenty in full)."""
    words = t("{new} new articles, {versions} new versions, {unchanged} known already, {bad} bad lines")
    print(
        words.format(
            new=report.new, versions=report.versions, unchanged=report.unchanged, bad=len(report.bad)
        )
    )
    said = report.bad + report.notes
    for number, note in said[:20]:
        print(say_of_line(number, note), file=sys.stderr)
    if len(said) > 20:
        print(t("… and {count} more").format(count=len(said) - 20), file=sys.stderr)


@app.command(
    name="export",
    help=HELP["export"],
)
def export_command(
    what: What,
    *,
    form: Annotated[
        Format, typer.Option("--format", help=t("jsonl or csv; geojson for places"))
    ] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=t("a file instead of standard output"))
    ] = None,
    page: Annotated[
        str, typer.Option(help=t("claimreview: the address of the page where the office publishes them"))
    ] = "",
) -> None:
    """Example: `diembao export flags --format csv -o flags.csv`, `… places --format geojson`."""
    if form is Format.GEOJSON and what is not What.PLACES:
        stop(
            Exit.USAGE,
            t("Only places can be written as GeoJSON."),
            t("Run: diembao export places --format geojson"),
        )
    require_place(output, t)
    if what is What.CLAIMREVIEW:
        export_reviews(output, page)
        return
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        gazetteer = house.configuration.gazetteer
        if output is None:
            written = export(session, what, form, sys.stdout.buffer, gazetteer=gazetteer)
        else:
            with output.open("wb") as out:
                written = export(session, what, form, out, gazetteer=gazetteer)
    print(t("{count} records written").format(count=written), file=sys.stderr)

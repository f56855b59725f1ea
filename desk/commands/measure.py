"""`diembao measure`: what reading scores on labelled data, beside the floors; below one is exit code 5."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from config.load import load
from config.settings import load_settings
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words
from desk.screen import make_console
from desk.words import t
from nlp import measure as measure_reading
from nlp import (
    measure_answers,
    measure_border,
    measure_claims,
    measure_stories,
    measure_summaries,
    measure_verdicts,
    planted_measure,
)
from nlp.read import make_knowledge, read
from nlp.trained import load_models
from store.types import Configuration

app = typer.Typer()
DATA = Path("../shared/data")


@dataclass(frozen=True, slots=True)
class Row:
    """One score of one part of reading; None where it was not measured, or has no floor."""

    part: str
    score: str
    floor: float | None
    tuned_on: float | None  # half A
    unseen: float | None  # half B
    sure: float | None  # of B, the labels without doubt

    @property
    def is_below(self) -> bool:
        """Whether the unseen half scores under the floor."""
        return self.floor is not None and self.unseen is not None and self.unseen < self.floor


@app.command(
    name="measure",
    help=HELP["measure"],
)
def measure_command(
    data: Annotated[
        Path | None,
        typer.Argument(
            help=t("The folder with the labelled data; without it only the floors are shown."),
            exists=True,
            file_okay=False,
        ),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao measure ../shared/data --json`."""
    with faults_in_words(t):
        settings = load_settings()
        folder = data or DATA
        found = (folder / "gold").is_dir()
        rows = find_rows(folder if found else None, load(settings.config), settings.models)
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        if not found:
            print(t("No labelled data at {folder}: only the floors are shown.").format(folder=folder))
        make_console().print(_table(rows))
    if any(row.is_below for row in rows):
        raise typer.Exit(Exit.INCOMPLETE)


def find_rows(data: Path | None, configuration: Configuration, models: Path | None) -> list[Row]:
    """Every floor and, where there is data, every score; those with a floor first."""

    def reading(folder: Path) -> dict[str, dict[str, float]]:
        return measure_reading.measure(
            folder,
            gazetteer=configuration.gazetteer,
            topics=configuration.topics,
            models=load_models(models),
        )

    def border(folder: Path) -> dict[str, dict[str, float]]:
        knowledge = make_knowledge(configuration.gazetteer, configuration.topics, load_models(models))
        return measure_border.measure(folder, lambda article: read(article, knowledge))

    def planted(folder: Path) -> dict[str, dict[str, float]]:
        return planted_measure.measure(
            folder,
            gazetteer=configuration.gazetteer,
            topics=configuration.topics,
            sources=configuration.sources,
        )

    parts: dict[str, tuple[Mapping[str, float], Callable[[Path], dict[str, dict[str, float]]]]] = {
        "reading": (measure_reading.load_floors(), reading),
        "border": (measure_border.load_floors(), border),
        "stories": (measure_stories.load_floors(), lambda folder: {"B": measure_stories.measure(folder)}),
        "summaries": (measure_summaries.load_floors(), measure_summaries.measure),
        "claims": (measure_claims.load_floors(), lambda folder: {"B": measure_claims.measure(folder)}),
        "verdicts": (measure_verdicts.load_floors(), measure_verdicts.measure),
        "answers": (measure_answers.load_floors(), measure_answers.measure),
        "planted": (planted_measure.load_floors(), planted),
    }
    return [
        row for part, (floors, of) in parts.items() for row in _rows(part, floors, of(data) if data else {})
    ]


def _rows(part: str, floors: Mapping[str, float], scores: Mapping[str, Mapping[str, float]]) -> list[Row]:
    names = dict.fromkeys((*floors, *(name for half in scores.values() for name in half)))
    return [
        Row(
            part,
            name,
            floors.get(name),
            scores.get("A", {}).get(name),
            scores.get("B", {}).get(name),
            scores.get("sure", {}).get(name),
        )
        for name in names
    ]


def _table(rows: list[Row]) -> Table:
    table = Table()
    for heading in ("", t("score"), t("floor"), t("half A"), t("half B (unseen)"), t("B, the undoubted"), ""):
        table.add_column(heading, justify="left" if heading in {"", t("score")} else "right")
    for row in rows:
        figures = (_figure(value) for value in (row.floor, row.tuned_on, row.unseen, row.sure))
        table.add_row(row.part, row.score, *figures, t("below its floor") if row.is_below else "")
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

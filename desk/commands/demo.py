"""`diembao demo`: shows everything on the practice press and ends with the desk running."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from desk.commands.cycle import say_cycle, stage_names
from desk.commands.help import HELP
from desk.commands.listings import flags_table
from desk.commands.serve import open_door, serve_desk
from desk.demo import DemoResult, NotOurFolderError, open_demo, run_demo
from desk.exits import Exit, faults_in_words, stop
from desk.progress import show_progress
from desk.screen import make_console
from desk.words import t

app = typer.Typer()
SHOWN = 8  # flags in the table; the rest by command


@app.command(help=HELP["demo"])
def demo(
    *,
    folder: Annotated[Path, typer.Option(help=t("where everything is put"))] = Path("var/demo"),
    no_serve: Annotated[bool, typer.Option("--no-serve", help=t("end without the desk"))] = False,
) -> None:
    """Example: `diembao demo --no-serve`."""
    with faults_in_words(t):
        try:
            with open_demo(folder.absolute(), language=load_settings().language) as house:
                with show_progress(stage_names()) as progress:
                    result = run_demo(house, progress)
                say_demo(result)
                if not no_serve:
                    settings = house.settings
                    with open_door(settings.desk_host, settings.desk_port, or_any=True) as door:
                        serve_desk(house, door)
        except NotOurFolderError as fault:
            stop(
                Exit.USAGE,
                t("{folder} holds something that no demo put there.").format(folder=fault),
                t("Choose another folder with --folder."),
            )


def say_demo(result: DemoResult) -> None:
    """What was made, the flagged claims with their evidence, and what to do next."""
    console, folder = make_console(), as_typed(result.folder)
    say_cycle(result.cycle)
    console.print(flags_table(result.findings[:SHOWN]))
    if len(result.findings) > SHOWN:
        command = f"DIEMBAO_HOME={folder} {sys.argv[0]} flags"
        words = t("… and {count} more: {command}").format(count=len(result.findings) - SHOWN, command=command)
        console.print(words, markup=False, soft_wrap=True)
    sentences = sum(len(finding.sides) for finding in result.findings)
    findings = t("{count} (in {sentences} sentences)").format(count=len(result.findings), sentences=sentences)
    lines = (
        (t("Stories"), str(result.stories)),
        (t("Claims that need checking"), findings),
        (t("Digest e-mails"), f"{folder / 'mail'} ({len(result.letters)})"),
        (t("Briefing pack"), str(as_typed(result.pack))),
        (t("Database"), str(folder / "diembao.sqlite3")),
        (t("Captures"), str(folder / "archive")),
    )
    for name, value in lines:
        console.print(f"{name + ':':<26}{value}", markup=False, soft_wrap=True)
    console.print(t("Next: open the pack, read a letter, or look at the desk."), markup=False)


def as_typed(path: Path) -> Path:
    """A path as people type it where they are: from the present folder on, where it lies in that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

"""`diembao group`: articles in order of time in, stories and copies out."""

from __future__ import annotations

import typer

from desk.commands.filtering import FileArgument, filter_file
from desk.commands.help import HELP
from desk.exits import faults_in_words
from desk.filters.group import make
from desk.filters.pool import Work
from desk.words import t

app = typer.Typer()


@app.command(help=HELP["group"])
def group(file: FileArgument = None) -> None:
    """Example: `diembao group articles.jsonl`."""
    with faults_in_words(t):
        filter_file(Work(make), file, 1)

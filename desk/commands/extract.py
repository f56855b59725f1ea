"""`diembao extract`: pages in, articles out."""

from __future__ import annotations

import typer

from desk.commands.filtering import FileArgument, ProcessesOption, filter_file
from desk.commands.help import HELP
from desk.exits import faults_in_words
from desk.filters.extract import make
from desk.filters.pool import Work
from desk.words import t

app = typer.Typer()


@app.command(help=HELP["extract"])
def extract(file: FileArgument = None, *, processes: ProcessesOption = 0) -> None:
    """Example: `diembao extract pages.jsonl > articles.jsonl`."""
    with faults_in_words(t):
        filter_file(Work(make), file, processes)

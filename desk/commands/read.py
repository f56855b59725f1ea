"""`diembao read`: articles in, readings out."""

from __future__ import annotations

import typer

from config.settings import load_settings
from desk.commands.filtering import FileArgument, ProcessesOption, filter_file
from desk.commands.help import HELP
from desk.exits import faults_in_words
from desk.filters.pool import Work
from desk.filters.read import ReadWork
from desk.words import t

app = typer.Typer()


@app.command(help=HELP["read"])
def read(file: FileArgument = None, *, processes: ProcessesOption = 0) -> None:
    """Example: `diembao read articles.jsonl | jq .relevance`."""
    with faults_in_words(t):
        settings = load_settings()
        filter_file(Work(ReadWork(settings.config, settings.models)), file, processes)

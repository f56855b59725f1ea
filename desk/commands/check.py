"""`diembao check`: a claim and passages in, a proposal out; people decide."""

from __future__ import annotations

import typer

from config.settings import load_settings
from desk.commands.filtering import FileArgument, ProcessesOption, filter_file
from desk.exits import faults_in_words
from desk.filters.check import CheckWork
from desk.filters.pool import Work
from desk.words import t

app = typer.Typer()


@app.command(help=t("A claim and passages to a proposal: {id, claim, evidence: [{id, text}]} a line."))
def check(file: FileArgument = None, *, processes: ProcessesOption = 0) -> None:
    """Example: `diembao check claims.jsonl`."""
    with faults_in_words(t):
        filter_file(Work(CheckWork(load_settings().nli_folder)), file, processes)

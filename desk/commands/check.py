"""`diembao check`: a claim and passages in, a proposal out; people decide."""

from __future__ import annotations

import typer

from desk.commands.filtering import FileArgument, ProcessesOption, filter_file
from desk.exits import faults_in_words
from desk.filters.check import make
from desk.filters.pool import Work
from desk.words import t

app = typer.Typer()


@app.command(help=t("A claim and passages to a proposal: {id, claim, evidence: [{id, text}]} a line."))
def check(file: FileArgument = None, *, processes: ProcessesOption = 0) -> None:
    """Example: `diembao check claims.jsonl`."""
    with faults_in_words(t):
        filter_file(Work(make), file, processes)

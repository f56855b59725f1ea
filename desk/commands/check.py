"""`diembao check`: a claim in, with passages or looked up in the library, a proposal out; people decide."""

from __future__ import annotations

import typer

from config.settings import load_settings
from desk.commands.filtering import FileArgument, ProcessesOption, filter_file
from desk.commands.help import HELP
from desk.exits import faults_in_words
from desk.filters.check import OFFICE, CheckWork
from desk.filters.pool import Work
from desk.house import utc_now
from desk.words import t

app = typer.Typer()


@app.command(help=HELP["check"])
def check(file: FileArgument = None, *, processes: ProcessesOption = 0) -> None:
    """Example: `diembao check claims.jsonl`."""
    with faults_in_words(t):
        settings = load_settings()
        today = utc_now().astimezone(OFFICE).date()
        work = CheckWork(settings.nli_folder, settings.database_address(), today, settings.config)
        filter_file(Work(work), file, processes)

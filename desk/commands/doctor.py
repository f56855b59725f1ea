"""`diembao doctor`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from config.settings import load_settings
from desk.commands.help import HELP
from desk.doctor import examine
from desk.exits import Exit, faults_in_words
from desk.findings import Finding, State
from desk.house import utc_now
from desk.screen import make_console
from desk.words import t

app = typer.Typer()
MARKS = {State.OK: "[green]✓[/]", State.NOTE: "[yellow]•[/]", State.FAULT: "[red]✗[/]"}


@app.command(help=HELP["doctor"])
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help=t("as JSON"))] = False) -> None:
    """Example: `diembao doctor`. Exit code 5 when something is at fault."""
    with faults_in_words(t):
        findings = examine(load_settings(), now=utc_now(), t=t)
    if as_json:
        print(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=1))
    else:
        say_findings(findings)
    if any(f.state is State.FAULT for f in findings):
        raise typer.Exit(Exit.INCOMPLETE)


def say_findings(findings: tuple[Finding, ...]) -> None:
    """A table; what to do stands under what was found."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        words = f"{finding.words}\n→ {finding.do}" if finding.do else finding.words
        table.add_row(MARKS[finding.state], finding.name, words)
    make_console().print(table)

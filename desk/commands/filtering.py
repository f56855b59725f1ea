"""What the four filters share on the command line: a file or standard input, processes, the tally."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from desk.filters.pool import Work
from desk.filters.run import run_filter
from desk.words import t
from store.types import Note

FileArgument = Annotated[
    Path | None,
    typer.Argument(help=t("JSON Lines; standard input when left out"), exists=True, dir_okay=False),
]
ProcessesOption = Annotated[
    int, typer.Option(min=0, help=t("how many processes; 0: as many as there are processors, two at most"))
]


def filter_file(work: Work, file: Path | None, processes: int) -> None:
    """Run the filter over a file or standard input; bad lines are told on standard error."""
    with file.open("rb") if file else sys.stdin.buffer as lines:
        tally = run_filter(work, lines, sys.stdout.buffer, processes=processes_of(processes))
    if tally.first_bad:
        words = t("{bad} of {all} lines could not be used; the first: {first}")
        first = say_of_line(*tally.first_bad)
        print(words.format(bad=tally.bad, all=tally.bad + tally.good, first=first), file=sys.stderr)


def say_of_line(number: int, note: Note) -> str:
    """What is wrong with a line of a file, in words."""
    said = t(note.msgid).format(**dict(note.values))
    return t("line {number}: {said}").format(number=number, said=said)


def processes_of(wanted: int) -> int:
    """What was asked for; else one a processor, two at most: more gains nothing on a small machine."""
    return wanted or min(2, os.cpu_count() or 1)

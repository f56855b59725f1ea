"""`diembao pack`: one briefing pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alerts.run import UnknownStoriesError
from config.settings import load_settings
from desk.brief import make_pack
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, require_place, stop
from desk.house import open_house
from desk.words import t

app = typer.Typer()


@app.command(help=HELP["pack"])
def pack(
    stories: Annotated[list[str] | None, typer.Argument(help=t("story ids"))] = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help=t("the file"))] = Path("briefing-pack.docx"),
) -> None:
    """Example: `diembao pack -o pack.docx`."""
    require_place(output, t)
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        try:
            made = make_pack(house, session, stories or (), now=house.clock())
        except UnknownStoriesError as fault:
            words = t("There is no story {ids}.").format(ids=", ".join(fault.ids))
            stop(Exit.USAGE, words, t("The ids stand in `diembao export stories`."))
        output.write_bytes(made)
    print(output)

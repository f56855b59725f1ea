"""`diembao flags`: a table for people, `--json` for programs."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from config.settings import load_settings
from desk.exits import Exit, faults_in_words, stop
from desk.export import flag_record
from desk.house import open_house
from desk.screen import make_console
from desk.words import t
from store.claims import FlaggedClaim, list_flags
from store.search import QueryError, parse
from store.types import Stance

app = typer.Typer()
JsonOption = Annotated[bool, typer.Option("--json", help=t("as JSON"))]


@app.command(help=t("The flagged claims with their evidence."))
def flags(
    query: Annotated[str, typer.Argument(help=t("a search, as on the desk"))] = "",
    *,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao flags 'topic:T12 after:2026-11-01'`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        try:
            found = list_flags(session, parse(query))
        except QueryError as fault:
            stop(
                Exit.USAGE, f"{query}\n{' ' * fault.position}^ {fault}", t("Change the search and run again.")
            )
    if as_json:
        print(json.dumps([flag_record(f) for f in found], ensure_ascii=False, indent=1))
    else:
        make_console().print(flags_table(found))


def flags_table(found: list[FlaggedClaim]) -> Table:
    """Claim, what speaks for and against it, and why it was flagged; outside text never is markup."""
    table = Table(title=t("Claims that need checking"), show_lines=True)
    for heading, ratio in ((t("Claim"), 5), (t("Evidence"), 7), (t("Why"), 4)):
        table.add_column(heading, ratio=ratio)
    for item in found:
        table.add_row(*(escape(cell) for cell in flag_cells(item)))
    return table


def flag_cells(item: FlaggedClaim) -> tuple[str, str, str]:
    """The three cells of one flag; a verdict, if a person set one, stands under the reasons."""
    flag, article = item.flag.value, item.item.article
    signs = {Stance.FOR: "+", Stance.AGAINST: "−", Stance.CONTEXT: "·"}
    evidence = "\n".join(f"{signs[e.stance]} {e.publisher}: “{e.text}”" for e in flag.evidence)
    verdict = item.reviews[0].verdict.value if item.reviews else t("needs checking")
    claim = f"{article.outlet_name}: “{flag.claim.text}”"
    return claim, evidence, "\n".join((*flag.because, f"→ {verdict}"))

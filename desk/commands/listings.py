"""`diembao flags`: a table for people, `--json` for programs."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from config.settings import load_settings
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.export import flag_record
from desk.house import open_house
from desk.screen import make_console
from desk.web.names import Names
from desk.words import t
from nlp.checks.registry import CHECKS
from store.claims import FlaggedClaim, count_flags, list_flags
from store.search import QueryError, parse
from store.types import Stance

app = typer.Typer()
MOST = 10_000  # flags on a page, and pages
_SIGNS = {Stance.FOR: "+", Stance.AGAINST: "−", Stance.CONTEXT: "·"}
_COLOURS = {Stance.FOR: "green", Stance.AGAINST: "red", Stance.CONTEXT: ""}
JsonOption = Annotated[bool, typer.Option("--json", help=t("as JSON"))]


@app.command(help=HELP["flags"])
def flags(
    query: Annotated[str, typer.Argument(help=t("a search, as on the desk"))] = "",
    *,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help=t("at most so many"))] = 50,
    page: Annotated[int, typer.Option(min=1, max=MOST, help=t("the first, the second, …"))] = 1,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao flags 'topic:T12 after:2026-11-01' --page 2`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        try:
            asked = parse(query)
            found = list_flags(session, asked, limit=limit, offset=(page - 1) * limit)
            total = count_flags(session, asked)
        except QueryError as fault:
            stop(
                Exit.USAGE, f"{query}\n{' ' * fault.position}^ {fault}", t("Change the search and run again.")
            )
    if as_json:
        print(json.dumps([flag_record(f) for f in found], ensure_ascii=False, indent=1))
    elif not found:
        print(
            t("No sentence needs checking here.")
            if not total
            else t("There is no page {page}.").format(page=page)
        )
    else:
        make_console().print(flags_table(found))
        print(
            t("{shown} of {total}. `diembao explain NUMBER` tells one in full.").format(
                shown=len(found), total=total
            )
        )


def flags_table(found: list[FlaggedClaim]) -> Table:
    """Number, claim, what speaks for and against it, and why it was flagged; outside text is no markup."""
    table = Table(title=t("Claims that need checking"), show_lines=True)
    table.add_column("№", justify="right", no_wrap=True)
    for heading, ratio in ((t("Claim"), 5), (t("Evidence"), 7), (t("Why"), 4)):
        table.add_column(heading, ratio=ratio)
    for item in found:
        table.add_row(str(item.flag.number), *flag_cells(item))
    return table


def flag_cells(item: FlaggedClaim) -> tuple[Text, Text, Text]:
    """The cells of one flag; a verdict, if a person set one, stands under the reasons.

    A sign stands before each colour, so that nothing is lost where NO_COLOR is set.
    """
    flag, article = item.flag.value, item.item.article
    evidence = Text("\n").join(
        Text(f"{_SIGNS[e.stance]} {e.publisher}: “{e.text}”", style=_COLOURS[e.stance]) for e in flag.evidence
    )
    said = next((t(check.en) for check in CHECKS if check.name == flag.check), flag.check)
    verdict = t(Names().verdicts[item.reviews[0].verdict]) if item.reviews else t("needs checking")
    claim = Text(f"{article.outlet_name}: “{flag.claim.text}”")
    return claim, evidence, Text("\n".join((f"{said}.", *flag.because, f"→ {verdict}")))

"""`diembao flags`: a table for people, `--json` for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from store.claims import Finding, FlaggedClaim, count_findings, list_findings
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
            found = list_findings(session, asked, limit=limit, offset=(page - 1) * limit)
            total = count_findings(session, asked)
        except QueryError as fault:
            said = t(fault.template).format(**fault.values)
            stop(
                Exit.USAGE, f"{query}\n{' ' * fault.position}^ {said}", t("Change the search and run again.")
            )
    if as_json:
        print(
            json.dumps(
                [flag_record(side) for finding in found for side in finding.sides],
                ensure_ascii=False,
                indent=1,
            )
        )
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


def flags_table(found: Sequence[Finding]) -> Table:
    """Number, claim, what speaks for and against it, and why it was flagged; outside text is no markup.

    A difference is one row with all its sides, each under the number of its own flag.
    """
    table = Table(title=t("Claims that need checking"), show_lines=True)
    table.add_column("№", justify="right", no_wrap=True)
    for heading, ratio in ((t("Claim"), 5), (t("Evidence"), 7), (t("Why"), 4)):
        table.add_column(heading, ratio=ratio)
    for finding in found:
        numbers = "\n".join(str(side.flag.number) for side in finding.sides)
        table.add_row(numbers, *finding_cells(finding))
    return table


def finding_cells(finding: Finding) -> tuple[Text, Text, Text]:
    """The cells of one finding; verdicts, if people set some, stand under the reasons, one for each side.

    A sign stands before each colour, so that nothing is lost where NO_COLOR is set.
    """
    flag = finding.sides[0].flag.value
    is_difference = len(finding.sides) > 1
    own = {side.flag.value.claim.text for side in finding.sides} if is_difference else set()
    cited = (e for side in finding.sides for e in side.flag.value.evidence if e.text not in own)
    evidence = {f"{_SIGNS[e.stance]} {e.publisher}: “{e.text}”": _COLOURS[e.stance] for e in cited}
    said = next((t(check.en) for check in CHECKS if check.name == flag.check), flag.check)
    claims = Text("\n").join(_side_cell(side, is_difference=is_difference) for side in finding.sides)
    verdicts = (
        f"→ {_mark(side, is_difference=is_difference)}{_verdict_in_words(side)}" for side in finding.sides
    )
    return (
        claims,
        Text("\n").join(Text(words, style=style) for words, style in evidence.items()),
        Text("\n".join((f"{said}.", *flag.because, *verdicts))),
    )


def _side_cell(side: FlaggedClaim, *, is_difference: bool) -> Text:
    article, claim = side.item.article, side.flag.value.claim
    return Text(f"{_mark(side, is_difference=is_difference)}{article.outlet_name}: “{claim.text}”")


def _mark(side: FlaggedClaim, *, is_difference: bool) -> str:
    """Which of several sides it is: its number."""
    return f"[{side.flag.number}] " if is_difference else ""


def _verdict_in_words(side: FlaggedClaim) -> str:
    return t(Names().verdicts[side.reviews[0].verdict]) if side.reviews else t("needs checking")

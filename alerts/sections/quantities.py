"""The figures sheet: what each outlet says of the same quantity. Says who differs, not who is right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from alerts.edition import Citation
from alerts.sections.stories import make_citation
from store.types import Quantity, Story, StoryMember


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One outlet's figure: as written, with the exact sentence it stands in."""

    cited: Citation
    figure: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One quantity in one story. `is_disputed` when at least two of its figures cannot both hold."""

    story: str
    headline: str
    thing: str  # what is counted, folded, as the reader gave it
    unit: str
    cells: tuple[FigureCell, ...]
    is_disputed: bool


def _disagree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures cannot both hold: "about 50" beside "45 to 60" can."""
    low, high = _range(one)
    other_low, other_high = _range(other)
    return high < other_low or other_high < low


def _range(quantity: Quantity) -> tuple[float, float]:
    """What a figure allows. A bare "about 50" is read as 5 in 100 either way (ours, not measured)."""
    if quantity.certainty == "at_least":
        return quantity.low, float("inf")
    if quantity.certainty == "at_most":
        return float("-inf"), quantity.high
    is_bare = quantity.certainty == "about" and quantity.low == quantity.high
    slack = 0.05 * abs(quantity.high) if is_bare else 0.0
    return quantity.low - slack, quantity.high + slack


def _cell(member: StoryMember, quantity: Quantity, sentence: str) -> tuple[Quantity, FigureCell]:
    return quantity, FigureCell(make_citation(member.item), quantity.text, sentence)


def _is_same(row: list[tuple[Quantity, FigureCell]], outlet: str, quantity: Quantity) -> bool:
    """Whether the row has this outlet with this figure already."""
    return any(c.cited.outlet == outlet and (q.low, q.high) == (quantity.low, quantity.high) for q, c in row)


def compare_figures(story: Story) -> tuple[FigureRow, ...]:
    """The quantities that at least two outlets of a story give in words of their own; disputed ones first.

    Copies are left out: a figure does not become truer by being reprinted.
    """
    rows: dict[tuple[str, str], list[tuple[Quantity, FigureCell]]] = defaultdict(list)
    for member in story.originals:
        for claim in member.item.reading.claims:
            for quantity in claim.quantities:
                row = rows[(quantity.thing, quantity.unit)]
                if quantity.thing and not _is_same(row, make_citation(member.item).outlet, quantity):
                    row.append(_cell(member, quantity, claim.text))
    found = [
        FigureRow(
            story=story.id,
            headline=story.first.article.title,
            thing=thing,
            unit=unit,
            cells=tuple(cell for _, cell in row),
            is_disputed=any(_disagree(a, b) for (a, _), (b, _) in combinations(row, 2)),
        )
        for (thing, unit), row in rows.items()
        if len({cell.cited.outlet for _, cell in row}) > 1
    ]
    return tuple(sorted(found, key=lambda row: not row.is_disputed))

"""Rows of a table -> passages that read as sentences with their headings. Pure.

"Dân số, 2024: 3.560.000 người; 2025: 3.583.693 người" for a row under "Chỉ tiêu | ĐVT | 2024 | 2025".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.documents.headings import Column, Part, Row, make_columns, split_rows
from crawler.documents.numbers import MISSING, is_numeric, is_overflowing, is_year
from crawler.documents.parsed import make_note
from crawler.documents.prose import LONGEST, clean
from store.types import DocumentPassage, Figure, Note

_SEEN = 200  # rows that decide what part a column plays
_LONGEST_ROW = LONGEST * 3


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells as text, from the top; `sheet` names it, `first_row` is its first row's number."""

    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""
    first_row: int = 1
    page: int = 0


def table_passages(table: Table) -> tuple[list[DocumentPassage], tuple[Note, ...]]:
    """A table -> a passage for its captions and one for each row that says something, and notes."""
    rows = [tuple(clean(cell).replace("\n", " ") for cell in row) for row in table.rows]
    captions, headings, start = split_rows(rows)
    columns = make_columns(headings, rows[start : start + _SEEN], captions)
    context = next((caption for caption in captions if len(caption) > 3), "")
    passages: list[DocumentPassage] = []
    if captions:
        above = " – ".join(captions)[:LONGEST]
        passages.append(DocumentPassage(above, table.page, table.sheet, f"A{table.first_row}"))
    strange = []
    for offset, row in enumerate(rows[start:], start):
        if any(is_overflowing(cell) for cell in row):
            strange.append(str(table.first_row + offset))
        found = _row_passage(row, columns, context)
        if found is not None:
            cell = cell_range(row, table.first_row + offset)
            passages.append(DocumentPassage(found[0], table.page, table.sheet, cell, found[1]))
    return passages, _overflow_notes(table.sheet, strange)


def cell_range(row: Row, number: int) -> str:
    """Where the filled cells of a row stand: "A5:D5"."""
    filled = [index for index, cell in enumerate(row) if cell]
    first, last = f"{letters(filled[0])}{number}", f"{letters(filled[-1])}{number}"
    return first if first == last else f"{first}:{last}"


def letters(index: int) -> str:
    """A column's letters: 0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _row_passage(row: Row, columns: Sequence[Column], context: str) -> tuple[str, tuple[Figure, ...]] | None:
    label = ", ".join(_labels(row, columns))
    values = list(_values(row, columns))
    if not values:
        return (label[:_LONGEST_ROW], ()) if label else None
    said = "; ".join(f"{heading}: {value}" if heading else value for heading, value in values)
    only = values[0][0] if len(values) == 1 or label else ""
    joined = f"{label}, {said}" if label and only else f"{label}: {said}" if label else said
    figures = tuple(
        Figure(" | ".join(part for part in (context, label, heading) if part), value)
        for heading, value in values
        if is_numeric(value) and value not in MISSING
    )
    return joined[:_LONGEST_ROW], figures


def _labels(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    for part in (Part.LABEL, Part.PERIOD):
        for cell, column in zip(row, columns, strict=False):
            if column.part is not part or not cell:
                continue
            plain = not column.heading or cell.casefold().startswith(column.heading.casefold())
            spoken = cell if plain or (part is Part.PERIOD and is_year(cell)) else f"{column.heading} {cell}"
            yield spoken


def _values(row: Row, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Heading and figure with its unit, for each column of figures."""
    own = next((c for c, column in zip(row, columns, strict=False) if column.part is Part.UNIT), "")
    for cell, column in zip(row, columns, strict=False):
        if column.part is not Part.VALUE or not cell:
            continue
        unit = own or column.unit
        bare = unit and cell not in MISSING and cell[-1:].isdigit()
        yield column.heading, f"{cell} {unit}".replace(" %", "%") if bare else cell


def _overflow_notes(sheet: str, rows: Sequence[str]) -> tuple[Note, ...]:
    if not rows:
        return ()
    named = ", ".join(rows[:10])
    if sheet:
        said = "Numbers too large to be meant, kept as written: {sheet} row {rows}."
        return (make_note(said, sheet=sheet, rows=named),)
    return (make_note("Numbers too large to be meant, kept as written: row {rows}.", rows=named),)

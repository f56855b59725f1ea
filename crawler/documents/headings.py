"""The headings of a table: which rows they are in, and what part each column plays. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from crawler.documents.numbers import MISSING, is_numeric, is_year
from store.folding import name_key

Row = Sequence[str]

_MOST_HEADINGS = 3  # rows of headings one above the other
_IN_BRACKETS = re.compile(
    r"\s*[(\[]\s*(?:đvt|đơn vị(?: tính)?)?\s*:?\s*([^()\[\]]{1,30})[)\]]\s*$", re.IGNORECASE
)
_CAPTION_UNIT = re.compile(r"(?:đvt|đơn vị(?: tính)?|unit)\s*:\s*([^\n;()]{1,30})", re.IGNORECASE)
_UNITS = frozenset({"don vi", "don vi tinh", "dvt", "unit", "units"})
_PERIODS = frozenset({"nam", "ky", "ky bao cao", "quy", "thang", "year", "period", "thoi gian", "ngay"})
_VALUES = frozenset({"gia tri", "so lieu", "so luong", "value", "figure", "count"})
_COUNTERS = frozenset({"stt", "tt", "so tt", "no", "id"})
_PLAIN_LABELS = frozenset({
    "", "chi tieu", "noi dung", "danh muc", "ten", "ten chi tieu", "hang muc", "tieu chi", "indicator",
    "item", "name",
})  # fmt: skip


class Part(Enum):
    """What part a column plays in the sentence of a row."""

    LABEL = 0
    PERIOD = 1
    VALUE = 2
    UNIT = 3
    COUNTER = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its part, its heading as said ("" where the heading adds nothing), the unit it names."""

    part: Part
    heading: str
    unit: str = ""


def split_rows(rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row], int]:
    """A table's rows -> captions above it, rows of headings, and the number of the first row of figures."""
    captions: list[str] = []
    at = 0
    while at < len(rows) and sum(bool(cell) for cell in rows[at]) <= 1:
        captions += [cell for cell in rows[at] if cell]
        at += 1
    first = at
    while at < len(rows) and at - first < _MOST_HEADINGS and _is_heading(rows[at], first=at == first):
        at += 1
    if at == len(rows):  # words only: the first row heads the others
        at = min(first + 1, len(rows))
    return tuple(captions), list(rows[first:at]), at


def make_columns(headings: Sequence[Row], rows: Sequence[Row], captions: Sequence[str]) -> list[Column]:
    """Headings, some rows of figures and captions -> the columns."""
    width = max(map(len, (*headings, *rows)), default=0)
    said = [_heading(headings, index) for index in range(width)]
    unit = next((m[1].strip() for caption in captions if (m := _CAPTION_UNIT.search(caption))), "")
    columns: list[Column] = []
    for index, heading in enumerate(said):
        cells = [row[index] for row in rows if index < len(row) and row[index]]
        columns.append(_column(heading, cells, unit, labelled=any(c.part is Part.LABEL for c in columns)))
    return columns


def _is_heading(row: Row, *, first: bool) -> bool:
    """A row of words; in its first one years may be the words."""
    cells = [cell for cell in row if cell]
    figures = [cell for cell in cells if is_numeric(cell) and cell not in MISSING]
    years = [cell for cell in figures if is_year(cell)]
    if not figures:
        # the second row of headings has gaps where the first one's words span it
        return first or len(cells) < len(row)
    return len(years) == len(figures) and (len(figures) > 1 or first) and not _looks_like_data(cells, years)


def _looks_like_data(cells: Sequence[str], years: Sequence[str]) -> bool:
    return len(cells) > 1 and len(years) == 1 and len(set(cells)) == len(cells) and cells[0] == years[0]


def _heading(headings: Sequence[Row], index: int) -> str:
    """The words above a column; those of a row above span the empty cells to their right."""
    words: list[str] = []
    for depth, row in enumerate(headings):
        cell = row[index] if index < len(row) else ""
        if not cell and depth < len(headings) - 1:
            cell = next((c for c in reversed(row[:index]) if c), "") if index else ""
        if cell and cell not in words:
            words.append(" ".join(cell.split()))
    return ", ".join(words)


def _column(heading: str, cells: Sequence[str], unit: str, *, labelled: bool) -> Column:
    bracketed = _IN_BRACKETS.search(heading)
    if bracketed:
        heading, unit = heading[: bracketed.start()].strip(), bracketed[1].strip()
    key = name_key(heading)
    numbers = sum(is_numeric(cell) for cell in cells)
    if key in _UNITS:
        return Column(Part.UNIT, heading)
    if key in _PERIODS and cells and not is_year(heading):
        return Column(Part.PERIOD, heading)
    if key in _COUNTERS:
        return Column(Part.COUNTER, heading)
    if key in _VALUES:
        return Column(Part.VALUE, "", unit)
    if cells and numbers * 2 > len(cells):
        return Column(Part.VALUE, heading, unit)
    return Column(Part.LABEL, "" if key in _PLAIN_LABELS and not labelled else heading)

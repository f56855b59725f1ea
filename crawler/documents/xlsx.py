"""XLSX -> passages, a row each. No formula is calculated: the value that was saved with it is shown."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from openpyxl import load_workbook

from crawler.documents.numbers import show_cell
from crawler.documents.packed import find_macros, open_packed
from crawler.documents.parsed import MOST_PASSAGES, Parsed, UnreadableError, damaged, in_english, make_note
from crawler.documents.tables import Table, letters, table_passages
from store.types import DocumentPassage, Note

MOST_COLUMNS = 200
_MOST_EMPTY = 2_000  # rows one after the other; a sheet may say that it has a million
_SHOWN = 5  # formulas told one by one

Progress = Callable[[int, int], None]


def read_xlsx(body: bytes, *, progress: Progress) -> Parsed:
    """An XLSX -> its passages.

    Args:
        body: the bytes.
        progress: told sheets done and sheets in all.

    Raises:
        UnreadableError: damaged, a bomb, or without any row.

    """
    packed = open_packed(body)
    notes: list[Note] = list(find_macros(packed))
    passages: list[DocumentPassage] = []
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # about what openpyxl leaves out: styles, rules, pictures
            saved = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
            written = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
            names = list(saved.sheetnames)
            for done, name in enumerate(names, 1):
                found, told = _read_sheet(saved[name], written[name], name)
                passages += found
                notes += told
                progress(done, len(names))
            title = str(saved.properties.title or "")
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl answers damage with whatever it stumbles over
        raise damaged("XLSX") from error
    if not passages:
        raise UnreadableError(in_english("There is no row in it."), in_english("Save or download it again."))
    return Parsed("xlsx", tuple(passages), title=title, notes=tuple(notes))


def _read_sheet(saved: Any, written: Any, name: str) -> tuple[list[DocumentPassage], list[Note]]:
    if not hasattr(saved, "iter_rows"):  # a sheet that is a chart
        return [], []
    formulas: list[str] = []
    without: list[str] = []
    rows = list(_rows(saved, written, formulas, without))
    passages, notes = table_passages(Table(tuple(rows), sheet=name))
    told = list(notes)
    if saved.sheet_state != "visible":
        told.append(make_note("The sheet {sheet} is hidden in the file; it was read, too.", sheet=name))
    if formulas:
        shown = "; ".join(formulas[:_SHOWN])
        told.append(
            make_note(
                "{sheet}: {count} formulas, not calculated here; the saved values are shown. {shown}",
                sheet=name, count=len(formulas), shown=shown,
            )
        )  # fmt: skip
    if without:
        cells = ", ".join(without[: _SHOWN * 2])
        told.append(
            make_note(
                "{sheet}: formulas without a saved value, left empty: {cells}.", sheet=name, cells=cells
            )
        )
    return passages, told


def _rows(saved: Any, written: Any, formulas: list[str], without: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows as text, up to the last that holds something; formulas are noted on the way."""
    saved.reset_dimensions()
    written.reset_dimensions()
    empty = 0
    both = zip(saved.iter_rows(max_col=MOST_COLUMNS), written.iter_rows(max_col=MOST_COLUMNS), strict=False)
    for number, (values, texts) in enumerate(both, 1):
        if number > MOST_PASSAGES:
            raise UnreadableError(
                in_english("A sheet has more than {most} rows."),
                in_english("Split it and add the parts that are needed."),
                most=MOST_PASSAGES,
            )
        row = tuple(show_cell(cell.value, getattr(cell, "number_format", "") or "") for cell in values)
        _note_formulas(texts, row, number, formulas, without)
        empty = 0 if any(row) else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield row


def _note_formulas(
    texts: Any, row: tuple[str, ...], number: int, formulas: list[str], without: list[str]
) -> None:
    for index, cell in enumerate(texts):
        if getattr(cell, "data_type", "") != "f":
            continue
        place = f"{letters(index)}{number}"
        if index < len(row) and row[index]:
            written = getattr(cell.value, "text", cell.value)
            formulas.append(f"{place} {str(written)[:60]}")
        else:
            without.append(place)

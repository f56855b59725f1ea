"""What leaves as CSV can do no harm in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.export import cell, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_would_be_a_formula_is_preceded_by_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text


def test_a_number_stays_a_number() -> None:
    assert cell(-2) == "-2"


def test_a_list_stands_as_json_in_its_cell() -> None:
    assert cell(["a", "Đức Cơ"]) == '["a", "Đức Cơ"]'


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_every_text_comes_back_from_csv_as_its_cell(texts: list[str]) -> None:
    out = io.BytesIO()
    assert write_csv(({"text": text} for text in texts), out) == len(texts)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert [row["text"] for row in rows] == [cell(t).encode("utf-8", "replace").decode() for t in texts]

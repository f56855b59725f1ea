"""Figures that nobody can read, in evidence or article: quoted as told, compared with nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags

SAID = "Năm 2025, tỉnh Gia Lai có {} người lao động qua đào tạo nghề."
RETOLD = "Lao động qua đào tạo nghề của tỉnh Gia Lai trong năm 2025 là {} người."
ODD = {
    "a number that overflows": "9" * 400,
    "one that a float still holds": "9" * 300,
    "nothing but separators": "1.2.3,4,5.6",
    "no end of zeros": "0" * 500,
    "a formula": "=1+cmd|'/c calc'!A1",
    "digits of another script": "١٢٣٤",
}


@pytest.mark.parametrize("written", ODD.values(), ids=ODD.keys())
def test_a_table_s_figure_that_nobody_can_read_speaks_against_nothing(
    library: SimpleNamespace, written: str
) -> None:
    row = library.row(f"Lao động qua đào tạo nghề, 2025: {written} người", ("Lao động", f"{written} người"))
    assert find_flags(library.case(library.article(SAID.format("12.345")), library.document(1, row))) == ()


@pytest.mark.parametrize("written", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("said", [SAID, RETOLD], ids=["word for word", "in other words"])
def test_an_odd_figure_of_an_article_is_compared_only_where_all_words_are_the_same(
    library: SimpleNamespace, written: str, said: str
) -> None:
    case = library.case(library.article(said.format(written)), library.document(1, SAID.format("12.345")))
    flags = find_flags(case)
    assert all(library.is_exact(flag, case) for flag in flags)
    assert said == SAID or flags == ()

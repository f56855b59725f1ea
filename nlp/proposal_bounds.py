"""Whether what the model of words decided may be proposed of a claim: is it one, and comparable.

The model weighs words; it does not know that another year's or another province's figure says nothing of this
one. Where nothing may be proposed the answer is *not enough*, with the reason. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.checkability import SentenceKind, checkability
from nlp.checks.atlas import Atlas
from nlp.checks.library_meetings import names_are_in
from nlp.checks.library_reading import Line
from nlp.quantities import do_disagree, measure_of
from nlp.text import is_accented
from nlp.verdicts.reasons import NEAREST_DIFFERS
from store.types import Quantity

_NO_CLAIM = frozenset({
    SentenceKind.QUESTION, SentenceKind.FORECAST, SentenceKind.VALUE, SentenceKind.OPINION,
    SentenceKind.ADDRESS,
})  # fmt: skip
OTHER_BOUNDS = "Các đoạn gần nhất nói về nơi khác hoặc thời gian khác, không đối chiếu được."
NO_WORDS_DECIDE = "Không có từ ngữ hoặc con số nào cho thấy đoạn gần nhất nói trái với câu này."


def find_no_claim(claim: str) -> str:
    """A sentence -> why nothing can be proposed of it (a question, a forecast, an opinion); "" for others."""
    found = checkability(claim, language="vi" if is_accented(claim) else "en")
    return found.why if found.kind in _NO_CLAIM else ""


def find_other_bounds(mine: Line, theirs: Sequence[Line], atlas: Atlas | None) -> str:
    """A claim and the lines that decided -> why they cannot be set beside it; "" where one can be."""
    return "" if any(_is_of_one(mine, line, atlas) for line in theirs) else OTHER_BOUNDS


def find_no_difference(mine: Line, theirs: Sequence[Line], reasons: Sequence[str], *, must_name: bool) -> str:
    """A claim that is said to be contradicted -> why it is not: nothing decided, or its figures agree.

    `must_name`: words or figures must be named that decided; a model of entailment names none.
    """
    if must_name and all(reason == NEAREST_DIFFERS for reason in reasons):
        return NO_WORDS_DECIDE
    told = [quantity for line in theirs for quantity in line.quantities]
    is_about_figures = any(reason.startswith("số khác") for reason in reasons)
    if is_about_figures and mine.quantities and all(_is_told(q, told) for q in mine.quantities):
        return NO_WORDS_DECIDE
    return ""


def _is_of_one(mine: Line, theirs: Line, atlas: Atlas | None) -> bool:
    """Whether no year, part of a year or place that both name keeps the two apart."""
    for one, other in ((mine.years, theirs.years), (mine.periods, theirs.periods)):
        if one and other and not one & other:
            return False
    if mine.names and theirs.names:
        above = f"{theirs.context} {theirs.text}"
        if not (names_are_in(mine.names, above) and names_are_in(theirs.names, mine.text)):
            return False
    return atlas is None or _are_of_one_province(_elsewhere(mine, atlas), _elsewhere(theirs, atlas), atlas)


def _elsewhere(line: Line, atlas: Atlas) -> frozenset[str]:
    """The other provinces that a line names, with the word for its unit or without."""
    return frozenset(where.unit for where in atlas.find_elsewhere(line.text))


def _are_of_one_province(here: frozenset[str], there: frozenset[str], atlas: Atlas) -> bool:
    """Whether each province that either names may be one of the other's; a merged one is its new one."""
    pairs = ((here, there), (there, here))
    return all(
        any(not atlas.are_apart(one, other) for other in others) for ones, others in pairs for one in ones
    )


def _is_told(quantity: Quantity, told: Sequence[Quantity]) -> bool:
    """Whether a figure is given by the other side, too, read as generously as it is written."""
    named = replace(quantity, thing="it")
    return any(
        measure_of(quantity)[0] == measure_of(other)[0] and not do_disagree(named, replace(other, thing="it"))
        for other in told
    )

"""Whether what the model of words decided may be proposed of a claim: is it one, and comparable.

The model weighs words; it does not know that another year's or another province's figure says nothing of this
one. Where nothing may be proposed the answer is *not enough*, with the reason. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nlp.checkability import SentenceKind, checkability
from nlp.checks.atlas import Atlas
from nlp.checks.library_meetings import CAUSING, EMPTY, count_common_negations, is_norm, names_are_in
from nlp.checks.library_reading import Line
from nlp.patterns import whole_words
from nlp.quantities import are_comparable, do_disagree, measure_of
from nlp.text import is_accented
from nlp.verdicts.reasons import NEAREST_DIFFERS
from store.types import Quantity

_NO_CLAIM = frozenset({
    SentenceKind.QUESTION, SentenceKind.FORECAST, SentenceKind.VALUE, SentenceKind.OPINION,
    SentenceKind.ADDRESS,
})  # fmt: skip
_BEYOND = re.compile(
    r"\d{16,}|(?:\d{1,3}[.,\s]){5,}\d{3}|\d\s?\^\s?\d|\d[⁰¹²³⁴-⁹]{2}|(?<![\w.,])\d+[eE]\+?\d{2}"
)
_TO_COME = whole_words(
    "sẽ|sang năm|sang tháng|sang tuần|năm tới|tháng tới|quý tới|tuần tới|năm sau|will|would|next year|"
    "next month"
)
_OLD = 2  # years before its day from which a figure is no longer what a sentence without a year speaks of
NO_FIGURE = "Câu có con số quá lớn hoặc viết không đọc được; không đối chiếu được."
OTHER_PLAN = "Một bên nói về dự kiến hoặc kế hoạch, bên kia nói về kết quả; không đối chiếu được."
OTHER_BOUNDS = "Các đoạn gần nhất nói về nơi khác hoặc thời gian khác, không đối chiếu được."
NO_MATTER = "Câu không nói rõ con số là của việc gì, nên không đối chiếu được."
OTHER_THING = "Con số ở đoạn gần nhất đếm hoặc đo một thứ khác, không đối chiếu được."
_OF_FIGURES, _OF_WORDS, _OF_NEGATION = "số khác", "lời khác", "phủ định khác"  # how such reasons begin
NO_WORDS_DECIDE = "Không có từ ngữ hoặc con số nào cho thấy đoạn gần nhất nói trái với câu này."


def find_no_claim(claim: str) -> str:
    """A sentence -> why nothing can be proposed of it (a question, a forecast, an opinion); "" for others."""
    found = checkability(claim, language="vi" if is_accented(claim) else "en")
    return found.why if found.kind in _NO_CLAIM else ""


def find_no_figure(claim: str) -> str:
    """A sentence -> why its figure can be set beside none (10^400, twenty digits); "" where all can be."""
    return NO_FIGURE if _BEYOND.search(claim) else ""


def find_other_bounds(
    mine: Line, theirs: Sequence[Line], atlas: Atlas | None, *, on: date | None = None
) -> str:
    """A claim and the lines that decided -> why they cannot be set beside it; "" where one can be.

    `on`: the day of a claim that names no year, where it is known; what is of years before is another figure.
    """
    return "" if any(_is_of_one(mine, line, atlas, on) for line in theirs) else OTHER_BOUNDS


def find_other_plan(mine: Line, theirs: Sequence[Line]) -> str:
    """A claim that is said to be contradicted -> why it is not: what was planned and what came of it."""
    return "" if any(_is_to_come(mine) == _is_to_come(line) for line in theirs) else OTHER_PLAN


def _is_to_come(line: Line) -> bool:
    return line.is_forecast or _TO_COME.search(line.text) is not None


def find_no_difference(mine: Line, theirs: Sequence[Line], reasons: Sequence[str], *, must_name: bool) -> str:
    """A claim that is said to be contradicted -> why it is not: nothing decided, or its figures agree.

    `must_name`: words or figures must be named that decided; a model of entailment names none.
    """
    if must_name and all(reason == NEAREST_DIFFERS for reason in reasons):
        return NO_WORDS_DECIDE
    told = [quantity for line in theirs for quantity in line.quantities]
    is_told = bool(mine.quantities) and all(_is_told(q, told) for q in mine.quantities)
    if is_told and any(reason.startswith(_OF_FIGURES) for reason in reasons):
        return NO_WORDS_DECIDE
    if is_told and all(_is_no_difference(reason, mine, theirs) for reason in reasons):
        return NO_WORDS_DECIDE
    if reasons and all(reason.startswith(_OF_FIGURES) for reason in reasons):
        if _count_others(mine, told):
            return OTHER_THING
        return "" if _names_a_matter(mine) else NO_MATTER
    return ""


def _names_a_matter(line: Line) -> bool:
    """Whether a sentence says anything besides a place and what its figures count."""
    names = {word for name in line.names for word in name.split()}
    counted = {word for quantity in line.quantities for word in quantity.thing.split()}
    home = {token.key for token in line.tokens if line.text[token.start : token.start + 1].isupper()}
    return not line.quantities or bool(line.words - EMPTY - CAUSING - names - counted - home)


def _is_no_difference(reason: str, mine: Line, theirs: Sequence[Line]) -> bool:
    """Whether a reason is only that words differ, or a "not" in a clause of something else."""
    if reason.startswith(_OF_NEGATION):
        return all(
            count_common_negations(mine, line) == count_common_negations(line, mine) for line in theirs
        )
    return reason.startswith((_OF_FIGURES, _OF_WORDS))


def _count_others(mine: Line, told: Sequence[Quantity]) -> bool:
    """Whether both sides say what they count, and nothing that the one counts is counted by the other."""
    ours, theirs = ([q for q in some if q.thing] for some in (mine.quantities, told))
    return bool(ours and theirs) and not any(are_comparable(q, other) for q in ours for other in theirs)


def _is_of_one(mine: Line, theirs: Line, atlas: Atlas | None, on: date | None) -> bool:
    """Whether no year, part of a year or place that both name keeps the two apart."""
    for one, other in ((mine.years, theirs.years), (mine.periods, theirs.periods)):
        if one and other and not one & other:
            return False
    if mine.years and theirs.years and mine.periods != theirs.periods:
        return False  # half a year's figure, and the year's
    if on and not mine.years and mine.quantities and _is_long_past(theirs, on):
        return False
    if mine.names and theirs.names:
        above = f"{theirs.context} {theirs.text}"
        if not (names_are_in(mine.names, above) and names_are_in(theirs.names, mine.text)):
            return False
    return atlas is None or _are_of_one_province(_elsewhere(mine, atlas), _elsewhere(theirs, atlas), atlas)


def _is_long_past(line: Line, on: date) -> bool:
    """Whether a line is of years before a day; a decision holds until another takes its place."""
    return bool(line.years) and on.year - max(map(int, line.years)) >= _OLD and not is_norm(line.text)


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

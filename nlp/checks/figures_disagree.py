"""Figures for the same thing that outlets of one story give differently. It decides for none.

1. Collect each figure once, with its sentence. 2. Set those of one thing beside each other.
3. Leave out parts, other places and days, updates. 4. One flag for each sentence, with all that speaks
   against and for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from nlp.checks.case import Case
from nlp.checks.figure_sentences import find_figure_claims
from nlp.checks.figures_reprinted import differ_in_one_number
from nlp.checks.noughts import is_denied, is_none_against_some
from nlp.checks.provinces import are_of_one_province
from nlp.checks.same_matter import has_state, is_same_matter
from nlp.checks.statements import Statement, find_statements, is_same_wording, overlap
from nlp.quantities import are_comparable, do_disagree, measure_of, things_of
from store.types import Evidence, Flag, Quantity, Stance, Story

NAME, VERSION = "figures_disagree", "8"
_UPDATE_AFTER = timedelta(hours=24)
_AS_OF_AFTER = timedelta(hours=12)
_LEAST_STRENGTH = 0.5  # what is less sure is no question worth a person's time
_SUM = re.compile(r"(?P<number>\d+(?:[.,]\d+)*) ?(?P<scale>tỷ|tỉ|triệu)", re.IGNORECASE)
_NEARLY = 0.25  # of the greater figure, by which another may differ and still speak for it
_MOST = 200  # statements of one thing that are compared; a story with more is a list, not a disagreement
_Given = Mapping[int, Sequence[Quantity]]  # by article, every figure in it


@dataclass(slots=True)
class _Sides:
    """What stands against and beside one statement."""

    against: list[Statement] = field(default_factory=list)
    agreeing: list[Statement] = field(default_factory=list)
    updates: list[Statement] = field(default_factory=list)


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> one flag for each sentence with a figure that another outlet's sentence contradicts.

    Both sentences are flagged, each with the other as evidence; nobody's figure counts as the right one.
    """
    story = case.story
    statements = find_statements(story)
    given = {
        member.item.number: [q for claim in find_figure_claims(member.item) for q in claim.quantities]
        for member in story.members
    }
    sides = [_Sides() for _ in statements]
    for group in _same_things(statements):
        for position, one in enumerate(group):
            for other in group[position + 1 :]:
                if are_of_one_province(case.atlas, statements[one], statements[other]):
                    _set_beside((statements[one], statements[other]), (sides[one], sides[other]), given)
    by_claim: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        if sides[number].against:
            by_claim[statement.item.number, statement.claim.key].append(number)
    return tuple(
        _flag_from(story, [statements[n] for n in numbers], [sides[n] for n in numbers])
        for numbers in by_claim.values()
    )


def _same_things(statements: Sequence[Statement]) -> Iterable[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for thing in things_of(statement.quantity):
            groups[thing].append(number)
    return (group[:_MOST] for group in groups.values() if len(group) > 1)


def _set_beside(pair: tuple[Statement, Statement], sides: tuple[_Sides, _Sides], given: _Given) -> None:
    (first, second), (one, other) = pair, sides
    if first.outlet == second.outlet or not is_same_matter(first, second):
        return
    if differ_in_one_number(first.claim.text, second.claim.text):
        return  # figures_reprinted tells of it
    if not do_disagree(first.quantity, second.quantity):
        if _are_near(first.quantity, second.quantity):
            one.agreeing.append(second)
            other.agreeing.append(first)
    elif is_none_against_some(first, second) and not is_denied(first, second):
        return  # an earlier hour's state, or nobody knows which was first
    elif not is_same_wording(first, second) and _is_update(first, second):
        one.updates.append(second)
        other.updates.append(first)
    elif _strength(first, second) >= _LEAST_STRENGTH and not (
        _gives_too(given, first, second) or _gives_too(given, second, first)
    ):
        one.against.append(second)
        other.against.append(first)


def _are_near(one: Quantity, other: Quantity) -> bool:
    """Whether two figures that may both be true bear each other out: "hơn 9" says nothing for 35."""
    mine, theirs = measure_of(one)[1], measure_of(other)[1]
    apart = max(one.low * mine - other.high * theirs, other.low * theirs - one.high * mine)
    return apart <= _NEARLY * max(one.high * mine, other.high * theirs)


def _is_update(one: Statement, other: Statement) -> bool:
    """A later, higher count is news, not a contradiction: tolls and damages rise as they are counted."""
    earlier, later = sorted((one, other), key=lambda s: (s.when, s.item.number))
    passed = later.when - earlier.when
    if (later.is_update and passed > timedelta(0)) or (later.is_as_of and passed > _AS_OF_AFTER):
        return True
    return passed > _UPDATE_AFTER and later.quantity.low > earlier.quantity.high


def _gives_too(given: _Given, one: Statement, other: Statement) -> bool:
    """Whether `other`'s article also gives `one`'s figure: then its second figure is of something else, or a
    part.
    """
    if _stands_in(one.quantity, other.claim.text):
        return True
    if is_same_wording(one, other):
        return False
    if _stands_in(one.quantity, other.item.article.text) or _is_summed_up(one, other):
        return True
    return any(
        quantity.start != other.quantity.start and _is_figure_of(quantity, one.quantity)
        for quantity in given[other.item.number]
    )


def _stands_in(asked: Quantity, text: str) -> bool:
    """Whether a sum stands in a text with its scale, be it without its unit: "bán với giá 3,9 tỷ"."""
    hit = _SUM.search(asked.text)
    if hit is None:
        return False
    scale = "t[ỷỉ]" if hit["scale"].lower() in {"tỷ", "tỉ"} else hit["scale"]
    return (
        re.search(rf"(?<![\d.,]){re.escape(hit['number'])} ?{scale}(?!\w)", text, re.IGNORECASE) is not None
    )


def _is_summed_up(one: Statement, other: Statement) -> bool:
    """Whether `other`'s own sentence gives `one`'s figure beside its sum: "7 vụ, gồm 4 vụ tại …"."""
    return any(
        (given.unit, given.low, given.high) == (one.quantity.unit, one.quantity.low, one.quantity.high)
        and given.start != other.quantity.start
        and given.thing.split(" ")[:1] == one.quantity.thing.split(" ")[:1]
        and not (has_state(given) or has_state(one.quantity))
        for given in other.claim.quantities
    )


def _is_figure_of(given: Quantity, asked: Quantity) -> bool:
    """Whether a quantity is the same figure, of the same thing as far as the words beside it tell.

    A sum or a measure of two digits or more is hardly given twice for different things in one story; "3
    người" is.
    """
    if are_comparable(given, asked):
        return not do_disagree(given, asked)
    is_one_number = (given.unit, given.low, given.high) == (asked.unit, asked.low, asked.high)
    return is_one_number and not has_state(asked) and len(f"{asked.low:g}".strip("0.").replace(".", "")) > 1


def _flag_from(story: Story, mine: Sequence[Statement], sides: Sequence[_Sides]) -> Flag:
    evidence: dict[tuple[int, int, int], Evidence] = {}
    because: list[str] = []
    for statement, side in zip(mine, sides, strict=True):
        for other in side.against:
            evidence.setdefault(_place(other), _evidence_from(other, Stance.AGAINST, statement))
            because.append(f"Câu này ghi “{statement.quantity.text}”, bài khác ghi “{other.quantity.text}”.")
        for other in _independent(side.agreeing):
            evidence.setdefault(_place(other), _evidence_from(other, Stance.FOR, statement))
        because += [
            f"“{other.quantity.text}” trong bài sau được coi là số cập nhật, không tính là mâu thuẫn."
            for other in side.updates
        ]
    first = mine[0]
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=first.claim,
        article=first.item.number,
        version=first.item.version,
        story=story.id,
        evidence=tuple(evidence.values()),
        strength=max(_strength(s, o) for s, side in zip(mine, sides, strict=True) for o in side.against),
        because=tuple(dict.fromkeys(because)),
        missing=_find_missing(mine, sides),
    )


def _independent(statements: Iterable[Statement]) -> list[Statement]:
    """Copies and second articles of an outlet add no voice."""
    by_outlet = {s.outlet: s for s in reversed(list(statements)) if not s.is_copy}
    return sorted(by_outlet.values(), key=lambda s: (s.when, s.item.number))


def _place(statement: Statement) -> tuple[int, int, int]:
    return statement.item.number, statement.claim.start, statement.claim.end


def _evidence_from(other: Statement, stance: Stance, statement: Statement) -> Evidence:
    article = other.item.article
    relation = "khác với" if stance is Stance.AGAINST else "phù hợp với"
    return Evidence(
        text=other.claim.text,
        start=other.claim.start,
        end=other.claim.end,
        document=article.url,
        document_title=article.title,
        publisher=article.outlet_name,
        published=article.published.at if article.published else None,
        stance=stance,
        why=f"ghi “{other.quantity.text}”, {relation} “{statement.quantity.text}”",
        article=other.item.number,
        version=other.item.version,
    )


def _strength(one: Statement, other: Statement) -> float:
    """0 to 1: how sure it is that two sentences speak of the same thing and differ. Only from their words."""
    exact = one.quantity.certainty == other.quantity.certainty == "exact"
    alike = overlap(one.words, other.words)
    same_place = bool(one.places & other.places)
    total = 0.35 + 0.2 * exact + 0.15 * has_state(one.quantity) + 0.1 * same_place + 0.2 * alike
    return round(total, 2)


def _find_missing(mine: Sequence[Statement], sides: Sequence[_Sides]) -> tuple[str, ...]:
    missing = ["Chưa có số liệu chính thức trong căn cứ."]
    sentences = [*mine, *(other for side in sides for other in side.against)]
    if not any(statement.claim.attributed for statement in sentences):
        missing.append("Không câu nào nêu nguồn của con số.")
    return tuple(missing)

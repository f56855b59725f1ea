"""Figures for the same thing that outlets of one story give differently. It decides for none.

1. Collect each figure once, with its sentence. 2. Set those of one thing beside each other.
3. Leave out parts, other places and days, updates. 4. One flag for each sentence, with all that speaks
   against and for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from nlp.checks.case import Case
from nlp.checks.figures_reprinted import differ_in_one_number
from nlp.checks.statements import Statement, exclude_in_time, find_statements, is_same_wording, overlap
from nlp.quantities import are_comparable, do_disagree, measure_of
from nlp.quantities.vocabulary import MEASURED, STATES_VI
from store.types import Evidence, Flag, Quantity, Stance, Story

NAME, VERSION = "figures_disagree", "4"
_FAR = 12.0  # times: more than a digit too many
_UPDATE_AFTER = timedelta(hours=24)
_AS_OF_AFTER = timedelta(hours=12)
_MOST = 200  # statements of one thing that are compared; a story with more is a list, not a disagreement
_STATES = tuple(f" {state}" for state in STATES_VI)
_FIRST_OF_MEASURED = frozenset(thing.split(" ")[0] for thing in MEASURED)
_LENGTHS = frozenset({"m", "km", "cm", "mm", "kg"})  # every report is full of them, of one thing and another
_COUNTED = frozenset({"person", "household", "house", "vehicle", "case"})
_ZONES = frozenset({"pham vi", "ban kinh"})  # a distance that says which zone is meant, and counts nothing
_HAPPENED_TO = _COUNTED | {"ha"}


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
    sides = [_Sides() for _ in statements]
    for group in _same_things(statements):
        for position, one in enumerate(group):
            for other in group[position + 1 :]:
                _set_beside(statements, sides, one, other)
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
        if statement.quantity.thing:
            groups[statement.quantity.thing].append(number)
    return (group[:_MOST] for group in groups.values() if len(group) > 1)


def _set_beside(statements: Sequence[Statement], sides: Sequence[_Sides], one: int, other: int) -> None:
    first, second = statements[one], statements[other]
    if first.outlet == second.outlet or not _is_same_matter(first, second):
        return
    if differ_in_one_number(first.claim.text, second.claim.text):
        return  # figures_reprinted tells of it
    if not do_disagree(first.quantity, second.quantity):
        sides[one].agreeing.append(second)
        sides[other].agreeing.append(first)
    elif not is_same_wording(first, second) and _is_update(first, second):
        sides[one].updates.append(second)
        sides[other].updates.append(first)
    elif not (_is_said_elsewhere(statements, first, second) or _is_said_elsewhere(statements, second, first)):
        sides[one].against.append(second)
        sides[other].against.append(first)


def _is_same_matter(one: Statement, other: Statement) -> bool:
    """Whether two figures are of one thing, in one place, on one day, as far as their sentences say."""
    if not are_comparable(one.quantity, other.quantity):
        return False
    if is_same_wording(one, other):
        return one.position == other.position
    if _is_elsewhere(one, other) or _says_no_whole(one) or _says_no_whole(other):
        return False
    if _have_other_scope(one, other) or _are_far_apart(one, other):
        return False
    alike = min(overlap(one.near, other.near), overlap(one.words, other.words))
    return alike >= _needed_overlap(one.quantity)


def _says_no_whole(one: Statement) -> bool:
    """Whether a figure is of a part, one of several, a guess at the size or the name of a zone."""
    return one.is_part or one.is_one_of_many or one.is_vague or one.quantity.thing in _ZONES


def _is_elsewhere(one: Statement, other: Statement) -> bool:
    """Whether the two speak of other places or of other times, as far as they say."""
    for mine, theirs in ((one.places, other.places), (one.years, other.years)):
        if mine and theirs and not mine & theirs:
            return True
    return exclude_in_time(one, other)


def _have_other_scope(one: Statement, other: Statement) -> bool:
    """One counts in a commune or district, the other in another or in the whole province."""
    if (one.places and other.places) or (one.is_whole and other.is_whole):
        return False  # the gazetteer knows which have become one; a whole is a whole, its units listed or not
    if one.grounds and other.grounds:
        return not one.grounds & other.grounds
    return bool(one.grounds and other.is_wide) or bool(other.grounds and one.is_wide)


def _are_far_apart(one: Statement, other: Statement) -> bool:
    """Figures of another order of size count another thing, unless the sentences are the same."""
    sizes = sorted(side.quantity.high * measure_of(side.quantity)[1] for side in (one, other))
    return sizes[0] > 0 and sizes[1] / sizes[0] > _FAR


def _needed_overlap(quantity: Quantity) -> float:
    """How alike two sentences must be: the less the counted thing says, the more its sentence must."""
    if has_state(quantity):
        return 0.0
    if quantity.thing.split(" ")[0] in _FIRST_OF_MEASURED and quantity.unit not in _LENGTHS:
        return 0.28
    names_it = " " in quantity.thing or (quantity.unit in _COUNTED and quantity.thing != "nguoi")
    return 0.4 if names_it and quantity.unit not in _LENGTHS else 0.5


def has_state(quantity: Quantity) -> bool:
    """Whether people, houses or ground are counted by what happened to them: likeness enough."""
    return quantity.unit in _HAPPENED_TO and quantity.thing.endswith(_STATES)


def _is_update(one: Statement, other: Statement) -> bool:
    """A later, higher count is news, not a contradiction: tolls and damages rise as they are counted."""
    earlier, later = sorted((one, other), key=lambda s: (s.when, s.item.number))
    passed = later.when - earlier.when
    if (later.is_update and passed > timedelta(0)) or (later.is_as_of and passed > _AS_OF_AFTER):
        return True
    return passed > _UPDATE_AFTER and later.quantity.low > earlier.quantity.high


def _is_said_elsewhere(statements: Sequence[Statement], one: Statement, other: Statement) -> bool:
    """Whether `other`'s article also gives `one`'s figure: then its second figure is of something else, or a
    part.
    """
    return any(
        s.item.number == other.item.number
        and s is not other
        and not is_same_wording(one, other)
        and are_comparable(s.quantity, one.quantity)
        and not do_disagree(s.quantity, one.quantity)
        for s in statements
    )


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

"""Whether two figures are said of one thing, in one place, at one time, as far as they say. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.checks.owners import have_other_owners
from nlp.checks.scopes import Scope, are_opposed, exclude_in_scope, find_scope, is_added_to
from nlp.checks.statements import Statement, exclude_in_time, is_same_wording, overlap
from nlp.patterns import whole_words
from nlp.quantities import are_comparable, is_nought, measure_of
from nlp.quantities.vocabulary import MEASURED, STATES_VI
from nlp.text import fold
from store.types import Quantity

_FAR = 12.0  # times: more than a digit too many
_FAR_IN_OWN_WORDS = 4.0  # times: of two counts of one thing by two outlets
_STATES = tuple(f" {state}" for state in STATES_VI)
_FIRST_OF_MEASURED = frozenset(thing.split(" ")[0] for thing in MEASURED if thing not in {"gia", "ty le"})
_LENGTHS = frozenset({"m", "km", "cm", "mm", "kg"})  # every report is full of them, of one thing and another
_COUNTED = frozenset({"person", "household", "house", "vehicle", "case"})
_HAPPENED_TO = _COUNTED | {"ha"}
# A distance that says which zone or race is meant, a sum that says which note, a rank: they count nothing
_NAMES = frozenset({"pham vi", "ban kinh", "menh gia", "noi dung", "cu ly", "the gioi", "chau a", "chau luc"})
_CAPITAL = re.compile(r"(?<!\w)[A-ZĐÀ-Ỹ][\w']*")
_SINCE_JANUARY = whole_words("từ đầu năm|kể từ đầu năm|this year|so far this year|since january")
_FROM = 60  # characters before a figure that say of what, and before a distance that say from where


def is_same_matter(one: Statement, other: Statement) -> bool:
    """Whether two figures are of one thing, in one place, on one day, as far as their sentences say."""
    if not are_comparable(one.quantity, other.quantity) or _exclude_in_words(one, other):
        return False
    if is_same_wording(one, other):
        return one.position == other.position and _figures_of(one) != _figures_of(other)
    if _is_elsewhere(one, other) or _says_no_whole(one) or _says_no_whole(other):
        return False
    if _have_other_scope(one, other) or have_other_owners(one, other, (_scope_of(one), _scope_of(other))):
        return False
    if _are_far_apart(one, other) or one.is_planned != other.is_planned:
        return False
    alike = min(overlap(one.near, other.near), overlap(one.words, other.words))
    return alike >= _needed_overlap(one.quantity)


def _figures_of(one: Statement) -> list[tuple[float, float]]:
    """The figures of a sentence in order of size: the same ones in another order are the same list told
    again.
    """
    return sorted((quantity.low, quantity.high) for quantity in one.claim.quantities)


def _says_no_whole(one: Statement) -> bool:
    """Whether a figure is of a part, one of several, a guess at the size or the name of something."""
    if _scope_of(one).is_of_others and not has_state(one.quantity):
        return (
            True  # "4 khẩu súng khác": besides those told before; "4 người khác bị thương" are all of these
        )
    return one.is_part or one.is_one_of_many or one.is_vague or one.quantity.thing in _NAMES


def _exclude_in_words(one: Statement, other: Statement) -> bool:
    """Whether the words beside the figures say that one is of another part, or of the opposite."""
    if exclude_in_scope(_scope_of(one), _scope_of(other)) or are_opposed(_around(one), _around(other)):
        return True
    return is_added_to(one.claim.text, other.claim.text)


def _around(one: Statement) -> str:
    start = one.quantity.start - one.claim.start
    return one.claim.text[max(0, start - _FROM) : start + _FROM]


def _scope_of(one: Statement) -> Scope:
    begins = one.claim.start
    scope = find_scope(one.claim.text, one.quantity.start - begins, one.quantity.end - begins)
    return (
        replace(scope, partner=frozenset()) if is_nought(one.quantity) else scope
    )  # "none, and …" is a clause


def _is_elsewhere(one: Statement, other: Statement) -> bool:
    """Whether the two speak of other places or of other times, as far as they say."""
    pairs = ((one.places, other.places), (one.years, other.years), (one.periods, other.periods))
    for mine, theirs in pairs:
        if mine and theirs and not mine & theirs:
            return True
    if has_state(one.quantity) and one.is_past != other.is_past:
        return True  # the dead of an earlier year, told beside those of the story
    if has_state(one.quantity) and _counts_a_year(one) != _counts_a_year(other):
        return True  # all who died on a road since January, and those of one accident
    return exclude_in_time(one, other) or _are_measured_from_elsewhere(one, other)


def _counts_a_year(one: Statement) -> bool:
    return _SINCE_JANUARY.search(one.claim.text) is not None


def _are_measured_from_elsewhere(one: Statement, other: Statement) -> bool:
    """Whether two distances are told from places of other names."""
    if not one.quantity.thing.startswith("cach"):
        return False
    mine, theirs = _names_before(one), _names_before(other)
    return bool(mine and theirs and not mine & theirs)


def _names_before(one: Statement) -> frozenset[str]:
    end = one.quantity.start - one.claim.start
    before = one.claim.text[max(0, end - _FROM) : end].rpartition("cách")[2]
    return frozenset(fold(name).text.lower() for name in _CAPITAL.findall(before))


def _have_other_scope(one: Statement, other: Statement) -> bool:
    """One counts in a commune or district, the other in another or in the whole province."""
    if (one.places and other.places) or (one.is_whole and other.is_whole):
        return False  # the gazetteer knows which have become one; a whole is a whole, its units listed or not
    if one.grounds and other.grounds:
        return not one.grounds & other.grounds
    return bool(one.grounds and other.is_wide) or bool(other.grounds and one.is_wide)


def _are_far_apart(one: Statement, other: Statement) -> bool:
    """Figures of another size count another thing, unless the sentences are the same, people or houses are
    counted by what happened to them, or a digit slipped.
    """
    sizes = sorted(side.quantity.high * measure_of(side.quantity)[1] for side in (one, other))
    if sizes[0] <= 0:
        return False
    is_slip = _digits_of(one) == _digits_of(other) and len(_digits_of(one)) > 1
    return sizes[1] / sizes[0] > (_FAR if is_slip or has_state(one.quantity) else _FAR_IN_OWN_WORDS)


def _digits_of(one: Statement) -> str:
    """Its digits without the noughts at either end: of 7,2 and of 72 they are the same."""
    return f"{one.quantity.high:.6f}".replace(".", "").strip("0")


def _needed_overlap(quantity: Quantity) -> float:
    """How alike two sentences must be: the less the counted thing says, the more its sentence must."""
    if has_state(quantity):
        return 0.0
    is_measured = quantity.thing.split(" ")[0] in _FIRST_OF_MEASURED
    if quantity.unit in _LENGTHS:
        return 0.5 if is_measured else 0.7  # "10 m súng ngắn" is a discipline's name
    if is_measured:
        return 0.28
    names_it = " " in quantity.thing or (quantity.unit in _COUNTED and quantity.thing != "nguoi")
    return 0.4 if names_it else 0.5


def has_state(quantity: Quantity) -> bool:
    """Whether people, houses or ground are counted by what happened to them: likeness enough."""
    return quantity.unit in _HAPPENED_TO and quantity.thing.endswith(_STATES)

"""Quantities that are written without their number: fractions of a whole, and counts of none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.quantities.context import Counted, find_certainty, find_counted, find_state_end
from nlp.quantities.fractions import find_fractions
from nlp.quantities.vocabulary import STATES_VI
from nlp.quantities.zeros import Nought, find_noughts
from store.types import Quantity

_STATES = tuple(f" {state}" for state in STATES_VI)
_BEHIND, _AHEAD = 80, 110  # characters looked at on either side
_ANY = re.compile(r" (?:nào|any)(?!\w)", re.IGNORECASE)
_WAS = re.compile(r"^ (?:was|were|has been|have been|is)(?= )", re.IGNORECASE)
_MORE_THAN = re.compile(r"quá\s", re.IGNORECASE)


def read_fractions(text: str, language: str) -> Iterator[Quantity]:
    """A normalised text -> its fractions as shares in percent, of what the words beside them name.

    They are told roughly, so that none is exact; a fraction of nothing that is named is left out.
    """
    for found in find_fractions(text):
        before = text[max(0, found.start - _BEHIND) : found.start]
        certainty, cut = find_certainty(before, "")
        after = text[found.end : found.end + _AHEAD]
        counted = find_counted(before[:cut], f" %{after}", language=language)
        if counted is None or not counted.thing:
            continue
        start = found.start - len(before[cut:].lstrip()) if cut < len(before) else found.start
        if _MORE_THAN.match(text, found.start):
            certainty = "at_least"
        certainty = "about" if certainty == "exact" else certainty
        value = round(found.percent, 2)
        written = text[start : found.end]
        yield Quantity(written, start, found.end, value, value, "percent", counted.thing, certainty)


def read_noughts(text: str, language: str) -> Iterator[Quantity]:
    """A normalised text -> what it says there was none of, as counts of 0; none so far is "at_least"."""
    for found in find_noughts(text, language=language):
        counted = _find_none(text, found, language)
        if counted is not None:
            told = find_state_end(text[found.end : found.end + _AHEAD], language=language)
            end = found.end + max(counted.length, 0 if found.thing.endswith(_STATES) else told)
            certainty = "exact" if found.is_final else "at_least"
            written = text[found.start : end]
            yield Quantity(written, found.start, end, 0.0, 0.0, counted.unit, counted.thing, certainty)


def _find_none(text: str, found: Nought, language: str) -> Counted | None:
    """What there was none of; None for no count of people, houses or cases by what happened to them."""
    after = text[found.end : found.end + _AHEAD]
    if found.thing.endswith(_STATES):
        return Counted("person", found.thing, 0)
    if found.thing:
        person = "người" if language != "en" else "people"
        counted = find_counted("", f" {person}{_WAS.sub('', after)}", language=language)
        return replace(counted, length=0) if counted and counted.thing.endswith(_STATES) else None
    after = after if after[:1].isspace() else f" {after}"
    counted = find_counted("", _ANY.sub("", after), language=language)
    if counted is None or counted.unit not in {"person", "household", "house", "case"}:
        return None
    is_of_state = counted.thing.endswith(_STATES) and "khong chac" not in counted.thing
    is_of_kind = counted.unit == "case" and " " in counted.thing
    length = counted.length - (0 if text[found.end : found.end + 1].isspace() else 1)
    return replace(counted, length=length) if is_of_state or is_of_kind else None

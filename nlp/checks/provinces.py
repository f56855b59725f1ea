"""Of which province a figure is told, where a sentence names several: "Đắk Lắk 9, hơn Gia Lai". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.checks.atlas import Atlas
from nlp.checks.statements import Statement, is_same_wording
from store.types import MentionKind

_CLAUSE_END = re.compile("[,;:]")
_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN, MentionKind.LIST})


def are_of_one_province(atlas: Atlas, one: Statement, other: Statement) -> bool:
    """Whether the places named beside two figures may be one, as far as one of them is another province.

    A sentence that names none beside its figure tells of another province only if its article names that.
    """
    mine, theirs = _named_with(atlas, one), _named_with(atlas, other)
    if not {mine, theirs} & set(atlas.elsewhere.values()):
        return True
    if mine and theirs:
        return not atlas.are_apart(mine, theirs)
    return is_same_wording(one, other) or _tells_of(atlas, other if mine else one, mine or theirs)


def _tells_of(atlas: Atlas, one: Statement, unit: str) -> bool:
    """Whether a statement's article names another province anywhere."""
    article = one.item.article
    return any(where.unit == unit for where in atlas.find_elsewhere(f"{article.title}\n{article.text}"))


def _named_with(atlas: Atlas, one: Statement) -> str:
    """The unit of the place that stands last before a figure, or else first after it in its clause; or ""."""
    places = sorted(_places(atlas, one))
    before = [unit for start, unit in places if start < one.quantity.start]
    if before:
        return before[-1]
    rest = one.claim.text[one.quantity.end - one.claim.start :]
    clause = one.quantity.end + len(_CLAUSE_END.split(rest, maxsplit=1)[0])
    return next((unit for start, unit in places if one.quantity.end <= start < clause), "")


def _places(atlas: Atlas, one: Statement) -> Iterator[tuple[int, str]]:
    start, end = one.claim.start, one.claim.end
    for where in atlas.find_elsewhere(one.claim.text):
        yield start + where.start, where.unit
    for place in one.item.reading.places:
        if place.field == one.claim.field and start <= place.start < end and place.kind not in _NOT_WHERE:
            yield place.start, place.unit

"""Of which province a figure is told, where a sentence names several: "Đắk Lắk 9, hơn Gia Lai". Pure."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checks.atlas import Atlas
from nlp.checks.statements import Statement
from store.types import MentionKind

_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN, MentionKind.LIST})


def are_of_one_province(atlas: Atlas, one: Statement, other: Statement) -> bool:
    """Whether the places named last before two figures may be one, as far as one of them is another province.

    Where a sentence names none before its figure, nothing keeps the two apart.
    """
    mine, theirs = _named_before(atlas, one), _named_before(atlas, other)
    if not (mine and theirs) or not {mine, theirs} & set(atlas.elsewhere.values()):
        return True
    return not atlas.are_apart(mine, theirs)


def _named_before(atlas: Atlas, one: Statement) -> str:
    """The unit of the place that stands last before a figure in its sentence; "" where none does."""
    return max(_places(atlas, one), default=(-1, ""))[1]


def _places(atlas: Atlas, one: Statement) -> Iterator[tuple[int, str]]:
    start, figure = one.claim.start, one.quantity.start
    for where in atlas.find_elsewhere(one.claim.text[: max(0, figure - start)]):
        yield start + where.start, where.unit
    for place in one.item.reading.places:
        if place.field == one.claim.field and start <= place.start < figure and place.kind not in _NOT_WHERE:
            yield place.start, place.unit

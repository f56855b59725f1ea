"""Decides of every name seen in an article what is meant, how sure that is, and what part it plays.

1. Names and trap phrases are found, and the unit words and addresses around them.
2. Anchors: names that need no context; the others need an address that leads to one, or one near.
3. The part: another thing's name, origin of a person, one of a list, place of the event, mention.
4. Villages and other places no list holds, by their word and their address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nlp.places.context import Context
from nlp.places.deciding import Setting, decide
from nlp.places.evidence import Evidence, Found, with_signs
from nlp.places.memories import with_memories
from nlp.places.names import MOST_HITS, Names
from nlp.places.rows import as_one_of_many, find_listed, find_rows
from nlp.places.sighting import Sight, chain_after, find_sights
from nlp.places.traps import Traps, is_located_by, is_road
from nlp.places.villages import with_villages
from nlp.surface import Surface
from store.types import Place, PlaceLevel


def find_places(title: Surface, text: Surface, names: Names, traps: Traps, *, day: date | None) -> Evidence:
    """Title and text -> what their places tell.

    `day` is the article's, to tell old units from new; None where it is unknown.
    """
    fields = {"title": title, "text": text}
    seen = {field: find_sights(surface, field, names, traps, day=day) for field, surface in fields.items()}
    sights = [sight for found, _ in seen.values() for sight in found]
    context = Context(sights)
    found: list[Found] = []
    for field, surface in fields.items():
        listed = _decide(surface, seen[field][0], context)
        found += with_villages(surface, field, listed)
    found = as_one_of_many(with_memories(found, fields), sights)
    if found and any(len(sights) >= MOST_HITS for sights, _ in seen.values()):
        found[-1] = replace(
            found[-1], rule=f"{found[-1].rule}; chỉ xét {MOST_HITS} tên đầu, phần sau không xét"
        )
    elsewhere = tuple((sight.field, sight.hit.start) for sight in sights if sight.elsewhere)
    phrases = tuple((field, phrase) for field, (_, trapped) in seen.items() for phrase in trapped)
    return Evidence(tuple(found), elsewhere, phrases)


def _decide(surface: Surface, sights: list[Sight], context: Context) -> list[Found]:
    listed = find_listed(surface, sights)
    rows = find_rows(surface, sights)
    sights = [_as_street(surface, sights, index) for index in range(len(sights))]
    found: list[Found] = []
    until = -1  # end of the address that is being gone through
    shared: frozenset[str] = frozenset()  # what the words before that address say of all its parts
    for index, sight in enumerate(sights):
        if sight.place is None:
            continue
        chain = chain_after(surface, sights, index)
        setting = Setting(
            surface=surface,
            context=context,
            sight=sight,
            place=_by_district(sight, chain, context) or sight.place,
            chain=tuple(chain),
            listed=index in listed,
            chained=index <= until,
            locates=index <= until and _is_commune(sights[index - 1]) and not _is_commune(sight),
            row=index in rows,
        )
        if (decided := decide(setting)) is not None:
            decided = with_signs(decided, shared) if setting.chained else decided
            shared = decided.signs
            found.append(decided)
            until = max(until, index + len(chain))  # a name that is nothing of ours begins no address of ours
    return found


def _as_street(surface: Surface, sights: list[Sight], index: int) -> Sight:
    """The sight, as a street's name where the road that bears it is said to lie in a town elsewhere:
    "tuyến đường Bình Định ở Đà Nẵng"; not where the road leads from the one to the other.
    """
    sight = sights[index]
    if sight.place is None or sight.unit is not None or not is_road(surface, sight.hit.start):
        return sight
    for other in sights[index + 1 : index + 4]:
        if other.elsewhere and is_located_by(surface, sight.hit.end, other.hit.start):
            return replace(sight, street=True)
    return sight


def _by_district(sight: Sight, chain: list[Sight], context: Context) -> Place | None:
    """Which commune is meant where several of ours bore the name (Ia Băng, Tây Sơn), by the district named.

    In its address; or else anywhere in the article, where that leaves one and the old communes are meant.
    """
    if sight.place is None or len(sight.hit.places) < 2 or not _is_commune(sight):
        return None
    old = [place for place in sight.hit.places if place.parent.startswith("d")]
    above = {place.id for after in chain for place in after.hit.places}
    if (addressed := next((place for place in old if place.parent in above), None)) is not None:
        return addressed
    held = [place for place in old if context.holds(place) and place.unit_words == sight.place.unit_words]
    return held[0] if len(held) == 1 and sight.place in old else None


def _is_commune(sight: Sight) -> bool:
    return sight.place is not None and sight.place.level is PlaceLevel.COMMUNE

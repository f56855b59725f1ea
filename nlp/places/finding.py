"""Decides of every name seen in an article what is meant, how sure that is, and what part it plays.

1. Names and trap phrases are found, and the unit words and addresses around them.
2. Anchors: names that need no context; the others need an address that leads to one, or one near.
3. The part: another thing's name, origin of a person, one of a list, place of the event, mention.
4. Villages and other places no list holds, by their word and their address.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from nlp.places.context import Context
from nlp.places.deciding import Setting, decide
from nlp.places.evidence import Evidence, Found, with_signs
from nlp.places.memories import with_memories
from nlp.places.names import MOST_HITS, Names
from nlp.places.sighting import Sight, chain_after, find_sights
from nlp.places.traps import Traps, is_located_by, is_road
from nlp.places.villages import with_villages
from nlp.surface import Surface
from store.types import Place, PlaceLevel

_WORD = re.compile(r"[^\s,;.-]+")
# "Gia Lai 12, Kon Tum 8", "Đắk Lắk: 120.000 đồng/kg; Lâm Đồng": each of a row with its figure
_FIGURE = re.compile(r"\s*[:(=–-]?\s*(?:khoảng |gần |hơn )?\d(?:[\d.,]*\d)?")
_AFTER_FIGURE = re.compile(
    r"\s*(?:%|[^\W\d_]+(?: [^\W\d_]+)?)?(?:/[^\W\d_]+)?\s*\)?\s*[,;|\n]\s*"
    r"(?:(?:và|va|and|tỉnh|tinh|tp|thành phố)\s+)*"
    r"|\s*(?:%|[^\W\d_]+)?\s*\)?\s+(?:và|va|and)\s+(?:(?:tỉnh|tinh|tp|thành phố)\s+)*"
)
# "119,000 dong in Gia Lai, 120,000 in Dak Lak and 118,500 in Lam Dong"
_FIGURE_FIRST = re.compile(
    r"\s*[,;]?\s*(?:(?:và|va|and)\s+)?\d[\d.,]*(?: [^\W\d_]+){0,2} (?:in|ở|tại|o|tai) (?:(?:tỉnh|tinh) )?"
)
_LONGEST_FIGURE = 48  # characters between two names of such a row
_LIST_WORDS = {"và", "tỉnh", "tp", "thành", "phố", "and", "the", "&", "va", "tinh", "hay", "hoặc"}


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
    found = with_memories(found, fields)
    if found and any(len(sights) >= MOST_HITS for sights, _ in seen.values()):
        found[-1] = replace(
            found[-1], rule=f"{found[-1].rule}; chỉ xét {MOST_HITS} tên đầu, phần sau không xét"
        )
    elsewhere = tuple((sight.field, sight.hit.start) for sight in sights if sight.elsewhere)
    phrases = tuple((field, phrase) for field, (_, trapped) in seen.items() for phrase in trapped)
    return Evidence(tuple(found), elsewhere, phrases)


def _decide(surface: Surface, sights: list[Sight], context: Context) -> list[Found]:
    listed = _find_listed(surface, sights)
    rows = _find_rows(surface, sights)
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


def _find_listed(surface: Surface, sights: list[Sight]) -> set[int]:
    """Indexes of provinces that stand in a row of three or more."""
    listed: set[int] = set()
    row: list[int] = []
    for index, sight in enumerate(sights):
        province = sight.elsewhere or (sight.place is not None and sight.place.level is PlaceLevel.PROVINCE)
        if not province:
            row = []
        elif row and _goes_on(surface, sights[row[-1]].hit.end, sight.hit.start):
            row.append(index)
        else:
            row = [index]
        if len(row) >= 3:
            listed.update(row[-3:])
    return listed


def _goes_on(surface: Surface, start: int, end: int) -> bool:
    """Whether the row of provinces goes on there: only a comma between, or the figure of the one before."""
    if _joins(surface, start, end):
        return True
    if end - start <= _LONGEST_FIGURE and _FIGURE_FIRST.fullmatch(surface.lower, start, end) is not None:
        return True
    if end - start > _LONGEST_FIGURE or (figure := _FIGURE.match(surface.lower, start, end)) is None:
        return False
    return _AFTER_FIGURE.fullmatch(surface.lower, figure.end(), end) is not None


def _find_rows(surface: Surface, sights: list[Sight]) -> set[int]:
    """Indexes of places inside the province that stand beside another of the same level."""
    rows: set[int] = set()
    for index, (one, other) in enumerate(pairwise(sights)):
        if one.place is None or other.place is None or one.place.level is not other.place.level:
            continue
        if _joins(surface, one.end, other.start):
            rows |= {index, index + 1}
    return rows


def _joins(surface: Surface, start: int, end: int) -> bool:
    """Whether a comma or "và", and at most unit words, stand between two names."""
    if not 1 <= end - start <= 24:
        return False
    return set(_WORD.findall(surface.lower, start, end)) <= _LIST_WORDS

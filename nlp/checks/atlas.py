"""Which places can be one place: old and new units, what lies in what, and the other provinces. Pure.

A check sees units as ids in a reading; here they become the units of today that hold their ground.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.patterns import alternatives, words_of
from nlp.text import fold
from store.types import Gazetteer, MentionKind, Place, PlaceLevel, ReadArticle

_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN, MentionKind.LIST})
_CITY = {"TP HCM": "Hồ Chí Minh", "TP.HCM": "Hồ Chí Minh", "TPHCM": "Hồ Chí Minh", "Sài Gòn": "Hồ Chí Minh"}
# A name that is also peace, a river, a street or part of a person's name counts only with its unit word.
_ALSO_WORDS = frozenset({"Hòa Bình", "Thái Bình", "Điện Biên", "Long An", "Hồ Chí Minh", "Huế", "Cao Bằng"})
_UNIT_WORD = r"(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?|T\.P) ?"
_NAME_BEFORE = re.compile(r"[^\W\d_][\w.]* $")  # the word before, in the few characters looked at
_LOOK_BACK = 14
_NOT_A_PLACE = words_of("đường phố báo đài người quê gốc biển cầu chợ hẻm lộ trường học ty hàng")


@dataclass(frozen=True, slots=True)
class Where:
    """A place named in a text: its id and name as written, at `start:end` of the title or text."""

    unit: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atlas:
    """What is known of places. The empty one knows none, and with it no two places are apart."""

    ground: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # name as written -> id
    pattern: re.Pattern[str] | None = None
    plain: Mapping[str, str] = field(default_factory=dict)  # name without marks -> id
    plain_pattern: re.Pattern[str] | None = None  # such names before "province"

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two places (ids) have no ground in common; False where either is not known."""
        mine, theirs = self.ground.get(one), self.ground.get(other)
        return bool(mine and theirs and not mine & theirs)

    def is_supported(self, unit: str, others: Iterable[str]) -> bool:
        """Whether one of the other places may be this one, or lie in it, or hold it."""
        return any(not self.are_apart(unit, other) for other in others)

    def find_elsewhere(self, text: str) -> Iterator[Where]:
        """The other provinces that a text names, in order; streets, outlets and origins are none."""
        for hit in self.pattern.finditer(text) if self.pattern else ():
            name = hit["name"]
            before = _NAME_BEFORE.search(text[max(0, hit.start() - _LOOK_BACK) : hit.start()])
            word = before[0].strip() if before else ""
            if not hit["unit"] and (
                name in _ALSO_WORDS or word.lower() in _NOT_A_PLACE or word[:1].isupper()
            ):
                continue
            yield Where(self.elsewhere[name], hit[0], hit.start(), hit.end())
        for hit in self.plain_pattern.finditer(text) if self.plain_pattern else ():
            yield Where(self.plain[hit["name"]], hit["name"], hit.start(), hit.end("name"))

    def find_places(self, item: ReadArticle, of: str) -> list[Where]:
        """Every place in an article's `title` or `text` where something may be, in order."""
        text = item.article.title if of == "title" else item.article.text
        known = [
            Where(place.unit, place.name, place.start, place.end)
            for place in item.reading.places
            if place.field == of and place.kind not in _NOT_WHERE
        ]
        taken = [(p.start, p.end) for p in item.reading.places if p.field == of]
        others = (w for w in self.find_elsewhere(text) if not _lies_in(w, taken))
        return sorted((*known, *others), key=lambda where: where.start)


@lru_cache(maxsize=2)  # half a second for 669 places; the desk asks at every page of a story
def make_atlas(gazetteer: Gazetteer) -> Atlas:
    """Gazetteer -> Atlas; made once for each gazetteer."""
    by_id = {place.id: place for place in gazetteer.places}
    children: dict[str, list[str]] = defaultdict(list)
    for place in gazetteer.places:
        if place.level is not PlaceLevel.LANDMARK:
            children[place.parent].append(place.id)
    ground = {id_: frozenset(_ground(by_id[id_], by_id, children, depth=0)) for id_ in by_id}
    elsewhere = {p.names[0]: p.id for p in gazetteer.places if p.level is PlaceLevel.NEIGHBOUR}
    elsewhere |= {alias: elsewhere[name] for alias, name in _CITY.items() if name in elsewhere}
    if not elsewhere:
        return Atlas(ground)
    names = alternatives(elsewhere, also_unaccented=False)
    plain = {fold(name).text.title(): id_ for name, id_ in elsewhere.items() if not name.isascii()}
    plain_names = alternatives(plain, also_unaccented=False)
    return Atlas(
        ground,
        elsewhere,
        re.compile(rf"(?<!\w)(?P<unit>{_UNIT_WORD})?(?P<name>{names})(?! ?\w*[A-ZĐ])(?!\w)"),
        plain,
        re.compile(rf"(?<!\w)(?P<name>{plain_names})\s(?:province|city)(?!\w)") if plain else None,
    )


def _ground(
    place: Place, by_id: Mapping[str, Place], children: Mapping[str, list[str]], *, depth: int
) -> Iterator[str]:
    """The units of today, or other provinces, on a place's ground. What lies nowhere known has none."""
    if depth > 6:  # a ring in the data
        return
    if place.level is PlaceLevel.LANDMARK or (place.level is PlaceLevel.NEIGHBOUR and place.parent):
        following = [place.parent] if place.parent else []
    elif place.level is PlaceLevel.PROVINCE:
        following = children.get(place.id, []) or list(place.successors)
    else:
        following = list(place.successors)
        if not following:
            yield place.id
    for id_ in following:
        if id_ in by_id:
            yield from _ground(by_id[id_], by_id, children, depth=depth + 1)


def _lies_in(where: Where, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < where.end and where.start < end for start, end in taken)

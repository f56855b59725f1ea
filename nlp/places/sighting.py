"""One name seen in a text: what is known of it before it is decided what it means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nlp.places.names import Hit, Names, is_highland
from nlp.places.traps import Trapped, Traps, is_street
from nlp.places.wording import UnitWord, compatible, find_unit, is_at, is_like_a_person, is_link
from nlp.surface import Surface
from store.types import Place, PlaceLevel

_OURS = {PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.COMMUNE, PlaceLevel.LANDMARK}
_WORD_BEFORE = re.compile(r"([^\W_][\w']*)\s$")
_CAPITAL_AFTER = re.compile(r" [^\W\d_]")
_MAY_PRECEDE = frozenset(
    re.findall(
        r"\S+",
        "tại ở về đến tới từ trên thuộc qua của và cho với lên xuống vùng in of at from to for near the "
        "ubnd hđnd tand vksnd tỉnh huyện xã phường thôn làng tp tx tt công an báo núi sông "
        "hồ đèo cầu suối thác rừng hạt",
    )
)


@dataclass(frozen=True, slots=True)
class Sight:
    """A hit with its surroundings. `place` is None where nothing of ours can be meant."""

    field: str
    hit: Hit
    unit: UnitWord | None
    place: Place | None
    elsewhere: bool  # a province outside bears the name, or nothing else fits
    trapped: Trapped | None
    street: bool
    longer: bool  # it is part of a longer name
    marked: bool  # the text is written with its marks
    bare: bool  # a name alone that occurs in no other province, and is no person's
    at: bool  # and a word that stands only before places is before it

    @property
    def start(self) -> int:
        """Where the name starts, with its unit word."""
        return self.unit.start if self.unit else self.hit.start

    @property
    def end(self) -> int:
        """Where the name ends, with its unit word."""
        return self.unit.end if self.unit else self.hit.end

    @property
    def clean(self) -> bool:
        """Whether it is a place of ours and no trap."""
        return self.place is not None and self.trapped is None and not self.street


def find_sights(
    surface: Surface, field: str, names: Names, traps: Traps, *, day: date | None
) -> tuple[list[Sight], list[Trapped]]:
    """All names in a surface with their surroundings, and the trap phrases that were found on the way."""
    trapped = traps.find(surface)
    hits = names.find(surface)
    return [_sight(surface, field, hit, trapped, traps, day=day) for hit in hits], trapped


def _sight(
    surface: Surface, field: str, hit: Hit, trapped: Sequence[Trapped], traps: Traps, *, day: date | None
) -> Sight:
    unit = find_unit(surface, hit.start, hit.end)
    place = choose(hit.places, unit.unit if unit else "", day)
    near = trapped[max(0, bisect_right(trapped, hit.start, key=lambda t: t.start) - 1) :][:2]
    trap = next((t for t in near if t.start <= hit.start and hit.end <= t.end), None)
    bare = unit is None and trap is None and _is_unique(surface, hit, place)
    return Sight(
        field=field,
        hit=hit,
        unit=unit,
        place=place,
        elsewhere=place is None,
        trapped=trap or _trap_around(surface, hit, unit, traps),
        street=unit is None and is_street(surface, hit.start),
        longer=not _is_district(place, unit) and is_longer(surface, hit, has_unit=unit is not None),
        marked=surface.exact,
        bare=bare,
        at=bare and is_at(surface, hit.start),
    )


def _is_unique(surface: Surface, hit: Hit, place: Place | None) -> bool:
    """Whether the name is a commune's that exists nowhere else (context 2.3), written so that it is a name.

    Without marks only those of the highlands are: "Hoai Tan" may be anybody.
    """
    if place is None or place.level is not PlaceLevel.COMMUNE or place.ambiguous or not hit.exact:
        return False
    folded = surface.folded[hit.start : hit.end]
    if surface.capitals or " " not in folded:
        return False
    return is_highland(folded) or (surface.exact and not is_like_a_person(folded))


def _is_district(place: Place | None, unit: UnitWord | None) -> bool:
    """A district with its word ends there, whoever is named next: "Trưởng công an huyện Đức Cơ Nguyễn An"."""
    return place is not None and place.level is PlaceLevel.DISTRICT and unit is not None


def _trap_around(surface: Surface, hit: Hit, unit: UnitWord | None, traps: Traps) -> Trapped | None:
    """The trap the name fills, with its unit word or without; "thành phố Pleiku" is no street."""
    if unit is None:
        return traps.around(surface, hit.start, hit.end)
    bare = traps.around(surface, hit.start, hit.end)
    if bare is not None and bare.start < unit.start:
        return bare
    return traps.around(surface, unit.start, unit.end)


def choose(places: tuple[Place, ...], unit: str, day: date | None) -> Place | None:
    """The place meant by a name with this unit word on this day; None where only places elsewhere fit."""
    ours = [p for p in places if p.level in _OURS]
    if unit:
        ours = [p for p in ours if compatible(unit, p.level, p.unit_words)]
    outside = any(p.level is PlaceLevel.NEIGHBOUR for p in places)
    if outside and not unit and all(p.level is PlaceLevel.COMMUNE for p in ours):
        return None  # "Bình Dương" alone is the province, not the commune
    if not ours:
        return None
    if not unit and (province := [p for p in ours if p.level is PlaceLevel.PROVINCE]):
        ours = province  # "Bình Định" alone is the former province also when a ward bears its name
    return min(ours, key=lambda p: _rank(p, unit, day))


def _rank(place: Place, unit: str, day: date | None) -> tuple[bool, bool, int]:
    order = {PlaceLevel.PROVINCE: 0, PlaceLevel.DISTRICT: 1, PlaceLevel.LANDMARK: 2, PlaceLevel.COMMUNE: 3}
    return not is_valid(place, day), bool(unit) and unit not in place.unit_words, order[place.level]


def is_valid(place: Place, day: date | None) -> bool:
    """Whether the place bore its name on that day (always, where no day is known)."""
    if day is None:
        return True
    return (place.valid_from is None or place.valid_from <= day) and (
        place.valid_to is None or day <= place.valid_to
    )


def is_longer(surface: Surface, hit: Hit, *, has_unit: bool) -> bool:
    """Whether a capitalised word stands directly beside: the name may be another's ("Nguyễn An Khê")."""
    if surface.capitals:
        return False
    after = _CAPITAL_AFTER.match(surface.plain, hit.end)
    if after is not None and after[0][1].isupper():
        return True
    if has_unit:
        return False
    before = _WORD_BEFORE.search(surface.plain, max(0, hit.start - 24), hit.start)
    if before is None or not before[1][0].isupper():
        return False
    return before[1].lower() not in _MAY_PRECEDE


def chain_after(surface: Surface, sights: list[Sight], index: int) -> list[Sight]:
    """The sights that go on the address begun by `sights[index]`: "xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai"."""
    chain: list[Sight] = []
    last = sights[index]
    for following in sights[index + 1 : index + 5]:
        if not is_link(surface, last.hit.end, following.hit.start):
            break
        chain.append(following)
        last = following
    return chain

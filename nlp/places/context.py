"""Where the sure names stand, so that nearness to one can be asked of the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from nlp.places.sighting import Sight
from store.types import Place, PlaceLevel

NEAR = 300  # characters (context 2.3)
_BESIDE = 3  # characters: ", " or " ("
_MOST_FELLOWS = 40  # names looked at beside one: more than fit in so few characters
_TELLING = 11  # characters: "cua khau Le Thanh", "Cu Lao Xanh"


def is_anchor(sight: Sight) -> bool:
    """Whether the name needs no context: province, district, landmark, unique commune with its word.

    A commune of today that took over the name of an old district is known by it: "Pleiku", "Đức Cơ".
    """
    if not sight.clean or sight.place is None:
        return False
    level = sight.place.level
    if level is PlaceLevel.PROVINCE:
        return True
    if sight.place.ambiguous or sight.longer:
        return False
    if level is PlaceLevel.LANDMARK and not sight.marked:
        return _is_telling(sight)  # without marks "Le Thanh" is a person's name, too
    if level in {PlaceLevel.DISTRICT, PlaceLevel.LANDMARK} or sight.unit is not None:
        return True
    return any(p.level is PlaceLevel.DISTRICT and not p.ambiguous for p in sight.hit.places)


def _is_telling(sight: Sight) -> bool:
    return sight.hit.end - sight.hit.start >= _TELLING


class Context:
    """The anchors of one article and the provinces elsewhere, by position; asked in logarithmic time."""

    def __init__(self, sights: Sequence[Sight]) -> None:
        anchors = [sight for sight in sights if is_anchor(sight)]
        self._title = any(s.field == "title" for s in anchors)
        sure = anchors + [one for one, other in pairwise(sights) if _goes_on(one, other)]
        bare = [s for s in sights if s.bare and s.clean and not s.longer and _early(s) <= 2 * NEAR]
        self._at = {s.place.id for s in bare if s.place and s.at}
        self._bare = sorted((_early(s), s.place.id) for s in bare if s.place)
        self._named = {s.place.id for s in sure if s.place}
        self._anchors = _positions(anchors)
        self._outside = _positions([s for s in sights if s.elsewhere])

    def holds(self, place: Place) -> bool:
        """Whether the article names, anywhere and beyond doubt, the district the place lay in."""
        return place.parent in self._named

    def names(self, place: Place) -> bool:
        """Whether the article names the place, anywhere beyond doubt: then its other mentions mean it."""
        return place.id in self._named

    def stands_alone(self, sight: Sight) -> bool:
        """Whether a commune's unique name, written without its word, is known: by a word that stands only
        before places, or by another such name near (context 2.3), in the title or the first paragraphs.
        """
        if not sight.bare or sight.longer or sight.place is None or self.is_outside_near(sight):
            return False
        if sight.place.id in self._at:
            return True
        at = _early(sight)
        if at > 2 * NEAR:
            return False
        low = bisect_left(self._bare, (at - NEAR, ""))
        for position, identifier in self._bare[low : low + _MOST_FELLOWS]:
            if position <= at + NEAR and identifier != sight.place.id:
                return True
        return False

    def is_near(self, sight: Sight) -> bool:
        """Whether another anchor stands within NEAR characters (the title is near the lead)."""
        if sight.field == "title":
            return bool(self._anchors) and self._anchors[0] <= 2 * NEAR
        if self._title and sight.hit.start <= 2 * NEAR:
            return True
        low = bisect_left(self._anchors, sight.hit.start - NEAR)
        beside = [position for position in self._anchors[low : low + 2] if position != sight.hit.start]
        return any(position <= sight.hit.end + NEAR for position in beside)

    def is_outside_near(self, sight: Sight) -> bool:
        """Whether a province elsewhere is named within NEAR characters."""
        low = bisect_left(self._outside, sight.hit.start - NEAR)
        return any(position <= sight.hit.end + NEAR for position in self._outside[low : low + 1])


def _early(sight: Sight) -> int:
    """Where the name stands; the title is read as if before the text's first word."""
    return sight.hit.start if sight.field == "text" else 0


def _goes_on(one: Sight, other: Sight) -> bool:
    """Whether a name that alone would be doubtful stands before our province: "An Khê, Gia Lai"."""
    if not one.clean or not other.clean or one.field != other.field or other.place is None:
        return False
    return other.place.level is PlaceLevel.PROVINCE and other.start - one.end <= _BESIDE


def _positions(sights: Sequence[Sight]) -> list[int]:
    return sorted(s.hit.start for s in sights if s.field == "text")

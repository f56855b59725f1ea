"""The gazetteer made ready for one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.places.elsewhere import elsewhere_names
from nlp.places.wording import find_unit
from nlp.surface import Surface
from nlp.syllables import is_toneless_syllable
from nlp.text import flatten, is_unspaced, loosen, normalise
from store.types import Gazetteer, Place, PlaceLevel


@dataclass(frozen=True, slots=True)
class Hit:
    """A name at `start:end` of a surface, with all that are called so. `exact`: the marks agree, too."""

    start: int
    end: int
    places: tuple[Place, ...]
    exact: bool


MOST_HITS = 5000  # names looked at in one field; a text with more is a table, or bad input


class Names:
    """All names of the gazetteer, and those of provinces elsewhere, in one automaton over folded text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.by_id = {place.id: place for place in gazetteer.places}
        self._spelled: dict[str, list[tuple[str, Place]]] = {}
        self._small: set[str] = set()  # "sông Ba", "sân bay Pleiku": written with a small letter first
        for place in (*gazetteer.places, *_elsewhere(gazetteer)):
            for name in place.names:
                self._add(name, place)
        self._patterns = tuple(self._spelled)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def _add(self, name: str, place: Place) -> None:
        plain = normalise(name).text
        key = loosen(flatten(plain))
        if plain[:1].islower():
            self._small.add(key)
        spelled = self._spelled.setdefault(key, [])
        if (written := loosen(plain.lower()), place) not in spelled:
            spelled.append((written, place))

    def find(self, surface: Surface) -> list[Hit]:
        """Whole-word, capitalised hits in order, none inside another; of those at one place the longest.

        All matches are looked at: "Ia Ko" is inside "Quốc gia Kon Ka Kinh", and must not hide what is there.
        After MOST_HITS no more are looked for.
        """
        rows = self._automaton.find_matches_as_indexes(surface.folded, overlapping=True)
        found: list[Hit] = []
        until = 0
        for pattern, start, end in sorted(rows, key=lambda row: (row[1], -row[2])):
            if start >= until and (hit := self._hit(surface, pattern, start, end)) is not None:
                found.append(hit)
                until = end
            if len(found) == MOST_HITS:
                break
        return found

    def _hit(self, surface: Surface, pattern: int, start: int, end: int) -> Hit | None:
        spelled = self._spelled[self._patterns[pattern]]
        if is_unspaced(self._patterns[pattern]):
            same = tuple(place for name, place in spelled if name == surface.lower[start:end])
            return Hit(start, end, _distinct(same), exact=True) if same else None
        if not _is_whole(surface, start, end):
            return None
        small_first = self._patterns[pattern] in self._small
        if not _is_written_as_name(surface, start, end, spelled, small_first=small_first):
            return None
        written = surface.lower[start:end]
        same = tuple(place for name, place in spelled if name == written)
        if same:
            return Hit(start, end, _with_communes(same, spelled), exact=True)
        if surface.exact and not _may_lack_marks(written):
            near = tuple(place for name, place in spelled if is_highland(name))
            return Hit(start, end, _distinct(near), exact=False) if near else None
        return Hit(start, end, _distinct(place for _, place in spelled), exact=False)


def _with_communes(same: tuple[Place, ...], spelled: list[tuple[str, Place]]) -> tuple[Place, ...]:
    """A mountain's name is its commune's too, which lists spell otherwise: Chư Đăng Ya, xã Chư Đang Ya."""
    if any(place.level is not PlaceLevel.LANDMARK for place in same):
        return same
    communes = (p for name, p in spelled if p.level is PlaceLevel.COMMUNE and is_highland(name))
    return _distinct((*same, *communes))


def _elsewhere(gazetteer: Gazetteer) -> tuple[Place, ...]:
    outside = {n for p in gazetteer.places if p.level is PlaceLevel.NEIGHBOUR for n in p.names}
    return tuple(
        Place(f"elsewhere:{name}", (name,), PlaceLevel.NEIGHBOUR)
        for name in elsewhere_names()
        if name not in outside
    )


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({place.id: place for place in places}.values())


def _is_whole(surface: Surface, start: int, end: int) -> bool:
    before = surface.folded[start - 1] if start else " "
    after = surface.folded[end] if end < len(surface.folded) else " "
    return not before.isalnum() and not after.isalnum()


def _is_written_as_name(
    surface: Surface, start: int, end: int, spelled: list[tuple[str, Place]], *, small_first: bool
) -> bool:
    """Whether the name has its capitals: "gia lai" has not; "sông Ba" has, by its last word.

    A small second syllable may belong to a name of the highlands or of the province, or to one with its unit
    word: "Chư sê", "Gia lai", "huyện Đức cơ". Else it is the next word: "người Mỹ lợi dụng", "Chủ mỏ".
    """
    words = surface.plain[start:end].replace("-", " ").split()
    if small_first:
        return any(word[0].isupper() for word in words[1:])
    if not words[0][0].isupper() or len(words) == 1 or words[1][0].isupper():
        return words[0][0].isupper()
    highland = any(place.level is PlaceLevel.PROVINCE or is_highland(name) for name, place in spelled)
    if len(words[1]) <= _LONGEST_SMALL and highland and not _reads_as_words(surface, start, end, spelled):
        return True
    return (highland or len(words[1]) <= _LONGEST_SMALL) and find_unit(surface, start, end) is not None


def _reads_as_words(surface: Surface, start: int, end: int, spelled: list[tuple[str, Place]]) -> bool:
    """Whether a sentence may begin so: "Chủ mỏ cam kết" is not the commune Chư Mố, and without marks "Chu se"
    may be anything.
    """
    if surface.exact and any(name == surface.lower[start:end] for name, _ in spelled):
        return False
    return all(map(is_toneless_syllable, surface.folded[start:end].replace("-", " ").split()))


def _may_lack_marks(written: str) -> bool:
    """A name in plain letters inside accented text: "Pleiku", "Dak Doa", as agencies write them."""
    return written.isascii() and len(written) >= 6


def is_highland(name: str) -> bool:
    """Whether a name is Jrai or Bahnar: newspapers put marks on those as they like ("Chư Pảh", "Măng Yang").

    They hold a syllable that is none of Vietnamese, or begin with a word for water, mountain or village.
    """
    words = flatten(name).split()
    return words[0] in _HIGHLAND_FIRST or not all(map(is_toneless_syllable, words))


_LONGEST_SMALL = 3  # letters of a second syllable that newspapers write small
_HIGHLAND_FIRST = frozenset(
    {"ia", "ea", "ya", "chu", "kon", "kong", "krong", "dak", "dac", "plei", "lo", "po"}
)

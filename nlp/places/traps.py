"""Phrases that contain a name and mean something else (context 2.3): streets, clubs, companies, products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.places.wording import CAPITAL
from nlp.surface import Surface
from nlp.text import flatten, loosen, normalise
from store.types import Trap

_SLOT = "{place}"
# Where a name stands in a street address: "số 12 Lê Lợi", "đường Pleiku", "ngã tư Gia Lai".
_STREET = re.compile(
    r"(?<![^\W_])(?:đường|phố|hẻm|ngõ|ngách|đại lộ|ngã tư|ngã ba|số \d+[a-z]?(?:/\d+)*)(?: số \d+)?\s+$"
)
# "các tuyến phố lớn như Trường Chinh, Quang Trung, Tây Sơn": a row of them, of which this is not the first
_STREETS = re.compile(
    r"(?:[Cc]ác|[Nn]hững|[Nn]hiều) (?:tuyến |con )?(?:đường phố|đường|phố)"
    r"(?: lớn| chính| trung tâm)?(?: như)?:? "
    rf"(?:{CAPITAL}[^\W\d_]*(?: {CAPITAL}[^\W\d_]*){{0,3}}(?:, | và )){{1,9}}$"
)
_STREETS_REACH = 160  # characters
_NOT_STREET = re.compile(r"(?<![^\W_])(?:thành|tổ dân|con|mở|làm|tuyến) (?:phố|đường)\s+$")
_ROAD = re.compile(r"(?<![^\W_])(?:tuyến|con|tuyen) (?:phố|đường|pho|duong)\s+$")
_LOCATED = re.compile(
    r"(?!\s*(?:[-–]|đi |di |nối |noi |đến |den |với |voi ))[^.;:!?\n]{0,48}"
    r"(?:(?<![^\W_])(?:ở|tại|thuộc|của|o|tai|thuoc|cua)|,|\()\s*"
    r"(?:(?:khu vực|trung tâm|nội thành|khu vuc|trung tam)\s+)?"
    r"(?:(?:tp\.?|thành phố|thanh pho|quận|quan)\s*)?"
)

# "a nurse at Pleiku in 1967": before the years in which news is made; context 2.3 has battles and memoirs
_LONG_AGO = re.compile(r"\s+(?:in|năm|nam)\s+19(?:4[5-9]|[56]\d|7[0-5])(?!\d)")


@dataclass(frozen=True, slots=True)
class Trapped:
    """A range of a surface that is a trap, its label and the phrase."""

    start: int
    end: int
    label: str
    phrase: str


class Traps:
    """The gazetteer's traps, made ready."""

    def __init__(self, traps: tuple[Trap, ...]) -> None:
        self._whole = [(_key(t.pattern), t) for t in traps if _SLOT not in t.pattern]
        self._around = [(*_sides(t.pattern), t) for t in traps if _SLOT in t.pattern]
        self._automaton = AhoCorasick([key[1] for key, _ in self._whole], matchkind=MatchKind.LeftmostLongest)

    def find(self, surface: Surface) -> list[Trapped]:
        """Whole trap phrases in the text, in order."""
        return list(self._find(surface))

    def _find(self, surface: Surface) -> Iterator[Trapped]:
        for index, start, end in self._automaton.find_matches_as_indexes(surface.folded):
            (lower, _), trap = self._whole[index]
            if surface.exact and surface.lower[start:end] != lower:
                continue
            if _is_apart(surface.folded, start, end):
                yield Trapped(start, end, trap.label, trap.pattern)

    def around(self, surface: Surface, start: int, end: int) -> Trapped | None:
        """The trap whose `{place}` the name at `start:end` fills, if any."""
        text = surface.compared
        form = 0 if surface.exact else 1
        for before, after, trap in self._around:
            left, right = before[form], after[form]
            if text.endswith(left, 0, start) and text.startswith(right, end):
                begins, ends = start - len(left), end + len(right)
                road = trap.label == "street" and left and not is_street(surface, start)
                if _is_apart(text, begins, ends) and not road:
                    return Trapped(begins, ends, trap.label, trap.pattern)
        past = _LONG_AGO.match(text, end)
        return Trapped(start, past.end(), "history", f"{_SLOT}{past[0]}") if past else None


def is_street(surface: Surface, start: int) -> bool:
    """Whether a street word stands right before the name, or before a row of names that it is one of."""
    before = surface.lower[max(0, start - 24) : start]
    if _STREET.search(before) is not None:
        return _NOT_STREET.search(before) is None
    if not before.endswith((", ", "và ")):
        return False
    return _STREETS.search(surface.plain, max(0, start - _STREETS_REACH), start) is not None


def is_road(surface: Surface, start: int) -> bool:
    """Whether "tuyến đường" or "con đường" stands before the name: a road to it, or a street so called."""
    return _ROAD.search(surface.compared, max(0, start - 24), start) is not None


def is_located_by(surface: Surface, start: int, end: int) -> bool:
    """Whether `start:end`, after a road's name, says that the road lies in what is named at `end`."""
    return _LOCATED.fullmatch(surface.compared, start, end) is not None


def _sides(pattern: str) -> tuple[tuple[str, str], tuple[str, str]]:
    before, _, after = pattern.partition(_SLOT)
    return _key(before), _key(after)


def _key(phrase: str) -> tuple[str, str]:
    plain = normalise(phrase).text
    return loosen(plain.lower()), loosen(flatten(plain))


def _is_apart(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()

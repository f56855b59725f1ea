"""Places no list holds (villages, rivers, unlisted communes), recognised by their word and their address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from nlp.places.evidence import Found
from nlp.places.signs import signs_of
from nlp.places.wording import CAPITAL, is_link, is_origin
from nlp.surface import Surface
from nlp.text import fold
from store.types import MentionKind, Place, PlaceLevel

_LINK_LENGTH = 20  # characters between the parts of an address
_STANDS = re.compile(r"(?<![^\W_])(?:tại|ở|trên|trong)\s+$")
_NEAR = 300  # characters to a place of ours, where no address says which
_SETTLEMENTS = "làng|buôn|bôn|plei|plơi|thôn"
_NATURE = "sông|suối|thác|hồ|núi|đèo|rừng|đồi"
_GENERIC = (
    f"{_SETTLEMENTS}|{_NATURE}|xã|thị trấn|phường|huyện|thị xã|cầu|"
    "vườn quốc gia|khu bảo tồn thiên nhiên|rừng phòng hộ|rừng đặc dụng|công viên"
)
# Small letters only: "hồ Ayun Hạ" is a lake, "Hồ Chí Minh" is not.
_NAMED = re.compile(rf"(?<![^\W_])({_GENERIC})[ \u00a0]({CAPITAL}[\w'’]*(?:[ -]{CAPITAL}[\w'’]*){{0,3}})")
# "làng Gia Rai" says who lives there, "buôn làng Tây Nguyên" where villages are; neither names one.
_NO_NAMES = frozenset(
    {"Gia Rai", "Jrai", "Jarai", "Ba Na", "Bahnar", "Ê Đê", "Xê Đăng", "Kinh", "Chăm", "Hrê", "Việt"}
) | {"Tây Nguyên", "Trường Sơn", "Việt Nam"}


def with_villages(surface: Surface, field: str, found: list[Found]) -> list[Found]:
    """What was found, and names after a generic word whose address goes on to one of those, or that are near.

    An administrative unit must be in an address: "xã Ia Kreng, huyện Chư Păh"; the district there only says
    where the commune lies. The unit of such a mention is the listed place it was tied to.
    """
    if not surface.exact:
        return found
    villages = list(_find(surface, field, found))
    ends = {village.end for village in villages}
    return [replace(f, locates=True) if _goes_on(surface, ends, f) else f for f in found] + villages


def _goes_on(surface: Surface, ends: set[int], found: Found) -> bool:
    """Whether the name goes on the address of a village that ends right before."""
    if found.place.level is PlaceLevel.LANDMARK:
        return False
    near = (end for end in range(found.start - 1, max(0, found.start - 6), -1) if end in ends)
    return any(is_link(surface, end, found.start) for end in near)


def _find(surface: Surface, field: str, found: list[Found]) -> Iterator[Found]:
    """From the end of the text, for an address may go on to what is in no list itself."""
    mine = [f for f in found if f.field == field]
    heads = {f.start: f for f in mine if f.strength >= 2 or f.kind is MentionKind.ORIGIN}
    sure = [f for f in mine if f.strength >= 2]
    starts = [f.start for f in sure]
    taken = [(f.start, f.end) for f in mine if f.place.level is not PlaceLevel.LANDMARK and not _is_weak(f)]
    for hit in reversed(list(_NAMED.finditer(surface.plain))):
        if _is_no_name(hit, surface) or _overlaps(taken, hit.start(), hit.end()):
            continue
        linked = _linked(surface, heads, hit.end())
        tied = linked or _closest(surface, sure, bisect_left(starts, hit.end()), hit)
        if tied is not None:
            village = _village(surface, field, hit, tied.place, linked=linked is not None)
            heads[village.start] = village
            yield village


def _is_no_name(hit: re.Match[str], surface: Surface) -> bool:
    """Whether what follows the generic word says whose or of what kind it is: "làng Jrai", "làng SOS"."""
    first = hit[2].split()[0]
    is_short_form = len(first) > 1 and first.isupper() and first.isalpha() and not surface.capitals
    return hit[2] in _NO_NAMES or is_short_form


def _is_weak(found: Found) -> bool:
    return found.kind is MentionKind.MENTION and found.strength == 1


def _linked(surface: Surface, heads: dict[int, Found], end: int) -> Found | None:
    """What an address that has come to `end` goes on to."""
    starts = (start for start in range(end + 1, end + _LINK_LENGTH) if start in heads)
    return next((heads[start] for start in starts if is_link(surface, end, start)), None)


def _village(surface: Surface, field: str, hit: re.Match[str], place: Place, *, linked: bool) -> Found:
    how = "cùng địa chỉ với" if linked else "cạnh"
    is_home = is_origin(surface, hit.start(), hit.end())
    return Found(
        field=field,
        start=hit.start(),
        end=hit.end(),
        place=place,
        kind=MentionKind.ORIGIN if is_home else MentionKind.EVENT_PLACE,
        rule=f"có từ “{hit[1].lower()}”, {how} {place.names[0]}",
        strength=1 if is_home else 2,
        label="origin" if is_home else "",
        signs=signs_of(surface, hit.start(), hit.end()),
        own=fold(hit[0]).text,
    )


def _closest(surface: Surface, sure: list[Found], index: int, hit: re.Match[str]) -> Found | None:
    """The listed unit near a village; communes are too many to be tied by nearness.

    Rivers and mountains are too long, too: only where something is said to be there, in the same sentence.
    """
    most = _NEAR if hit[1] in _SETTLEMENTS.split("|") else 0
    if hit[1] in _NATURE.split("|") and _STANDS.search(surface.lower, max(0, hit.start() - 8), hit.start()):
        most = _NEAR // 2
    beside = [sure[at] for at in (index - 1, index) if 0 <= at < len(sure)]
    distances = [(max(a.start - hit.end(), hit.start() - a.end), a) for a in beside]
    near = [(d, a) for d, a in distances if d <= most and a.place.level is not PlaceLevel.LANDMARK]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, 0))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])

"""Places no list holds (villages, rivers, unlisted communes), recognised by their word and their address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from nlp.places.evidence import Found
from nlp.places.wording import CAPITAL, is_link, is_origin
from nlp.surface import Surface
from store.types import MentionKind, Place, PlaceLevel

_NEAR = 300  # characters to a place of ours, where no address says which
_SETTLEMENTS = "làng|buôn|bôn|plei|plơi|thôn"
_GENERIC = (
    f"{_SETTLEMENTS}|xã|thị trấn|phường|sông|suối|thác|hồ|núi|đèo|rừng|đồi|cầu|"
    "vườn quốc gia|khu bảo tồn thiên nhiên|rừng phòng hộ|rừng đặc dụng|công viên"
)
# Small letters only: "hồ Ayun Hạ" is a lake, "Hồ Chí Minh" is not.
_NAMED = re.compile(rf"(?<![^\W_])({_GENERIC})[ \u00a0]({CAPITAL}[\w'’]*(?:[ -]{CAPITAL}[\w'’]*){{0,3}})")
# "làng Gia Rai" says who lives there, and names no village.
_PEOPLES = frozenset(
    {"Gia Rai", "Jrai", "Jarai", "Ba Na", "Bahnar", "Ê Đê", "Xê Đăng", "Kinh", "Chăm", "Hrê"}
)


def find_villages(surface: Surface, field: str, found: list[Found]) -> list[Found]:
    """Names after a generic word whose address goes on to a place of ours, or that stand close to one.

    An administrative unit must be in an address: "xã Ia Kreng, huyện Chư Păh". The unit of such a mention is
    the listed place it was tied to.
    """
    if not surface.exact:
        return []
    return list(_find(surface, field, found))


def _find(surface: Surface, field: str, found: list[Found]) -> Iterator[Found]:
    anchors = [f for f in found if f.field == field and f.strength >= 2]
    starts = [f.start for f in anchors]
    taken = [(f.start, f.end) for f in found if f.field == field and f.place.level is not PlaceLevel.LANDMARK]
    for hit in _NAMED.finditer(surface.plain):
        if hit[2] in _PEOPLES or _overlaps(taken, hit.start(), hit.end()):
            continue
        index = bisect_left(starts, hit.end())
        after = anchors[index] if index < len(anchors) else None
        linked = after is not None and is_link(surface, hit.end(), after.start)
        tied = after if linked else _closest(anchors, index, hit)
        if tied is not None:
            yield _village(surface, field, hit, tied.place, linked=linked)


def _village(surface: Surface, field: str, hit: re.Match[str], place: Place, *, linked: bool) -> Found:
    how = "cùng địa chỉ với" if linked else "cạnh"
    rule = f"có từ “{hit[1].lower()}”, {how} {place.names[0]}"
    if is_origin(surface, hit.start()):
        return Found(field, hit.start(), hit.end(), place, MentionKind.ORIGIN, rule, 1, "origin")
    return Found(field, hit.start(), hit.end(), place, MentionKind.EVENT_PLACE, rule, 2)


def _closest(anchors: list[Found], index: int, hit: re.Match[str]) -> Found | None:
    """The listed unit near a village; rivers are too long, communes too many, to be tied by nearness."""
    if hit[1] not in _SETTLEMENTS.split("|"):
        return None
    beside = [anchors[at] for at in (index - 1, index) if 0 <= at < len(anchors)]
    distances = [(max(a.start - hit.end(), hit.start() - a.end), a) for a in beside]
    near = [(d, a) for d, a in distances if d <= _NEAR and a.place.level is not PlaceLevel.LANDMARK]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, 0))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])

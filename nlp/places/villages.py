"""Places no list holds (villages, rivers, unlisted communes), recognised by their word and their address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from nlp.places.evidence import Found, with_signs
from nlp.places.signs import signs_of
from nlp.places.wording import CAPITAL, is_link, is_origin
from nlp.surface import Surface
from nlp.text import fold
from store.types import MentionKind, Place, PlaceLevel

_LINK_LENGTH = 20  # characters between the parts of an address
_STANDS = re.compile(r"(?<![^\W_])(?:tại|ở|trên|trong)\s+$")
_NEAR = 300  # characters to a place of ours, where no address says which
_SETTLEMENTS = "làng|buôn|bôn|plei|plơi|thôn|khu phố|tổ dân phố"
_NATURE = "sông|suối|thác|hồ|núi|đèo|rừng|đồi"
_GENERIC = (
    f"{_SETTLEMENTS}|{_NATURE}|xã|thị trấn|phường|huyện|thị xã|cầu|"
    "vườn quốc gia|khu bảo tồn thiên nhiên|rừng phòng hộ|rừng đặc dụng|công viên"
)
# What kind of village it is, no name: "làng Thanh niên lập nghiệp".
_KINDS = "Thanh niên|Thiếu niên|Văn hóa|Văn hoá|Đại học|Du lịch|Quốc tế|Nông trường"
# Settlements and units also with a capital, as sentences begin. Of the others small letters only: "hồ Ayun
# Hạ" is a lake, "Hồ Chí Minh" is not. A village may have a number: "thôn Vân Hội 1".
_BEGINS = "Làng|Buôn|Bôn|Plei|Plơi|Thôn|Khu phố|Tổ dân phố|Xã|Thị trấn|Phường"
_NAMED = re.compile(
    rf"(?<![^\W_])({_GENERIC}|{_BEGINS})[ \u00a0]"
    rf"(?!{_KINDS})({CAPITAL}[\w'’]*(?:[ -]{CAPITAL}[\w'’]*){{0,3}}(?: [1-9](?![\w.,/-]*\d))?)"
)
# "thôn 3, xã An Vinh": only where the address goes on to a place of ours
_NUMBERED = re.compile(
    r"(?:(?<=[Tt]ại )|(?<=[Ởở] ))(thôn|làng|buôn|tổ dân phố|khu phố)[ \u00a0](\d{1,2}[A-Z]?)(?![\w/-]|[.,]\d)"
)
_NAME = rf"{CAPITAL}[\w'’]*(?:[ -]{CAPITAL}[\w'’]*){{0,2}}"
# Without marks "lang Tung, xa Ia Nan" in an address only: "lang" may be another word; "Ga village" also near.
_UNMARKED = re.compile(
    rf"(?<![^\W_])(?:(?:lang|buon|bon|plei|thon|khu pho) (?P<named>{_NAME})|"
    rf"(?P<english>{_NAME}) (?:village|hamlet))(?![^\W_])"
)
# What an English sentence may have before "village": whose or which it is, no name.
_NO_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        "The This That Each One Another Every Their Our His Her Its My Some Fishing Local Global Olympic "
        "Border Montagnard Vietnamese Cham Hre Ede SOS",
    )
)
# An address that goes on to a unit above: "thôn Phước Thọ, xã Bình Phước, huyện Bình Sơn".
_ABOVE = re.compile(
    rf"(?:[ ,(]+(?:xã|phường|thị trấn) {CAPITAL}[\w'’]*(?: {CAPITAL}[\w'’]*){{0,3}})?[ ,(]+"
    rf"((?:huyện|quận|thị xã|thành phố|tỉnh|TP|TX)[. ]+{CAPITAL})"
)
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
        return found + list(_find_unmarked(surface, field, found))
    villages: dict[int, Found] = {}  # by their ends
    for village in sorted(_find(surface, field, found), key=lambda v: v.start):
        before = _before(surface, villages, village.start)
        villages[village.end] = with_signs(village, before.signs) if before else village
    return [_after(surface, villages, f) if f.field == field else f for f in found] + list(villages.values())


def _after(surface: Surface, villages: dict[int, Found], found: Found) -> Found:
    """A listed place that may go on the address of a village: a district then only says where that lies.

    A commune does more than that: people name the village and its commune as where the news happened.
    """
    level = found.place.level
    if level is PlaceLevel.LANDMARK or (village := _before(surface, villages, found.start)) is None:
        return found
    if level is PlaceLevel.COMMUNE:
        return with_signs(found, village.signs)
    return replace(found, locates=True)


def _before(surface: Surface, villages: dict[int, Found], start: int) -> Found | None:
    """The village whose address goes on at `start`."""
    near = (end for end in range(start - 1, max(0, start - 6), -1) if end in villages)
    return next((villages[end] for end in near if is_link(surface, end, start)), None)


def _find(surface: Surface, field: str, found: list[Found]) -> Iterator[Found]:
    """From the end of the text, for an address may go on to what is in no list itself."""
    mine = [f for f in found if f.field == field]
    heads = {f.start: f for f in mine if f.strength >= 2 or f.kind is MentionKind.ORIGIN}
    sure = [f for f in mine if f.strength >= 2]
    starts = [f.start for f in sure]
    taken = [(f.start, f.end) for f in mine if f.place.level is not PlaceLevel.LANDMARK and not _is_weak(f)]
    hits = [*_NAMED.finditer(surface.plain), *_NUMBERED.finditer(surface.plain)]
    for hit in sorted(hits, key=lambda hit: -hit.start()):
        if _is_no_name(hit, surface) or _overlaps(taken, hit.start(), hit.end()):
            continue
        if hit.re is _NUMBERED and is_origin(surface, hit.start(), hit.end()):
            continue  # a number says where somebody lives and no more
        linked = _linked(surface, heads, hit.end())
        tied = linked or (
            None
            if hit.re is _NUMBERED or _leads_elsewhere(surface, heads, hit.end())
            else _closest(surface, sure, bisect_left(starts, hit.end()), hit)
        )
        if tied is not None:
            village = _village(surface, field, hit, tied.place, linked=linked is not None)
            heads[village.start] = village
            yield village


def _find_unmarked(surface: Surface, field: str, found: list[Found]) -> Iterator[Found]:
    """Villages in text without marks: in an address of ours, or called so in English near a unit of ours."""
    if surface.capitals:
        return
    mine = [f for f in found if f.field == field]
    heads = {f.start: f for f in mine if f.strength >= 2}
    sure = [f for f in mine if f.strength >= 2]
    starts = [f.start for f in sure]
    taken = [(f.start, f.end) for f in mine]
    for hit in _UNMARKED.finditer(surface.plain):
        name = hit["english"] or hit["named"]
        if _overlaps(taken, hit.start(), hit.end()) or {name, name.split()[-1]} & (_NO_NAMES | _NO_ENGLISH):
            continue
        linked = _linked(surface, heads, hit.end())
        near = _closest(surface, sure, bisect_left(starts, hit.end()), hit) if hit["english"] else None
        if (tied := linked or near) is not None:
            yield _village(surface, field, hit, tied.place, linked=linked is not None)


def _leads_elsewhere(surface: Surface, heads: dict[int, Found], end: int) -> bool:
    """Whether the address that has come to `end` goes on to a unit that is none of ours."""
    above = _ABOVE.match(surface.plain, end)
    return above is not None and above.start(1) not in heads


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
        rule=f"có từ “{_generic(hit).lower()}”, {how} {place.names[0]}",
        strength=1 if is_home else 2,
        label="origin" if is_home else "",
        signs=signs_of(surface, hit.start(), hit.end()),
        own=fold(hit[0]).text,
    )


def _closest(surface: Surface, sure: list[Found], index: int, hit: re.Match[str]) -> Found | None:
    """The listed unit near a village; communes are too many to be tied by nearness.

    Rivers and mountains are too long, too: only where something is said to be there, in the same sentence.
    """
    most = _NEAR if hit.re is _UNMARKED or _generic(hit).lower() in _SETTLEMENTS.split("|") else 0
    if _generic(hit) in _NATURE.split("|") and _STANDS.search(
        surface.lower, max(0, hit.start() - 8), hit.start()
    ):
        most = _NEAR // 2
    beside = [sure[at] for at in (index - 1, index) if 0 <= at < len(sure)]
    distances = [(max(a.start - hit.end(), hit.start() - a.end), a) for a in beside]
    near = [(d, a) for d, a in distances if d <= most and a.place.level is not PlaceLevel.LANDMARK]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _generic(hit: re.Match[str]) -> str:
    """The word that says what kind of place it is."""
    if hit.re is not _UNMARKED:
        return hit[1]
    return (
        hit[0].rsplit(maxsplit=1)[1] if hit["english"] else hit[0][: hit.start("named") - hit.start()].strip()
    )


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, 0))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])

"""The rules of one name: how sure it is ours, and what part it plays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.places.context import Context, is_anchor
from nlp.places.evidence import Found
from nlp.places.sighting import Sight
from nlp.places.signs import signs_of
from nlp.places.wording import ABOVE, is_origin, landmark_start
from nlp.surface import Surface
from nlp.syllables import is_toneless_syllable
from store.types import MentionKind, Place, PlaceLevel

# Words for people, as all reasons; the label is for the rules.
_TRAPS = {
    "sport": "tên đội, sân thể thao",
    "company": "tên doanh nghiệp",
    "street": "tên đường phố",
    "history": "tên trong lịch sử",
    "origin": "quê quán, nơi ở của người",
    "product": "tên sản phẩm",
    "list": "bảng, danh sách",
    "homonym": "trùng tên",
}
_LEVELS = {
    PlaceLevel.PROVINCE: "cấp tỉnh",
    PlaceLevel.DISTRICT: "cấp huyện",
    PlaceLevel.COMMUNE: "cấp xã",
    PlaceLevel.LANDMARK: "địa danh",
    PlaceLevel.NEIGHBOUR: "ngoài tỉnh",
}
_TRAP_KINDS = {"origin": MentionKind.ORIGIN, "list": MentionKind.LIST}
_BELONGS = re.compile(r"\s*,?\s*(?:thuộc|thuoc)\s|\s*\(")
# What is named in these must be ours: "ngụ phường Trần Phú, TP Hà Tĩnh" is not.
_OF_OURS = frozenset(_TRAP_KINDS)


@dataclass(frozen=True, slots=True)
class Setting:
    """A name with all that decides about it."""

    surface: Surface
    context: Context
    sight: Sight
    place: Place
    chain: tuple[Sight, ...]  # the address goes on with these
    listed: bool  # one of a row of provinces
    chained: bool  # goes on an address begun before
    locates: bool  # stands in an address, right after a commune
    row: bool  # stands beside another of its level: "các huyện KBang, Kông Chro và Chư Sê"


def decide(setting: Setting) -> Found | None:
    """What the name is, with the rule that decided; None where it is nothing of ours."""
    trapped = setting.sight.trapped
    if setting.sight.street or (trapped is not None and trapped.label not in _OF_OURS):
        return _other_name(setting)
    strength, why = _strength(setting)
    if not strength:
        return None
    return _part(setting, strength, why) if trapped is None else _other_name(setting)


def _found(setting: Setting, kind: MentionKind, rule: str, strength: int, label: str = "") -> Found:
    start = setting.sight.start
    if setting.place.level is PlaceLevel.LANDMARK and setting.sight.unit is None:
        start = landmark_start(setting.surface, start)
    return Found(
        field=setting.sight.field,
        start=start,
        end=setting.sight.end,
        place=setting.place,
        kind=kind,
        rule=rule,
        strength=strength,
        label=label,
        locates=setting.locates,
        signs=signs_of(setting.surface, start, setting.sight.end) | ({"row"} if setting.row else set()),
    )


def _other_name(setting: Setting) -> Found:
    trapped = setting.sight.trapped
    if trapped is None:
        return _found(setting, MentionKind.OTHER_NAME, "tên đường phố", 0, "street")
    kind = _TRAP_KINDS.get(trapped.label, MentionKind.OTHER_NAME)
    return _found(
        setting, kind, f"{_TRAPS.get(trapped.label, trapped.label)}: “{trapped.phrase}”", 0, trapped.label
    )


def _part(setting: Setting, strength: int, why: str) -> Found:
    """The part a place of ours plays, before relevance is known."""
    if setting.listed:
        return _found(setting, MentionKind.LIST, "trong danh sách các tỉnh", 1, "list")
    if is_origin(setting.surface, setting.sight.start, setting.sight.end):
        return _found(setting, MentionKind.ORIGIN, f"quê quán, nơi ở của người; {why}", 1, "origin")
    if _is_region(setting.place):
        return _found(setting, MentionKind.MENTION, "vùng có tỉnh ở trong", 1, "region")
    if setting.place.level is PlaceLevel.PROVINCE or strength == 1:
        return _found(setting, MentionKind.MENTION, why, strength)
    return _found(setting, MentionKind.EVENT_PLACE, why, strength)


def _is_region(place: Place) -> bool:
    """A landmark that lies in no unit of ours: a region of which the province is a part (Tây Nguyên)."""
    return place.level is PlaceLevel.LANDMARK and not place.parent


def _strength(setting: Setting) -> tuple[int, str]:
    """How sure the name is ours (3 alone, 2 with context, 0 not), and by which rule."""
    if setting.place.level is PlaceLevel.PROVINCE:
        return 3, "tên tỉnh"
    unit = f"có từ “{setting.sight.unit.unit}”" if setting.sight.unit else "chỉ có tên"
    ours = next((s.place for s in setting.chain if s.place and _vouches(s, setting.place)), None)
    if _leads_elsewhere(setting):
        return 0, ""
    if ours is not None and not _runs_on(setting):
        return 3, f"{unit}, cùng địa chỉ với {ours.names[0]}"
    if _is_bare_word(setting) or (setting.sight.longer and not setting.chained):
        return 0, ""
    if is_anchor(setting.sight):
        return 3, f"{_LEVELS[setting.place.level]}, {unit}"
    return _strength_in_context(setting, unit)


def _strength_in_context(setting: Setting, unit: str) -> tuple[int, str]:
    place, sight = setting.place, setting.sight
    if setting.chained or setting.context.is_near(sight):
        weak = place.ambiguous and _is_commune(place) and sight.unit is None and not setting.chained
        return (1 if weak else 2), f"{unit}, gần địa danh khác của tỉnh"
    plain = sight.unit is not None and sight.hit.exact and not setting.context.is_outside_near(sight)
    if plain and place.level is PlaceLevel.DISTRICT:
        return 2, f"cấp huyện, {unit}, gần đó không có tỉnh khác"
    if plain and _is_commune(place) and setting.context.holds(place):
        return 2, f"{unit}, huyện của nơi ấy có nêu trong bài"
    return _strength_alone(setting, unit)


def _strength_alone(setting: Setting, unit: str) -> tuple[int, str]:
    """Where nothing near says that it is ours."""
    place, sight = setting.place, setting.sight
    if sight.unit is not None and sight.hit.exact and setting.context.names(place):
        return 2, f"{unit}, nơi khác trong bài đã nêu rõ"
    if not place.ambiguous and sight.hit.exact and sight.marked and not _is_commune(place):
        return 2, f"{_LEVELS[place.level]}, {unit}"
    if setting.context.stands_alone(sight):
        return 2, f"{_LEVELS[place.level]}, {unit}, tên không trùng nơi khác"
    return 0, ""


def _vouches(sight: Sight, below: Place) -> bool:
    """Whether a name above in an address says that it is ours: "Quang Trung, Tây Sơn" may be two streets, and
    "Tây Giang, Tây Sơn" is a commune of ours with its district.
    """
    if sight.place is None or not sight.clean or _is_commune(sight.place):
        return False
    return not sight.place.ambiguous or sight.unit is not None or sight.place.id == below.parent


def _is_bare_word(setting: Setting) -> bool:
    """A commune of one Vietnamese syllable without its word, "Trang": a word, unless in an address."""
    sight = setting.sight
    if not _is_commune(setting.place) or sight.unit is not None or setting.chained:
        return False
    return is_toneless_syllable(setting.surface.folded[sight.hit.start : sight.hit.end])


def _runs_on(setting: Setting) -> bool:
    """Whether such a word goes on into a name without a sign: "Đông Gia Lai" is the east of the province."""
    return _is_bare_word(setting) and setting.surface.plain[setting.sight.hit.end :][:1].isspace()


def _is_commune(place: Place) -> bool:
    return place.level is PlaceLevel.COMMUNE


def _leads_elsewhere(setting: Setting) -> bool:
    """Whether the address goes on outside: to another province, or to a district that is not ours.

    A landmark has one only where it says so, "sông Ba thuộc Đắk Lắk": "Lệ Thanh - O Yadav" is a pair of
    gates, one on each side.
    """
    if setting.place.level is PlaceLevel.LANDMARK:
        belongs = _BELONGS.match(setting.surface.compared, setting.sight.hit.end) is not None
        return belongs and bool(setting.chain) and setting.chain[0].elsewhere
    if setting.chain:
        return setting.chain[0].elsewhere
    if setting.sight.unit is None or not _is_commune(setting.place) or not setting.place.ambiguous:
        return False
    return ABOVE.match(setting.surface.plain, setting.sight.hit.end) is not None

"""Which names stand in a row with others: provinces one after the other, or places of one level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from nlp.places.evidence import Found
from nlp.places.sighting import Sight
from nlp.places.wording import CAPITAL, is_link
from nlp.surface import Surface
from store.types import MentionKind, PlaceLevel

_WORD = re.compile(r"[^\s,;.-]+")
# "Gia Lai 12, Kon Tum 8", "Đắk Lắk: 120.000 đồng/kg; Lâm Đồng": each of a row with its figure
_FIGURE = re.compile(
    r"\s*[:(=–-]?\s*(?:có |khoảng |gần |hơn )?(?:\d(?:[\d.,]*\d)?|"
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b)"
)
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
# "Cam Ranh, Ninh Hòa (Khánh Hòa), Krông Bông (Đắk Lắk)": each province in brackets behind its places
_NAME = rf"{CAPITAL}[\w'’]*(?: {CAPITAL}[\w'’]*){{0,3}}"
_BRACKETS = re.compile(
    rf"\)\s*(?:,|;|và|hay|hoặc|and)\s+(?:{_NAME}(?:, | và | and ))*{_NAME}\s*\(\s*(?:tỉnh )?"
)
_MANY = 3  # provinces elsewhere beside which ours, named once, is one of many
_BESIDE = 60  # characters from the province to a landmark of the same sentence
_MOST_INNER = 2  # places of ours before one bracket
_LONGEST_BRACKETS = 90  # characters between two provinces of such a row
# "Bạch Mã, Măng Đen, Chư Nâm (Gia Lai), Cầu Đất": one of a row of places all over the country
_ROW_BEFORE = re.compile(rf"(?:{_NAME}, ){{2}}{_NAME} \((?:tỉnh )?$")
_ROW_AFTER = re.compile(rf"\)(?:,| và| hay| hoặc| and) {_NAME}")
_ROW_REACH = 110  # characters


def find_listed(surface: Surface, sights: Sequence[Sight]) -> set[int]:
    """Indexes of provinces that stand in a row of three or more, and of the places before their brackets."""
    listed: set[int] = set()
    row: list[int] = []
    for index, sight in enumerate(sights):
        if not _is_province(sight):
            continue
        if row and _goes_on(surface, sights[row[-1]].hit.end, sight.hit.start):
            row.append(index)
        else:
            row = [index]
        if len(row) >= 3:
            listed.update(row[-3:])
        elif _is_one_of_a_row(surface, sights, index):
            listed.add(index)
    return listed | {inner for index in listed for inner in _in_front(surface, sights, index)}


def _is_province(sight: Sight) -> bool:
    return sight.elsewhere or (sight.place is not None and sight.place.level is PlaceLevel.PROVINCE)


def _is_one_of_a_row(surface: Surface, sights: Sequence[Sight], index: int) -> bool:
    """Whether a province in brackets stands in a row of three or more places of which no other is ours."""
    sight = sights[index]
    before = _ROW_BEFORE.search(surface.plain, max(0, sight.hit.start - _ROW_REACH), sight.hit.start)
    if before is None or _ROW_AFTER.match(surface.plain, sight.hit.end) is None:
        return False
    first = before[0].rindex(", ") + before.start()
    among = [other for other in sights[max(0, index - 4) : index] if before.start() <= other.start < first]
    return all(other.elsewhere for other in among)


def _in_front(surface: Surface, sights: Sequence[Sight], index: int) -> list[int]:
    """The places named right before a province in brackets: "Chư Prông, Chư Sê (Gia Lai)".

    None where they are many, or a park or lake: those are what is told of.
    """
    inner: list[int] = []
    if not surface.plain[: sights[index].start].endswith("("):
        return inner
    while index and not _is_province(sights[index - 1]):
        if not is_link(surface, sights[index - 1].hit.end, sights[index].hit.start):
            break
        index -= 1
        inner.append(index)
    told = len(inner) > _MOST_INNER or any(_is_landmark(sights[one]) for one in inner)
    return [] if told else inner


def _is_landmark(sight: Sight) -> bool:
    return sight.place is not None and sight.place.level is PlaceLevel.LANDMARK


def _goes_on(surface: Surface, start: int, end: int) -> bool:
    """Whether the row of provinces goes on there: only a comma between, the figure of the one
    before, or the places whose brackets it fills.
    """
    if _joins(surface, start, end):
        return True
    if end - start <= _LONGEST_BRACKETS and _BRACKETS.fullmatch(surface.plain, start, end) is not None:
        return True
    if end - start <= _LONGEST_FIGURE and _FIGURE_FIRST.fullmatch(surface.lower, start, end) is not None:
        return True
    if end - start > _LONGEST_FIGURE or (figure := _FIGURE.match(surface.lower, start, end)) is None:
        return False
    return _AFTER_FIGURE.fullmatch(surface.lower, figure.end(), end) is not None


def find_rows(surface: Surface, sights: Sequence[Sight]) -> set[int]:
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


def as_one_of_many(found: list[Found], sights: Sequence[Sight]) -> list[Found]:
    """What was found, the province as one of a list where the article names it once, in its text, nothing
    inside it but a landmark beside, and before it and all in all several provinces: "Tại Huế … Ở Gia Lai,
    chùa Minh Thành … Tại Cần Thơ".
    """
    ours = [one for one in found if one.label != "region" and one.kind is not MentionKind.OTHER_NAME]
    provinces = [one for one in ours if one.place.level is PlaceLevel.PROVINCE]
    if len(provinces) != 1 or not all(_is_beside(one, provinces[0]) for one in ours):
        return found
    only = provinces[0]
    others = {_name_of(sight) for sight in sights if sight.elsewhere}
    before = any(sight.elsewhere and _stands_before(sight, only) for sight in sights)
    if only.kind is not MentionKind.MENTION or not before or len(others) < _MANY:
        return found
    return [_listed(one) if one in ours else one for one in found]


def _is_beside(one: Found, province: Found) -> bool:
    if one is province:
        return one.field == "text"
    near = abs(one.start - province.start) <= _BESIDE
    return near and one.field == "text" and one.place.level is PlaceLevel.LANDMARK


def _listed(one: Found) -> Found:
    rule = f"{one.rule}; một trong nhiều tỉnh, nêu một lần"
    return replace(one, kind=MentionKind.LIST, rule=rule, strength=1, label="list")


def _name_of(sight: Sight) -> str:
    return sight.hit.places[0].names[0] if sight.hit.places else ""


def _stands_before(sight: Sight, found: Found) -> bool:
    return sight.field == "title" or sight.start < found.start

"""Signs in the words around a name of whether the news happened there."""

from __future__ import annotations

import re

from nlp.patterns import alternatives
from nlp.places.wording import CAPITAL
from nlp.surface import Surface

_BEFORE = 60  # characters looked at before a name
_COUNTING = "các|những|hai|ba|bốn|năm|sáu|nhiều|toàn|trung tâm|khu vực|một số|both|the|central|downtown"

# Right before the name, at most a counting word between.
_PLACED = "tại|ở|trên địa bàn|địa bàn|thuộc|thuộc địa bàn|khu vực|ngay|trong|in|at|around|across"
_MOVED = "về|vào|đến|tới|qua|xuống|lên|sang|ra|to|into|through"
# In the same phrase before the name: a body that speaks or acts, whose seat says little of the place.
_BODIES = (
    "công an|cảnh sát|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|lãnh đạo|chủ tịch|phó chủ tịch|bí thư|"
    "phó bí thư|huyện ủy|thị ủy|thành ủy|đảng ủy|tand|tòa án|tòa án nhân dân|vksnd|viện kiểm sát|viện ksnd|"
    "hạt kiểm lâm|kiểm lâm|phòng|chi cục|trung tâm y tế|ban chỉ huy|đoàn|hội|mttq|đội|trưởng công an|"
    "police|authorities|court|officials|people's committee|chairman|leaders"
)
_THINGS = (
    "đại học|trường|cao đẳng|thpt|thcs|học viện|bệnh viện|nhà máy|điện lực|bưu điện|báo|đài|ga|bến xe|"
    "trung đoàn|sư đoàn|binh đoàn|ban quản lý|khách sạn|siêu thị|dự án|cầu|hồ|tuyến|đường|quốc lộ|cao tốc|"
    "university|college|hospital|school|hotel"
)
_FIRMS = (
    "công ty|cty|nông trường|lâm trường|xí nghiệp|tổng công ty|tập đoàn|ngân hàng|cao su|thương hiệu|cà phê|"
    "doanh nghiệp|hợp tác xã|giải|cúp|company|corporation|bank|rubber|brand"
)
_FAR = (
    "cách|gần|giáp|phía|hướng|đi|từ|rời|như|như ở|nối|khác với|so với|from|near|like|unlike|"
    "north of|south of|east of|west of"
)
_HAPPENED = (
    "xảy ra|phát hiện|tổ chức|khởi công|khánh thành|diễn ra|triển khai|bắt|bắt giữ|tạm giữ|khởi tố|kiểm tra|"
    "tai nạn|cháy|phá|xây dựng|sạt lở|ngập|thăm|làm việc|họp|xét xử|vụ|dịch|bị|happened|occurred|arrested|"
    "detained|held|killed|struck|opened|visited"
)


def _ending(words: str, *, exact: bool, gap: str) -> re.Pattern[str]:
    phrases = words.split("|")
    inner = alternatives(phrases, also_unaccented=not exact)
    return re.compile(rf"(?<![^\W_])(?:{inner})(?![^\W_]){gap}$")


def _patterns(*, exact: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    counting = alternatives(_COUNTING.split("|"), also_unaccented=not exact)
    right_before = rf"(?:\s+(?:{counting}|\d+))?\s+"
    same_phrase = r"[^,.;:()\n!?]{0,28}"
    return (
        ("placed", _ending(_PLACED, exact=exact, gap=right_before)),
        ("moved", _ending(_MOVED, exact=exact, gap=right_before)),
        ("body", _ending(_BODIES, exact=exact, gap=same_phrase)),
        ("thing", _ending(_THINGS, exact=exact, gap=r"[^,.;:()\n!?]{0,20}")),
        ("company", _ending(_FIRMS, exact=exact, gap=r"[^,.;:()\n!?]{0,24}")),
        ("far", _ending(_FAR, exact=exact, gap=r"\s+(?:[^,.;:()\n!?]{0,16}\s)?")),
        ("happened", _ending(_HAPPENED, exact=exact, gap=r"[^.;:\n!?]{0,50}")),
        ("bracket", re.compile(r"\(\s*$")),
    )


_EXACT, _FOLDED = _patterns(exact=True), _patterns(exact=False)
_DISTANCE = re.compile(
    r"\)?,?\s+(?:\([^()]{1,24}\)\s+)?(?:khoảng|khoang|chừng|hơn|gần|about|some)?\s*\d+[.,]?\d*\s*"
    r"(?:km|cây số|kilomet)"
)
# Where the hurt are taken is not where they were hurt: "chuyển xuống Quy Nhơn để cấp cứu".
_TAKEN = re.compile(
    r"(?<![^\W_])(?:chuyển|đưa|chuyen|dua|taken|rushed|transferred)(?![^\W_])[^.;:\n!?]{0,40}$"
)
# "được đưa xuống bệnh viện đa khoa tỉnh ở Quy Nhơn"
_TAKEN_TO_CARE = re.compile(
    r"(?<![^\W_])(?:chuyển|đưa|chở|chuyen|dua|cho|taken|rushed|transferred)(?![^\W_])[^.;:\n!?]{0,24}"
    r"(?:bệnh viện|trung tâm y tế|trạm y tế|benh vien|trung tam y te|tram y te|hospital)[^.,;:\n!?]{0,24}$"
)
_CARE = re.compile(r"[^.;:\n!?]{0,30}(?:cấp cứu|điều trị|cứu chữa|cap cuu|dieu tri|for treatment)")
_QUOTED = re.compile(r"[“\"‘'«][^“”\"‘’«»\n]{0,30}$"), re.compile(r"[^“”\"‘’«»\n,.]{0,20}[”\"’'»]")
_PERSON = re.compile(
    r"(?<![^\W_])(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Nn]ạn nhân|[Tt]hầy|[Cc]ô|[Nn]gười|[Ll]ão|"
    r"[Vv]ợ chồng)\s"
    rf"(?:{CAPITAL}[^\W\d_]*\.?\s*){{0,5}}(?:\([^()]{{0,20}}\))?,?\s*(?:[^,.;:()\n]{{0,12}}\s)?(?:ở|tại)?\s*$"
)
_NAME_BRACKET = re.compile(rf"(?:{CAPITAL}[^\W\d_]*\s){{1,4}}\((?:\d+ tuổi,\s*)?$")
_HEADING = re.compile(r"\s*[:–-]\s")


def signs_of(surface: Surface, start: int, end: int) -> frozenset[str]:
    """The signs of the name at `start:end` (its unit word included)."""
    before = surface.compared[max(0, start - _BEFORE) : start]
    found = {name for name, pattern in (_EXACT if surface.exact else _FOLDED) if pattern.search(before)}
    if _DISTANCE.match(surface.compared, end):
        found.add("far")
    if _TAKEN_TO_CARE.search(before) or (_TAKEN.search(before) and _CARE.match(surface.compared, end)):
        found.add("treated")
    plain = surface.plain[max(0, start - _BEFORE) : start]
    if _PERSON.search(plain):
        found.add("person")
    if _NAME_BRACKET.search(plain):
        found.add("name before bracket")
    if _QUOTED[0].search(plain) and _QUOTED[1].match(surface.plain, end):
        found.add("quoted")
    if start <= 3 and _HEADING.match(surface.plain, end):
        found.add("heading")
    return frozenset(found)

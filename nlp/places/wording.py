"""The words around a name: the unit before or after it, where somebody comes from, what links addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.surface import Surface
from store.types import PlaceLevel

# As written -> the unit it stands for, in the gazetteer's words.
_UNITS_VI = {
    "xã": "xã",
    "phường": "phường",
    "p": "phường",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "thị tứ": "thị trấn",
    "huyện": "huyện",
    "h": "huyện",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "quận": "quận",
    "q": "quận",
    "tỉnh": "tỉnh",
    "xã đảo": "xã",
    "xã biên giới": "xã",
    "xã vùng biên": "xã",
    "xã ven biển": "xã",
    "huyện biên giới": "huyện",
    "huyện miền núi": "huyện",
    "thành phố biển": "thành phố",
}
# What a landmark's name may begin with; part of the mention, no unit.
_LANDMARK = re.compile(
    r"(?<![^\W_])(sông|suối|thác|hồ|núi|đèo|rừng|làng|vườn quốc gia|khu bảo tồn thiên nhiên|"
    r"cửa khẩu quốc tế|cửa khẩu|sân bay|cảng|đảo|đồi|khu kinh tế|khu công nghiệp|công viên|thủy điện)\s+$"
)
_UNITS_EN = {
    "commune": "xã",
    "communes": "xã",
    "ward": "phường",
    "town": "thị trấn",
    "township": "thị trấn",
    "district": "huyện",
    "city": "thành phố",
    "province": "tỉnh",
    "provincial": "tỉnh",
}
_UNITS_FOLDED = {
    "xa": "xã",
    "phuong": "phường",
    "p": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "huyen": "huyện",
    "h": "huyện",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "quan": "quận",
    "tinh": "tỉnh",
    "xa dao": "xã",
    "xa bien gioi": "xã",
    "huyen bien gioi": "huyện",
    "huyen mien nui": "huyện",
    "thanh pho bien": "thành phố",
}

# Unit words that say more than the unit; the mention is the name alone.
_DESCRIBING = {word for words in (_UNITS_VI, _UNITS_FOLDED) for word in words if " " in word} - {
    "thị trấn",
    "thị tứ",
    "thị xã",
    "thành phố",
    "thi tran",
    "thi xa",
    "thanh pho",
}


def _before(units: dict[str, str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?<!đô )({words})(?:\s*\.\s*|\s+)$")


_BEFORE_VI = _before(_UNITS_VI)
_BEFORE_FOLDED = _before(
    _UNITS_FOLDED | {"district of": "huyện", "province of": "tỉnh", "city of": "thành phố"}
)
_AFTER_EN = re.compile(r"\s+(?:border\s+)?(" + "|".join(_UNITS_EN) + r")(?![^\W_])")
_UNIT_CHOICE = "|".join(sorted(map(re.escape, _UNITS_VI | _UNITS_FOLDED), key=len, reverse=True))

# A comma, a bracket or "thuộc", then perhaps a unit: what stands between the parts of one address.
_LINK = re.compile(
    rf"\s*(?:province|district|city|commune|town|ward)?\s*"
    rf"(?:[,(;)/-]|thuộc|thuoc|của|cua|cũ|in|of)?\s*(?:the\s+)?"
    rf"(?:phía (?:đông|tây|nam|bắc)\s+)?(?:(?:{_UNIT_CHOICE})(?:\s*\.\s*|\s+))?"
)
_SMALL = "a-zà-öø-ÿăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
CAPITAL = rf"(?![{_SMALL}])[^\W\d_]"
# A unit above a commune right after a name: "xã An Phú, huyện Tịnh Biên".
ABOVE = re.compile(
    r"\s*[,(–-]?\s*(?:(?:[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|TP|TX|H|Q)(?:\s*\.\s*|\s+))"
    rf"({CAPITAL}[^\W\d_]*(?:[ ']{CAPITAL}[^\W\d_]*){{0,3}})"
)
_PEOPLE = (
    r"quê|quê ở|quê quán|trú|trú tại|trú ở|tạm trú|thường trú|ngụ|ngụ tại|ngụ ở|cư trú|hộ khẩu|hktt|nktt|"
    r"sinh ra|sinh quán|nguyên quán|đến từ|cùng ở"
)
_ORIGIN = re.compile(
    rf"(?<![^\W_])(?:{_PEOPLE})(?![^\W_])(?:[^.;()\n!?]|(?<=tp)\.|(?<=tx)\.|(?<=tt)\.){{0,80}}$"
)
_ORIGIN_FOLDED = re.compile(
    r"(?<![^\W_])(?:que|que o|tru tai|thuong tru|ngu tai|cu tru|ho khau|den tu|from|born in|native of|"
    r"hails from|a resident of|residents? of)(?![^\W_])[^.;()\n!?]{0,60}$"
)
# Who or what is called after the place, wherever it happens: "nữ sinh Gia Lai", "xe khách Gia Lai".
_CALLED = re.compile(
    r"(?<![^\W_])(?:nam sinh|nữ sinh|cô gái|chàng trai|hoa khôi|hoa hậu|người đẹp|ca sĩ|9x|8x|"
    r"xe khách|xe tải|xe đầu kéo|biển số|biển kiểm soát|bks|biển số xe|xe khach|xe tai|bien so|"
    r"nam sinh vien|nu sinh|co gai|chang trai|hoa hau|nguoi dep)(?: trẻ| jrai| bahnar| tre)?\s+$"
)
# The posts somebody held before: "từng là Phó bí thư Tỉnh ủy Gia Lai".
_HELD = re.compile(
    r"(?<![^\W_])(?<!chưa )từng (?:công tác|học tập|giảng dạy|"
    r"(?:là|giữ|giữ chức|đảm nhiệm|làm)(?: chức| cương vị)? (?:phó |thường trực )*"
    r"(?:bí thư|chủ tịch|giám đốc|trưởng|cán bộ|chánh|giáo viên|chiến sĩ|phó))"
    r"(?![^\W_])[^.,;()\n!?]{0,60}$"
)
_AGE = re.compile(r"\((?:[^()]{0,60}(?:tuổi|sn\s*\d|sinh năm|tuoi|sinh nam|aged))[^()]{0,120}$")
_AGE_AFTER = re.compile(r",? (?:\d\d tuổi|sinh năm \d|\d\d tuoi|sinh nam \d)")
_VERB = re.compile(
    r"(?<![^\W_])(?:đã|bị|đang|sẽ|được|đến|tới|về|vào|xảy ra|cho biết|và bị|điều khiển|chạy|đi|"
    r"trên địa bàn|tại khu vực)(?![^\W_])"
)


# Right before a name: what stands only before places, and those who live there.
_AT = re.compile(
    r"(?<![^\W_])(?:ở|tại|về|tới|đến|trên địa bàn|địa bàn|khu vực|vùng|vùng biển|biển|người dân|nông dân|"
    r"ngư dân|bà con|dân làng|tàu cá|làng chài|tai|dia ban|khu vuc|nguoi dan|ngu dan|nong dan|ba con|"
    r"đồn biên phòng|don bien phong|in|near|around|at)\s+$"
)
_AT_REACH = 20  # characters
_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly mai dinh truong trinh luong "
        "doan tang ta chu cao to thai ha luu ton trieu",
    )
)


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit word beside a name: which, and the range of word and name together."""

    unit: str
    start: int
    end: int


def find_unit(surface: Surface, start: int, end: int) -> UnitWord | None:
    """The unit word of the name at `start:end`: before it in Vietnamese, also after it in English."""
    before = surface.compared[max(0, start - 22) : start]
    units = _UNITS_VI if surface.exact else _UNITS_FOLDED
    hit = (_BEFORE_VI if surface.exact else _BEFORE_FOLDED).search(before)
    if hit is not None:
        begins = start if hit[1] in _DESCRIBING else start - len(before) + hit.start(1)
        known = units | {"district of": "huyện", "province of": "tỉnh", "city of": "thành phố"}
        return UnitWord(known[hit[1]], begins, end)
    if surface.exact:
        return None
    after = _AFTER_EN.match(surface.compared, end, end + 24)
    return UnitWord(_UNITS_EN[after[1]], start, after.end()) if after else None


def is_at(surface: Surface, start: int) -> bool:
    """Whether a preposition of place, or a word for those who live there, stands right before the name."""
    return _AT.search(surface.compared, max(0, start - _AT_REACH), start) is not None


def is_like_a_person(folded: str) -> bool:
    """Whether a folded name begins as a person's does: "Trần Quang Diệu" may be a street anywhere."""
    return folded.split(maxsplit=1)[0] in _SURNAMES


def landmark_start(surface: Surface, start: int) -> int:
    """Where a landmark's name starts with its generic word ("rừng Kon Ka Kinh"); else `start`."""
    before = surface.lower[max(0, start - 26) : start]
    hit = _LANDMARK.search(before)
    return start - len(before) + hit.start(1) if hit else start


def is_origin(surface: Surface, start: int, end: int) -> bool:
    """Whether the words around `start:end` say that somebody comes from there, lives or once served there.

    What precedes says so, or an age that follows: "người làng Lang, 27 tuổi".
    """
    if _AGE_AFTER.match(surface.compared, end):
        return True
    before = surface.compared[max(0, start - 110) : start]
    said = (_ORIGIN if surface.exact else _ORIGIN_FOLDED).search(before)
    if said is not None and not _VERB.search(said[0]):
        return True
    if _CALLED.search(before) or _HELD.search(before):
        return True
    bracket = _AGE.search(surface.compared[max(0, start - 190) : start])
    return bracket is not None and not _VERB.search(bracket[0])


def is_link(surface: Surface, start: int, end: int) -> bool:
    """Whether `start:end`, between two names, only joins the parts of one address."""
    return end - start <= 30 and _LINK.fullmatch(surface.compared, start, end) is not None


def compatible(unit: str, level: PlaceLevel, unit_words: tuple[str, ...]) -> bool:
    """Whether a unit as written can be meant of a place (towns change theirs; a lake is no "xã")."""
    if unit in unit_words:
        return True
    if level is PlaceLevel.LANDMARK:
        return False
    if level is PlaceLevel.DISTRICT:
        return unit in {"thành phố", "thị xã", "huyện"}
    return not unit_words

"""Where a cue is part of a name, or of a word that says something else, and so speaks for no topic."""

from __future__ import annotations

import re

from nlp.surface import Surface

_REACH = 16  # characters before a cue
# "Quảng trường Đại Đoàn Kết", "phố Hòa Bình", "Trường THPT Dân tộc": what bears the name comes first.
_BEARER = re.compile(
    r"(?<![^\W_])(?:quảng trường|công viên|đường|phố|hẻm|khách sạn|nhà hàng|quán|"
    r"quang truong|cong vien|duong|pho|hem|khach san|nha hang|quan)\s+$"
)
_SQUARE_AFTER = re.compile(r"\s+(?:square|park|street|hotel)(?![^\W_])")
# "cảnh sát phòng cháy chữa cháy" put fires out; they tell of no crime and no arrest.
_FIREMEN = re.compile(
    r"\s+(?:pccc|phòng cháy|chữa cháy|cứu hỏa|cứu nạn|phong chay|chua chay|cuu hoa|cuu nan)"
)
_POLICE = frozenset({"cảnh sát", "canh sat"})


def is_part_of_a_name(surface: Surface, start: int, end: int) -> bool:
    """Whether the cue at `start:end` is a square's, street's or house's name, or the firemen's."""
    if surface.compared[start:end] in _POLICE and _FIREMEN.match(surface.compared, end) is not None:
        return True
    if surface.capitals or not _is_capitalised(surface.plain[start:end]):
        return False
    if _BEARER.search(surface.compared, max(0, start - _REACH), start) is not None:
        return True
    return not surface.exact and _SQUARE_AFTER.match(surface.compared, end) is not None


def _is_capitalised(words: str) -> bool:
    return all(word[0].isupper() for word in words.split())

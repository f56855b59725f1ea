"""Where a text says that there was none: "không có người chết", "không ai bị thương", "no casualties". Pure.

A wish, a plan, a condition or a question counts nothing. "Chưa ghi nhận" is none so far: more may come,
unless the sentence says up to when it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOUND = (
    r"(?:có|ghi nhận|phát hiện|xảy ra|xuất hiện|phát sinh|gây(?: ra)?)(?: thêm)?(?: (?:bất kỳ|bất cứ|một))?"
)
_COUNTED = (
    r"(?:người|nạn nhân|người dân|học sinh|công nhân|trường hợp|ca bệnh|ca|vụ việc|vụ|hộ dân|hộ|nhà dân|"
    r"ngôi nhà|căn nhà|nhà)(?!\w)"
)
_COUNTED_EN = (
    "people|person|persons|deaths|fatalities|children|houses|homes|cases|villagers|residents|pupils|workers"
)
_HARM = rf"{_FOUND} (?:thương vong|thiệt hại) về người|{_FOUND} thương vong"
_VI = re.compile(
    rf"(?<!\w)(?P<no>không|chưa) (?:(?P<counted>{_FOUND}(?= {_COUNTED}))|"
    rf"(?P<anyone>(?:có )?(?:một )?ai(?= ))|(?P<harm>{_HARM}))(?!\w)",
    re.IGNORECASE,
)
_EN = re.compile(
    rf"(?<!\w)(?:no (?P<counted>(?=(?:{_COUNTED_EN})\b))|(?P<anyone>no[ -]one|nobody)(?= )|"
    r"no (?P<harm>casualties)(?!\w))",
    re.IGNORECASE,
)
# what comes before and makes it no report: a wish, an aim, a condition, an order, a question
_NO_REPORT = re.compile(
    r"(?<!\w)(?:nếu|giả sử|để|nhằm|sao cho|phấn đấu|bảo đảm|đảm bảo|mong|hy vọng|mục tiêu|yêu cầu|cam kết|"
    r"kiên quyết|dự kiến|liệu|có phải|phải chăng|không phải|if|unless|hope|ensure|aim|so that|whether|would|"
    r"will)(?!\w)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"(?<!\w)(?:tính đến|tính tới|đến hết|hết ngày|trong năm|trong tháng|trong quý|năm \d{4}|tháng \d{1,2}|"
    r"từ đầu năm|cả năm|in \d{4}|throughout|as of|by the end of)(?!\w)",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"(?<!\w)(?:so far|yet|at this time|hiện|bước đầu|ban đầu|tạm thời)(?!\w)", re.IGNORECASE
)
_MAY_BE = re.compile(
    r"(?:không|chưa) (?:có|ghi|phát|xảy|xuất|gây|ai|một)|\bno[ -][a-z]|\bnobody ", re.IGNORECASE
)
_REACH = 70  # characters around in which such words stand
_SENTENCE = re.compile(r"[.;!?\n]")


@dataclass(frozen=True, slots=True)
class Nought:
    """Characters start:end of a text deny something; what is counted follows, or is `thing`.

    `is_final`: nothing says that it is only so far.
    """

    start: int
    end: int
    thing: str  # "nguoi thuong vong", or "nguoi" where what happened to nobody follows, or ""
    is_final: bool


def may_hold_noughts(text: str) -> bool:
    """Whether a text may say that there was none: a quick look that misses nothing."""
    return _MAY_BE.search(text) is not None


def find_noughts(text: str, *, language: str) -> Iterator[Nought]:
    """A normalised text and "vi" or "en" -> where it says that there was none, in order."""
    if not may_hold_noughts(text):
        return
    for hit in (_EN if language == "en" else _VI).finditer(text):
        before = _SENTENCE.split(text[max(0, hit.start() - _REACH) : hit.start()])[-1]
        rest = text[hit.end() : hit.end() + 2 * _REACH]
        stop = _SENTENCE.search(rest)
        after = rest[: stop.start()] if stop else rest
        if _NO_REPORT.search(before) or (stop and stop[0] == "?"):
            continue
        around = f"{before} {after}"
        is_open = (hit.groupdict().get("no") or "").lower() == "chưa" or _SO_FAR.search(around) is not None
        thing = "nguoi thuong vong" if hit["harm"] else "nguoi" if hit["anyone"] else ""
        yield Nought(hit.start(), hit.end(), thing, not is_open or _UP_TO.search(around) is not None)

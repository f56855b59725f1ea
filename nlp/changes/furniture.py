"""Sentences of the page, not of the article: time stamps, "Xem thêm", lists of links, counters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.sentences import Span

_TIME = (
    r"(?:(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy)|chủ\snhật|monday|tuesday|wednesday|thursday|friday|saturday|sunday),?"
    r"|ngày|lúc|vào|\d{1,2}\s?[:hg]\s?\d{2}(?:\s?phút)?(?::\d{2})?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
    r"|\d{4}-\d{2}-\d{2}|am|pm|sa|ch|gmt\s?[+-]\s?\d{1,2}(?::\d{2})?|utc|ict|[-|•,()–—]|\s)++"
)  # possessive: a list of numbers must not be tried in every division
_SAID = (
    r"(?:(?:lần\s)?(?:cập\snhật|cập\snhật\slần\scuối|đăng|xuất\sbản|sửa(?:\sđổi)?)(?:\slần\scuối)?"
    r"|(?:last\s)?(?:updated|modified|published|posted)(?:\sat|\son)?)"
)
_COUNTED = r"(?:bình\sluận|lượt\sxem|lượt\sđọc|lượt\sthích|chia\ssẻ|comments?|views?|shares?|likes?)"
_LINE = re.compile(
    rf"(?:{_SAID}\s*:?\s*(?:{_TIME})?|{_TIME}|[\d.,k]*\s*{_COUNTED}\s*[:(]?\s*[\d.,k]*\)?"
    r"|(?:theo\sdõi|follow)\b.{0,80}\b(?:google\snews|facebook|zalo|youtube|tiktok|telegram)\b.{0,40}"
    r"|(?:chia\ssẻ|in\sbài|gửi\semail|lưu\sbài|share|print|quảng\scáo|advertisement)\.?)",
    re.IGNORECASE,
)
_LINKS = (
    r"(?:>+\s*|[-–•]\s*)?(?:xem\sthêm|đọc\sthêm|mời\s(?:bạn\s)?(?:xem|đọc)\sthêm|tin\sliên\squan|bài\sliên\squan"
    r"|tin\scùng\schuyên\smục|cùng\schuyên\smục|tin\s(?:mới|khác|nổi\sbật)|có\sthể\sbạn\squan\stâm|đọc\snhiều"
    r"|read\smore|see\salso|also\sread|related(?:\s(?:news|stories|articles|topics))?|more\son\sthis)"
)
_LINK_LINE = re.compile(rf"{_LINKS}\s*[:»>].*|>>+.*", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(rf"{_LINKS}\s*[:»>]*", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LONGEST = 300  # characters; longer is a sentence, whatever it begins with


def find_furniture(text: str, sentences: Sequence[Span]) -> frozenset[int]:
    """The positions of the sentences that are furniture.

    After a heading such as "Tin liên quan" also the lines that end in no full stop, as headlines do.
    """
    found = set()
    in_list = False
    for number, span in enumerate(sentences):
        words = text[span.start : span.end]
        if len(words) > _LONGEST:
            in_list = False
        elif _HEADING.fullmatch(words):
            in_list = True
            found.add(number)
        elif _is_line(words) or (in_list and not _FULL_STOP.search(words)):
            found.add(number)
        else:
            in_list = False
    return frozenset(found)


def _is_line(words: str) -> bool:
    return _LINE.fullmatch(words) is not None or _LINK_LINE.fullmatch(words) is not None

"""Whether a claim's sentence and a line of the evidence library are of one time and place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.checks.library_reading import CAPITAL, Line, Token, find_tokens
from nlp.checks.statements import content_words
from nlp.patterns import whole_words
from store.types import Quantity

_UNDATED_DAYS = 45  # between a document and an article that both name no time
_TODAY_DAYS = 1  # between the two where the sentence says "today"
# what holds until it is changed
_NORM = whole_words(
    "quyết định|nghị quyết|nghị định|thông tư|quy định|định mức|mức hỗ trợ|mức phạt|decision|decree"
)
_TODAY = whole_words(
    "hôm nay|hôm qua|sáng nay|trưa nay|chiều nay|tối nay|đêm nay|sáng qua|chiều qua|tối qua|đêm qua|ngày mai|"
    "today|yesterday|tonight|tomorrow|this morning|last night"
)
# a count that runs on: tomorrow's is another
_RUNNING = whole_words(
    "đến nay|tới nay|lũy kế|chữa khỏi|khỏi bệnh|xuất viện|ra viện|"
    "đang được|đang điều trị|đang theo dõi|đang cách ly|so far|to date"
)
EMPTY = content_words(
    "đạt là còn tổng số toàn tỉnh năm trên địa bàn khoảng hơn gần với của có cho theo tại tính đến "
    "ngày tháng hiện nay trong thống kê báo cáo công bố cho biết ghi nhận huyện xã phường thành phố "
    "thị xã được lên đến "
    "the total number of year according reported province commune was were"
)
# verbs before a figure that say nothing of what it is: "làm 2 người chết", "xảy ra 12 vụ"
CAUSING = content_words("làm khiến gây cướp xảy để phát hiện")
LIGHT = content_words("có only just merely")  # "only so many" is so many
# A number after one of these names something: a month, an article of law, a school year
_NAMED = re.compile(
    r"(?:^|\W)(?:ngày|tháng|năm|mùng|mồng|quý|số|điều|khoản|điểm|lớp|khóa|khoá|kỳ|vòng|hiệp|tập|chương|quyển|"
    r"đường|quốc lộ|tỉnh lộ|thứ|hạng|top|no\.|article|chapter|round|day|grade|phase|highway|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)[ -]?$",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|not|never)(?!\w)"
    r"(?!\s(?:dưới|quá|ít hơn|hơn|vượt|chỉ|những|khí|gian|đầy|only|more|less|fewer))",
    re.IGNORECASE,
)
_NAME_REACH = 14  # characters before a number in which such a word stands
_YEAR = re.compile(r"(?:19|20)\d\d$")
_STORM = re.compile(r"(?<!\w)(?:bão|bao|storm|typhoon) (?:số|so|no\.) ?(\d+)(?!\w)", re.IGNORECASE)
# the province without its name
_THE_PROVINCE = re.compile(
    rf"(?<!\w)(?:[Tt]o[àa]n|[Cc][ảa]|[Tt]r[êe]n [đd][ịi]a b[àa]n) t[ỉi]nh(?!\w)(?! [{CAPITAL}])"
)


class Kind(StrEnum):
    """What of the two was set beside each other."""

    FIGURE = "figure"
    DAY = "day"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A claim's words and a line's that speak of one thing; `mine` and `theirs` as written."""

    kind: Kind
    mine: str
    theirs: str
    agrees: bool
    likeness: float  # 0 to 1, of the two sentences
    is_exact: bool = True  # neither says "about"


def plain(words: frozenset[str]) -> frozenset[str]:
    """Words that carry content -> those that could not stand in any report."""
    return words - EMPTY


def count_negations(text: str) -> int:
    """How often a text denies something; "không dưới 100" and "không chỉ" deny nothing."""
    return len(_NEGATION.findall(text))


def count_common_negations(line: Line, other: Line) -> int:
    """How often a line denies something of which the other line speaks too.

    ", không đủ ăn" behind a true figure denies nothing that the other line says: more than half of a clause's
    words of content must stand there, or it holds a figure.
    """
    clauses = re.split(r"[,;:–()]\s", line.text)
    return sum(count_negations(clause) for clause in clauses if _speaks_of(clause, other, line.names))


def _speaks_of(clause: str, other: Line, names: frozenset[str]) -> bool:
    words = content_words(clause) - EMPTY - frozenset(part for name in names for part in name.split())
    shared = len(words & (other.words | content_words(other.context)))
    return any(sign.isdecimal() for sign in clause) or shared * 2 > len(words) or not words


def is_figure(line: Line, token: Token) -> bool:
    """Whether a number counts or measures: it is no day, no year, and names nothing."""
    written = line.text[token.start : token.end]
    if not token.is_number or "/" in written or "-" in written or _YEAR.match(written):
        return False
    return _NAMED.search(line.text[max(0, token.start - _NAME_REACH) : token.start]) is None


def quantity_at(line: Line, token: Token) -> Quantity | None:
    """The quantity a number stands in; None where its unit or thing is not known."""
    return next((q for q in line.quantities if q.start <= token.start < q.end), None)


def written_at(line: Line, token: Token) -> str:
    """A figure with its unit, as written."""
    quantity = quantity_at(line, token)
    return quantity.text if quantity else line.text[token.start : token.end]


def is_same_time(mine: Line, theirs: Line, days_apart: int | None) -> bool:
    """Whether both name the same time; where neither names one, whether they are of one time."""
    if not theirs.subject and _is_running(mine, theirs):
        return _is_of_one_day(days_apart)
    above = frozenset(_years(theirs.context))
    years = theirs.years or (above if theirs.subject else frozenset())
    if mine.periods != theirs.periods:
        return False
    if mine.days and theirs.days and not mine.days & theirs.days:
        return False
    if bool(mine.years) != bool(years):
        return len(mine.years | years) == 1 and _is_of_this_year(mine, theirs, days_apart)
    if mine.years:
        return mine.years == years or len(mine.years & years) == 1 == len(mine.years)
    return bool(mine.days & theirs.days) or is_near(mine, days_apart)


def _is_of_this_year(mine: Line, theirs: Line, days_apart: int | None) -> bool:
    """Whether both name one day or part of a year, and came out so close together that the year is one.

    The press leaves out the year of "đến ngày 15/10" and of "9 tháng đầu năm".
    """
    if theirs.subject or days_apart is None or abs(days_apart) > _UNDATED_DAYS:
        return False
    return bool(mine.days & theirs.days or mine.periods)


def _years(text: str) -> Iterator[str]:
    for word in text.replace(",", " ").replace(".", " ").split():
        if len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"}:
            yield word


def is_near(mine: Line, days_apart: int | None) -> bool:
    """Whether a document came out close enough to an article that both may speak of one undated thing.

    Where the document's day is not known it may; but no sentence of "today" is set beside another day's.
    """
    if _TODAY.search(mine.text):
        return _is_of_one_day(days_apart)
    return days_apart is None or abs(days_apart) <= _UNDATED_DAYS or is_norm(mine.text)


def is_norm(text: str) -> bool:
    """Whether a sentence speaks of a decision, a decree or a rate, which hold until they are changed."""
    return _NORM.search(text) is not None


_ROW = re.compile(r":\s*\d[\d.,]*(?:\s[^\W\d_]+){0,3}\s*[.;,]?(?:\s*trong đó:?)?\s*$", re.IGNORECASE)


def is_said_at_once(mine: Line, theirs: Line, days_apart: int | None) -> bool:
    """Whether two sentences with the same words are of one time: both name it, or came out close together.

    A day that differs is what is compared; here it is only asked whether both name one.
    """
    if _is_running(mine, theirs) or (_is_row(mine) and not has_time(mine) and not has_time(theirs)):
        return _is_of_one_day(days_apart)
    if bool(mine.years) != bool(theirs.years):
        return is_near(mine, days_apart)  # the year that one leaves out is that in which it came out
    pairs = ((mine.days, theirs.days), (mine.years | mine.periods, theirs.years | theirs.periods))
    return any(one and other for one, other in pairs) or is_near(mine, days_apart)


def _is_row(line: Line) -> bool:
    """Whether a line is a label and a number, as in bulletins and tables: it is of its document's day."""
    return _ROW.search(line.text) is not None


def _is_running(mine: Line, theirs: Line) -> bool:
    return _RUNNING.search(mine.text) is not None or _RUNNING.search(theirs.text) is not None


def _is_of_one_day(days_apart: int | None) -> bool:
    return days_apart is not None and abs(days_apart) <= _TODAY_DAYS


def has_time(line: Line) -> bool:
    """Whether a sentence names a year, a day or a part of a year."""
    return bool(line.years or line.days or line.periods)


def is_same_place(mine: Line, theirs: Line) -> bool:
    """Whether no place is named on one side alone; a document's title and caption name places too."""
    above = f"{theirs.context} {theirs.text}"
    shared = frozenset(name for name in mine.names if names_are_in(frozenset({name}), above))
    one_event = share_a_storm(mine, theirs)
    here = names_are_in(mine.names - _implied(theirs, shared, is_one_event=one_event), above)
    implied = _implied(mine, shared, is_one_event=one_event)
    return here and names_are_in(theirs.names - implied, mine.text)


def _implied(line: Line, shared: frozenset[str], *, is_one_event: bool) -> frozenset[str]:
    """The province that a line means without naming it: "toàn tỉnh", the commune named on both sides, or the
    storm that both tell of.

    It must be the only one that its article or passage names.
    """
    is_meant = is_one_event or bool(shared - {line.province}) or _THE_PROVINCE.search(line.text) is not None
    return frozenset({line.province}) if line.province and is_meant else frozenset()


def names_are_in(names: frozenset[str], text: str) -> bool:
    """Whether a text holds every one of some folded names."""
    if not names:
        return True
    folded = f" {' '.join(t.key for t in find_tokens(text))} "
    return all(f" {name} " in folded for name in names)


def share_a_figure(mine: Line, theirs: Line) -> bool:
    """Whether both give one figure alike, number and unit."""
    one, other = ({(q.low, q.high, q.unit) for q in line.quantities} for line in (mine, theirs))
    return bool(one & other)


def share_a_storm(mine: Line, theirs: Line) -> bool:
    """Whether both, or one and the title above the other, name one storm by its number."""
    return bool(_storms(mine.text) & _storms(f"{theirs.context} {theirs.text}"))


def _storms(text: str) -> frozenset[str]:
    return frozenset(hit[1] for hit in _STORM.finditer(text))

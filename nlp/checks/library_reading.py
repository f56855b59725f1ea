"""Sentences, and rows of tables, with what of them can be set beside each other. Pure.

A claim and a line of the evidence library are read the same way, so that neither side has an advantage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.checks.case import Held
from nlp.checks.frames import fold_word
from nlp.checks.library_tables import find_headed, without_unit
from nlp.checks.statements import content_words
from nlp.dates import find_lunar_days
from nlp.loaded import blank
from nlp.patterns import whole_words
from nlp.quantities import find_quantities
from nlp.sentences import split
from nlp.text import fold
from store.types import Claim, MentionKind, Quantity, ReadArticle

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+|%")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)(?!\d)")
_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})(?:/|-|\s+tháng\s+)(\d{1,2})(?![\d%])(?![.,]\d)")
_PERIOD = whole_words(
    "tháng 1|tháng 2|tháng 3|tháng 4|tháng 5|tháng 6|tháng 7|tháng 8|tháng 9|tháng 10|tháng 11|tháng 12|"
    "quý 1|quý 2|quý 3|quý 4|quý i|quý ii|quý iii|quý iv|3 tháng|6 tháng|9 tháng|10 tháng|11 tháng|nửa năm|"
    "ba tháng|sáu tháng|chín tháng|mười tháng|mười một tháng|"
    "first quarter|second quarter|third quarter|fourth quarter|three months|six months|nine months|"
    "first half|second half"
)
_PERIODS_IN_WORDS = {
    "ba tháng": "3 tháng", "sáu tháng": "6 tháng", "nửa năm": "6 tháng", "chín tháng": "9 tháng",
    "mười tháng": "10 tháng", "mười một tháng": "11 tháng", "three months": "3 tháng",
    "six months": "6 tháng", "nine months": "9 tháng",
}  # fmt: skip
_FORECAST = whole_words(
    "dự kiến|kế hoạch|mục tiêu|phấn đấu|dự báo|ước|chỉ tiêu|đến năm|giai đoạn|planned|target|forecast|by"
)
# what came of a plan is none, nor is a stretch of time without its years
_NO_PLAN = re.compile(
    r"%\s+(?:so với )?(?:kế hoạch|mục tiêu|chỉ tiêu|dự toán)|giai đoạn(?! (?:từ )?(?:năm )?\d)", re.IGNORECASE
)
_PART = whole_words(
    "trong đó|riêng|mỗi|thêm|gồm|trung bình|bình quân|lần lượt|tăng|giảm|tăng thêm|so với|including|each|"
    "another|per|average|increase|decrease|rose|fell|up|down"
)
_NO_PART = re.compile(r"dân số trung bình", re.IGNORECASE)  # what statistics call all who live in a place
_CAPITAL = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x1EFA)) if chr(code).isupper())
_UNIT_NAME = re.compile(
    r"(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|quận|thôn|làng|buôn|TP\.?|"
    r"Xã|Phường|Thị trấn|Huyện|Thị xã|Thành phố|Tỉnh|Quận|Thôn|Làng|Buôn)\s+"
    rf"((?:[{_CAPITAL}][\w'’-]*|\d+)(?:\s+[{_CAPITAL}][\w'’-]*){{0,3}})"
)
_UNIT_NAME_EN = re.compile(
    rf"(?<!\w)(?:The\s)?((?!(?:The|In|At|From|Of)\s)[{_CAPITAL}][\w'’-]*(?:\s+[{_CAPITAL}][\w'’-]*){{0,2}})"
    r"\s+(?:province|district|commune|ward|city|town|township|village|county)(?!\w)"
)
_REACH = 32  # characters before a figure in which a word makes it a part or a change
_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN})
_LONGEST = 1_200  # characters of a sentence that are read; a longer one is a list


@dataclass(frozen=True, slots=True)
class Token:
    """A word without marks, or a number as written, at `start:end` of the sentence."""

    key: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.key[0].isdigit()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or one value of a table with its headings. Offsets of figures are into `text`.

    `start` is where the sentence begins in its article or passage. `context` is said above it (a table's
    caption, the document's title) and holds for it too.
    """

    text: str
    start: int
    tokens: tuple[Token, ...]
    words: frozenset[str]
    quantities: tuple[Quantity, ...]
    years: frozenset[str]
    days: frozenset[str]
    periods: frozenset[str]
    names: frozenset[str]  # of places, folded
    is_forecast: bool
    subject: str = ""  # of a table's value: headings; "" in prose
    context: str = ""
    is_plain: bool = False  # no claim: only set beside the same sentence
    is_listed: bool = False  # one of several sentences of its article that differ in numbers alone

    @property
    def end(self) -> int:
        """Where the sentence ends in its article or passage."""
        return self.start + len(self.text)

    def is_part(self, quantity: Quantity) -> bool:
        """Whether a figure is a part of something else, an addition or a change."""
        before = _NO_PART.sub(" ", self.text[: quantity.start])[-_REACH:]
        return _PART.search(re.split(r"[.;]", before)[-1]) is not None


def line_from_claim(item: ReadArticle, claim: Claim) -> Line:
    """A claim of an article -> Line; places as they were read."""
    line = make_line(claim.text, claim.start)
    own = tuple(replace(q, start=q.start - claim.start, end=q.end - claim.start) for q in claim.quantities)
    named = {
        fold(place.name.casefold()).text
        for place in item.reading.places
        if place.field == claim.field
        and claim.start <= place.start < claim.end
        and place.kind not in _NOT_WHERE
    }
    return replace(line, quantities=own or line.quantities, names=line.names | named)


def make_line(text: str, start: int, *, subject: str = "", context: str = "") -> Line:
    """A sentence -> Line. Loaded words are read as not written."""
    read = blank(text[:_LONGEST])
    return Line(
        text=text,
        start=start,
        tokens=tuple(find_tokens(read)),
        words=content_words(read),
        quantities=tuple(find_quantities(read, language="vi")),
        years=frozenset(_YEAR.findall(read)),
        days=frozenset(_find_days(read)),
        periods=frozenset(_find_periods(read)),
        names=frozenset(fold(name.casefold()).text for name in find_unit_names(read)),
        is_forecast=_FORECAST.search(_NO_PLAN.sub("%", read)) is not None,
        subject=subject,
        context=context,
    )


def find_unit_names(text: str) -> Iterator[str]:
    """Names of places that stand with the word for their unit, in either language, as written."""
    yield from _UNIT_NAME.findall(text)
    yield from _UNIT_NAME_EN.findall(text)


def find_tokens(text: str) -> Iterator[Token]:
    """The words and numbers of a text, in order."""
    for hit in _TOKEN.finditer(text):
        yield Token(fold_word(hit[0].lower()) or hit[0], hit.start(), hit.end())


@lru_cache(maxsize=2048)  # articles of a day ask for the same passages
def lines_of(held: Held) -> tuple[Line, ...]:
    """A passage -> its sentences, or the values of its row; `start` is in the passage."""
    passage = held.passage.passage
    if passage.cell:
        found = tuple(_values_of(held))
        if found:
            return found
    title = held.document.document.title
    return tuple(
        make_line(passage.text[s.start : s.end], s.start, context=title) for s in split(passage.text)
    )


def _values_of(held: Held) -> Iterator[Line]:
    """A row, "Dân số, 2024: 3.560.000 người; 2025: …" -> a line for each value, which quotes it whole."""
    passage = held.passage.passage
    context = " – ".join(dict.fromkeys((*_captions(held), held.document.document.title)))
    label = ""
    row = make_line(passage.text, 0, context=context)
    at = 0
    for position, said in enumerate(passage.text.split("; ")):
        head, colon, value = said.rpartition(": ")
        if not colon:
            at += len(said) + 2
            continue
        if position == 0:
            label, _, heading = head.rpartition(", ")
            label = label or head
        else:
            heading = head
        begins = at + len(head) + len(colon)
        within = tuple(q for q in row.quantities if begins <= q.start < begins + len(value))
        if not within and (headed := find_headed(label, heading, value, begins)):
            within = (headed,)
        subject = " ".join(dict.fromkeys(without_unit(said) for said in (label, heading)))
        if len(within) == 1:
            own = make_line(subject, 0)
            years = own.years
            yield replace(
                row,
                quantities=within,
                subject=subject,
                words=own.words,
                years=years,
                periods=own.periods,
                days=frozenset(),
                names=own.names,
                is_forecast=own.is_forecast,
            )
        at += len(said) + 2


def _captions(held: Held) -> Iterator[str]:
    """What stands above the row's table, by the subjects of its figures."""
    for figure in held.passage.passage.figures:
        parts = figure.subject.split(" | ")
        if len(parts) > 1 and parts[0] not in held.passage.passage.text:
            yield parts[0]


def _find_days(text: str) -> Iterator[str]:
    """Days and months as written, "15/11"; a lunar day as the common calendar's, or as another kind."""
    lunar = [day for day in find_lunar_days(text) if day.is_told]
    for day in lunar:
        yield f"{day.on.day}/{day.on.month}" if day.on else f"{day.day}/{day.month} âm lịch"
    for hit in _DAY.finditer(text):
        if not any(day.start < hit.end() and hit.start() < day.end for day in lunar):
            yield f"{int(hit[1])}/{int(hit[2])}"


def _find_periods(text: str) -> Iterator[str]:
    """Parts of a year that a text names, those in words as those in digits."""
    for hit in _PERIOD.finditer(_without_days(text)):
        named = hit[0].casefold()
        yield _PERIODS_IN_WORDS.get(named, named)


def _without_days(text: str) -> str:
    return _DAY.sub(lambda hit: " " * len(hit[0]), text)

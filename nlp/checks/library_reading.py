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
from nlp.checks.periods import DAY, find_periods
from nlp.checks.statements import content_words
from nlp.dates import find_lunar_days
from nlp.language import detect
from nlp.loaded import blank
from nlp.patterns import whole_words
from nlp.quantities import find_quantities
from nlp.sentences import split
from nlp.text import fold
from store.types import Claim, MentionKind, PlaceMention, Quantity, ReadArticle

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+|%")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)(?!\d)")
_FORECAST = whole_words(
    "dự kiến|kế hoạch|mục tiêu|phấn đấu|dự báo|ước|chỉ tiêu|đến năm|giai đoạn|planned|target|forecast|"
    "by the end of|by next"
)
# what came of a plan is none, nor is a stretch of time without its years
_NO_PLAN = re.compile(
    r"(?:%|vượt(?: xa)?|đạt|hoàn thành|chậm|hơn(?: nhiều)?)\s+(?:so với )?"
    r"(?:kế hoạch|mục tiêu|chỉ tiêu|dự toán|dự báo)|giai đoạn(?! (?:từ )?(?:năm )?\d)",
    re.IGNORECASE,
)
_PART = whole_words(
    "trong đó|riêng|mỗi|thêm|gồm|trung bình|bình quân|lần lượt|tăng|giảm|tăng thêm|so với|including|each|"
    "another|per|average|increase|decrease|rose|fell|up|down"
)
_NO_PART = re.compile(r"dân số trung bình", re.IGNORECASE)  # what statistics call all who live in a place
CAPITAL = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x1EFA)) if chr(code).isupper())
_UNIT_NAME = re.compile(
    r"(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|quận|thôn|làng|buôn|TP\.?|"
    r"Xã|Phường|Thị trấn|Huyện|Thị xã|Thành phố|Tỉnh|Quận|Thôn|Làng|Buôn)\s+"
    rf"((?:[{CAPITAL}][\w'’-]*|\d+)(?:\s+[{CAPITAL}][\w'’-]*){{0,3}})"
)
_UNIT_NAME_EN = re.compile(
    rf"(?<!\w)(?:The\s)?((?!(?:The|In|At|From|Of)\s)[{CAPITAL}][\w'’-]*(?:\s+[{CAPITAL}][\w'’-]*){{0,2}})"
    r"\s+(?:province|district|commune|ward|city|town|township|village|county)(?!\w)"
)
_PROVINCE_NAME = re.compile(
    rf"(?:[Tt][ỉi]nh|TỈNH) ((?:[{CAPITAL}][^\W\d_]*)(?: [{CAPITAL}][^\W\d_]*){{1,2}})"
)
_MOST_TEXT = 60_000  # characters of an article in which its province is looked for
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
    province: str = ""  # folded; the only one its article or document names, "" for none or several

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
        _name_of(place)
        for place in item.reading.places
        if place.field == claim.field
        and claim.start <= place.start < claim.end
        and place.kind not in _NOT_WHERE
    }
    province = find_province(f"{item.article.title}\n{item.article.text}"[:_MOST_TEXT])
    return replace(line, quantities=own or line.quantities, names=line.names | named, province=province)


def _language_of(text: str) -> str:
    """How its figures are to be read: "1,240" is a thousand in English, and in Vietnamese one and a bit."""
    return "en" if detect(text).code == "en" else "vi"


def _name_of(place: PlaceMention) -> str:
    """A place's name as its tokens give it, folded; a province's without its unit word, often left out."""
    name = " ".join(token.key for token in find_tokens(place.name))
    return name.removeprefix("tinh ")


@lru_cache(maxsize=512)  # asked for each sentence of an article
def find_province(text: str) -> str:
    """The one province, folded, that a text names by its unit word; "" where it names none or several."""
    named = {fold(hit[1].casefold()).text for hit in _PROVINCE_NAME.finditer(text)}
    return next(iter(named)) if len(named) == 1 else ""


def make_line(text: str, start: int, *, subject: str = "", context: str = "") -> Line:
    """A sentence -> Line. Loaded words are read as not written."""
    read = blank(text[:_LONGEST])
    return Line(
        text=text,
        start=start,
        tokens=tuple(find_tokens(read)),
        words=content_words(read),
        quantities=tuple(find_quantities(read, language=_language_of(read))),
        years=frozenset(_YEAR.findall(read)),
        days=frozenset(_find_days(read)),
        periods=frozenset(find_periods(read)),
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
    for hit in DAY.finditer(text):
        if not any(day.start < hit.end() and hit.start() < day.end for day in lunar):
            yield f"{int(hit[1])}/{int(hit[2])}"

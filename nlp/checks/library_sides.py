"""What the evidence library says of one sentence: for, against and beside it, each with its place. Pure.

Who published a document is not asked. A document that was superseded, or is out of its validity on the
article's day, never decides; it is shown beside the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import combinations, starmap
from zoneinfo import ZoneInfo

from nlp.checks.atlas import Atlas
from nlp.checks.case import Held
from nlp.checks.library_comparing import find_meetings
from nlp.checks.library_meetings import Meeting
from nlp.checks.library_places import find_exchanged
from nlp.checks.library_reading import Line, find_province, lines_of
from nlp.quantities import find_quantities, measure_of
from store.types import Evidence, KeptDocument, Stance

_BY_STATE = frozenset({"person", "house"})  # "12 dead, 5 hurt" and "5 dead, 12 hurt" do differ
_ROUNDED = 0.05  # of a figure: so far apart two may be one, rounded
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Lines = MutableMapping[str, tuple[Line, ...]]  # by KeptPassage.id, so that a passage is read once


@dataclass(frozen=True, slots=True)
class Said:
    """What one line of a document says of the sentence."""

    held: Held
    line: Line
    meeting: Meeting
    is_standing: bool

    @property
    def place(self) -> tuple[int, int]:
        """The document and where in it."""
        return self.held.document.number, self.held.passage.start + self.line.start


@dataclass(slots=True)
class Sides:
    """What speaks against and for a sentence, and what no longer counts."""

    against: list[Said] = field(default_factory=list)
    agreeing: list[Said] = field(default_factory=list)
    beside: list[Said] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[Stance, Said]]:
        """Against, for, beside, each line once."""
        seen: set[tuple[int, int]] = set()
        for stance, found in (
            (Stance.AGAINST, self.against),
            (Stance.FOR, self.agreeing),
            (Stance.CONTEXT, self.beside),
        ):
            for said in found:
                if said.place not in seen:
                    seen.add(said.place)
                    yield stance, said


def find_sides(
    mine: Line, held: Sequence[Held], *, on: date, known: Lines, atlas: Atlas | None = None
) -> Sides:
    """A sentence published `on` a day and the passages found for it -> what they say of it.

    With an `atlas` other provinces' names are set beside each other too.

    A document that also gives the sentence's own figure for the same thing does not speak against it: its
    second figure is of something else; nor does one whose figure the sentence gives too: "1,240, up from
    910". Nor does any where several others are given: a list, or a bulletin.
    """
    provinces = _provinces_of(held)
    said = [
        found
        for each in held
        for line in _lines_of(each, known, provinces[each.document.number])
        for found in _said_by(mine, each, line, on, atlas)
    ]
    several = _find_several(said)
    agreeing = {(s.held.document.number, s.meeting.mine) for s in said if s.meeting.agrees}
    sides = Sides()
    for one in said:
        if not one.is_standing:
            sides.beside.append(one)
        elif one.meeting.agrees:
            sides.agreeing.append(one)
        elif _gives_too(mine, one):
            continue
        elif (one.held.document.number, one.meeting.mine) not in agreeing and one.meeting.mine not in several:
            sides.against.append(one)
    return sides


def _gives_too(mine: Line, said: Said) -> bool:
    """Whether the sentence gives the line's figure, too, beside its own."""
    figures = {(q.low, q.high, q.unit) for q in said.line.quantities if q.text == said.meeting.theirs}
    return any(
        (q.low, q.high, q.unit) in figures and q.unit not in _BY_STATE and q.unit
        for q in mine.quantities
        if q.text != said.meeting.mine
    )


def _provinces_of(held: Sequence[Held]) -> dict[int, str]:
    """Documents' numbers -> the one province that each names in its title and in what was found of it."""
    texts: dict[int, list[str]] = {}
    for each in held:
        document = each.document
        texts.setdefault(document.number, [document.document.title]).append(each.passage.passage.text)
    return {number: find_province("\n".join(said)) for number, said in texts.items()}


def _find_several(said: Sequence[Said]) -> frozenset[str]:
    """Figures of a sentence for which the library gives several others: it counts many such things."""
    given: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        if one.is_standing and not one.meeting.agrees:
            given[one.meeting.mine].add(one.meeting.theirs)
    return frozenset(
        mine for mine, theirs in given.items() if any(starmap(_contradict, combinations(theirs, 2)))
    )


def _contradict(one: str, other: str) -> bool:
    """Whether two figures, as written, cannot both be meant."""
    figures = [find_quantities(written, language="vi") for written in (one, other)]
    if not all(figures):
        return one != other
    mine, theirs = ((measure_of(found[0])[0], found[0].low * measure_of(found[0])[1]) for found in figures)
    return mine[0] != theirs[0] or abs(mine[1] - theirs[1]) > _ROUNDED * max(mine[1], theirs[1])


def _lines_of(held: Held, known: Lines, province: str) -> Iterator[Line]:
    if held.passage.id not in known:
        known[held.passage.id] = lines_of(held)
    for line in known[held.passage.id]:
        yield replace(line, province=province) if province else line


def _said_by(mine: Line, held: Held, line: Line, on: date, atlas: Atlas | None) -> Iterator[Said]:
    document = held.document
    published = document.document.published
    apart = (published - on).days if published else None
    exchanged = find_exchanged(mine, line, atlas, days_apart=apart) if atlas else ()
    differs = any(not meeting.agrees for meeting in exchanged)  # then no figure beside it speaks for it
    for meeting in (*exchanged, *(() if differs else find_meetings(mine, line, days_apart=apart))):
        yield Said(held, line, meeting, document.is_standing(on))


def evidence_from(said: Said, stance: Stance, *, on: date) -> Evidence:
    """A line of a document -> evidence that quotes it exactly."""
    return cite_held(said.held, said.line.start, said.line.end, stance=stance, why=_why(said, stance, on))


def cite_held(held: Held, start: int, end: int, *, stance: Stance, why: str) -> Evidence:
    """Characters start:end of a passage -> evidence; its offsets are in the document's text."""
    document = held.document.document
    published = document.published
    return Evidence(
        text=held.passage.passage.text[start:end],
        start=held.passage.start + start,
        end=held.passage.start + end,
        document=held.document.id,
        document_title=document.title,
        publisher=document.publisher,
        published=datetime.combine(published, time(), HERE) if published else None,
        stance=stance,
        why=why,
    )


def _why(said: Said, stance: Stance, on: date) -> str:
    meeting = said.meeting
    relation = "phù hợp với" if meeting.agrees else "khác với"
    parts = [f"ghi “{meeting.theirs}”, {relation} “{meeting.mine}”", *tell_place(said.held)]
    if stance is Stance.CONTEXT:
        parts += tell_state(said.held.document, on)
    parts += tell_later(said.held.document, on)
    return "; ".join(parts)


def tell_place(held: Held) -> Iterator[str]:
    """The page, or the sheet and cells, in words."""
    passage = held.passage.passage
    if passage.page:
        yield f"trang {passage.page}"
    if passage.cell:
        yield f"trang tính {passage.sheet}, ô {passage.cell}" if passage.sheet else f"ô {passage.cell}"


def tell_state(document: KeptDocument, on: date) -> Iterator[str]:
    """Why a document is not to go by, in words."""
    if document.superseded_by:
        when = f" từ {document.superseded_at:%d/%m/%Y}" if document.superseded_at else ""
        yield f"tài liệu này đã được kho:{document.superseded_by} thay thế{when}, không dùng để kết luận"
    elif not document.is_standing(on):
        yield "tài liệu này không có hiệu lực vào ngày đăng bài, không dùng để kết luận"


def tell_later(document: KeptDocument, on: date) -> Iterator[str]:
    """That a document came after the article, or is dated in the future, in words."""
    published, added = document.document.published, document.added_at.astimezone(HERE).date()
    if published and published > added:
        yield f"tài liệu đề ngày {published:%d/%m/%Y}, sau cả ngày đưa vào kho"
    elif published and published > on:
        yield f"tài liệu ra sau bài báo, ngày {published:%d/%m/%Y}"
    elif published is None and added > on:
        yield f"tài liệu không ghi ngày, được đưa vào kho sau khi bài đăng, ngày {added:%d/%m/%Y}"

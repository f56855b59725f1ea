"""A figure, day or place that disagrees with the evidence library. It decides for neither.

Whose figure it is plays no part: the office's own release is flagged like any other's sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.checks.case import Case
from nlp.checks.library_anchors import Shared, find_several, find_shared, is_anchored, is_of_several
from nlp.checks.library_meetings import Kind
from nlp.checks.library_reading import Line
from nlp.checks.library_sentences import find_lines, find_plain
from nlp.checks.library_sides import HERE, Lines, Said, Sides, evidence_from, find_sides
from store.types import Claim, Flag, ReadArticle

NAME, VERSION = "library_figures", "7"
_DIFFERS = {Kind.FIGURE: "con số", Kind.DAY: "thời gian", Kind.PLACE: "địa điểm"}


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> one flag for each sentence that a standing document of the library contradicts.

    A sentence that several articles carry is flagged once, in the first of them.
    """
    known: Lines = {}
    found: list[_Found] = []
    for item, claim, line in _first_lines(case):
        on = item.article.when.astimezone(HERE).date()
        sides = find_sides(line, case.passages[claim.key], on=on, known=known, atlas=case.atlas)
        if sides.against:
            found.append(_Found(item, claim, line, sides, on))
    _leave_the_anchored(case, found)
    return tuple(_flag_from(case.story.id, one) for one in found if one.sides.against)


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that the library contradicts."""

    item: ReadArticle
    claim: Claim
    line: Line
    sides: Sides
    on: date


def _leave_the_anchored(case: Case, found: Sequence[_Found]) -> None:
    """Take out what may speak of another matter in the same words."""
    shared: dict[int, Shared] = {}
    against = Counter(
        (one.item.number, document)
        for one in found
        for document in {said.held.document.number for said in one.sides.against}
    )
    for one in found:
        number = one.item.number
        several = find_several(one.item)
        one.sides.against[:] = [
            said for said in one.sides.against if not is_of_several(one.line, said, several)
        ]
        loose = [said for said in one.sides.against if not is_anchored(one.line, said)]
        if loose and number not in shared:
            keys = {claim.key for claim in one.item.reading.claims} | {p.key for p in find_plain(one.item)}
            held = (each for key in keys for each in case.passages.get(key, ()))
            shared[number] = find_shared(one.item, held)
        for said in loose:
            document = said.held.document.number
            if not shared[number].stand_behind(document, against[number, document]):
                one.sides.against.remove(said)


def _first_lines(case: Case) -> Iterator[tuple[ReadArticle, Claim, Line]]:
    """Each sentence of which the library has passages, with the article that published it first."""
    seen: set[str] = set()
    for member in sorted(case.story.members, key=lambda m: (m.item.article.when, m.item.number)):
        for claim, line in find_lines(member.item, case.passages.keys() - seen):
            seen.add(claim.key)
            yield member.item, claim, line


def _flag_from(story: str, one: _Found) -> Flag:
    item, claim, sides, on = one.item, one.claim, one.sides, one.on
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=story,
        evidence=tuple(evidence_from(said, stance, on=on) for stance, said in sides),
        strength=max(strength_of(said) for said in sides.against),
        because=tuple(dict.fromkeys(_because(said) for said in sides.against)),
        missing=(*find_missing(sides), *_find_unnamed(claim, sides)),
    )


def _because(said: Said) -> str:
    kind = _DIFFERS[said.meeting.kind]
    return f"Khác {kind}: câu này ghi “{said.meeting.mine}”, kho luận cứ ghi “{said.meeting.theirs}”."


def strength_of(said: Said) -> float:
    """0 to 1: how sure it is that both speak of one thing and differ. Only from their words."""
    return round(0.4 + 0.2 * said.meeting.is_exact + 0.4 * said.meeting.likeness, 2)


def find_missing(sides: Sides) -> tuple[str, ...]:
    """What would have to be known to decide, in words."""
    missing = []
    if sides.agreeing and sides.against:
        missing.append("Các tài liệu trong kho luận cứ không thống nhất với nhau.")
    documents = {said.held.document.number: said.held.document for said in (*sides.against, *sides.agreeing)}
    if len(documents) == 1:
        missing.append("Mới có một tài liệu trong kho luận cứ nói về việc này.")
    if any(document.document.published is None for document in documents.values()):
        missing.append("Có tài liệu không ghi ngày công bố.")
    return tuple(missing)


def _find_unnamed(claim: Claim, sides: Sides) -> tuple[str, ...]:
    of_figures = any(said.meeting.kind is Kind.FIGURE for said in sides.against)
    return ("Câu này không nêu nguồn của con số.",) if of_figures and not claim.attributed else ()

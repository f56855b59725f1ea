"""One sentence that stands in two articles word for word, but for one number. It decides for none.

1. The frame of every sentence with a number: its words, with holes for the numbers. 2. Sentences of
different outlets with one frame are set beside each other. 3. A frame that one article fills in several ways
is a formula or a list, and says nothing. 4. One flag for each way in which the sentence was printed, with the
others as evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.checks.case import Case
from nlp.checks.citing import cite, claim_at
from nlp.checks.frames import Frame, find_difference, find_framed, frame_of
from nlp.claim_features import find_attribution
from nlp.quantities import find_quantities
from nlp.quantities.numerals import read_digits
from nlp.sentences import Span
from nlp.text import is_accented
from store.types import Evidence, Flag, ReadArticle, Stance, Story

NAME, VERSION = "figures_reprinted", "3"
_MOST_WAYS = 4  # in which a sentence is printed; with more it is a formula
_MOST_FOR = 3  # others that print it the same way
_NEXT = re.compile(
    r"%|°C?| ?(?!(?:và|là|thì|của|tại|trong|and|in|of|to|the|at)(?!\w))[^\W\d_]+", re.IGNORECASE
)
_STRENGTH = 0.9  # the sentences are the same: nothing else can be meant


@dataclass(frozen=True, slots=True)
class _Printed:
    """A sentence with a number, as one article prints it."""

    item: ReadArticle
    span: Span
    text: str
    frame: Frame

    @property
    def outlet(self) -> str:
        """Only compared with another's, to know whether they speak independently."""
        return self.item.article.outlet


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each way a sentence was printed, but for one number; nobody counts as right."""
    return tuple(
        flag
        for ways in _frames(case.story).values()
        if 1 < len(ways) <= _MOST_WAYS
        for flag in _flags(case, ways)
    )


def differ_in_one_number(one: str, other: str) -> bool:
    """Whether two sentences are one, with one number exchanged: then they are this check's."""
    mine, theirs = frame_of(one), frame_of(other)
    return mine.is_telling and mine.key == theirs.key and find_difference(mine, theirs) is not None


def _frames(story: Story) -> dict[str, list[list[_Printed]]]:
    """By frame, the ways it is filled, each with those who print it so, the first publisher first."""
    ways: dict[str, dict[tuple[str, ...], list[_Printed]]] = defaultdict(dict)
    formulas: set[str] = set()
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        seen: dict[str, tuple[str, ...]] = {}
        for printed in _printed(member.item):
            key, numbers = printed.frame.key, printed.frame.numbers
            if seen.setdefault(key, numbers) != numbers:
                formulas.add(key)
            ways[key].setdefault(numbers, []).append(printed)
    return {key: list(found.values()) for key, found in ways.items() if key not in formulas}


def _printed(item: ReadArticle) -> Iterator[_Printed]:
    for one in find_framed(item.article.text):
        yield _Printed(item, Span(one.start, one.end), one.text, one.frame)


def _flags(case: Case, ways: Sequence[list[_Printed]]) -> Iterator[Flag]:
    for way in ways:
        first = way[0]
        against = [other for other in ways if other is not way and _is_against(first, other[0])]
        if against:
            yield _flag_from(case, way, [other[0] for other in against])


def _is_against(one: _Printed, other: _Printed) -> bool:
    at = find_difference(one.frame, other.frame)
    return (
        one.outlet != other.outlet
        and at is not None
        and not _is_rounded(_number(one, at), _number(other, at))
    )


def _is_rounded(one: str, other: str) -> bool:
    """Whether one number is the other with fewer decimals, rounded or cut off: "1.049" and "1.048,8"."""
    fewer, more = sorted((_decimals(one), _decimals(other)))
    mine, theirs = (read_digits(written, language="vi") for written in (one, other))
    if mine is None or theirs is None or fewer == more:
        return False
    return abs(mine - theirs) < 10.0**-fewer


def _decimals(written: str) -> int:
    last = re.split("[.,]", written)[-1]
    return len(last) if len(last) not in {3, len(written)} else 0  # three digits are thousands


def _flag_from(case: Case, way: Sequence[_Printed], against: Sequence[_Printed]) -> Flag:
    first = way[0]
    alike = [one for one in way[1:] if one.outlet != first.outlet][:_MOST_FOR]
    evidence = [_evidence_from(one, first, Stance.AGAINST) for one in against]
    evidence += [_evidence_from(one, first, Stance.FOR) for one in alike]
    because = tuple(
        f"Câu này ghi “{_figure(first, at)}”, bài khác đăng nguyên câu nhưng ghi “{_figure(one, at)}”."
        for one in against
        if (at := find_difference(first.frame, one.frame)) is not None
    )
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim_at(first.item, first.span),
        article=first.item.number,
        version=first.item.version,
        story=case.story.id,
        evidence=tuple(evidence),
        strength=_STRENGTH,
        because=tuple(dict.fromkeys(because)),
        missing=_find_missing((first, *against)),
    )


def _find_missing(printed: Sequence[_Printed]) -> tuple[str, ...]:
    missing = ("Chưa có số liệu chính thức trong căn cứ.",)
    if any(find_attribution(one.text) for one in printed):
        return missing
    return (*missing, "Không câu nào nêu nguồn của con số.")


def _number(printed: _Printed, at: int) -> str:
    start, end = printed.frame.spans[at]
    return printed.text[start:end]


def _figure(printed: _Printed, at: int) -> str:
    """A number with its unit and what it counts, as printed; where neither is known, with the next word."""
    start, end = printed.frame.spans[at]
    language = "vi" if is_accented(printed.text) else "en"
    whole = next(
        (q for q in find_quantities(printed.text, language=language) if q.start <= start and end <= q.end),
        None,
    )
    if whole is not None:
        return whole.text
    beside = _NEXT.match(printed.text, end)
    return printed.text[start : beside.end() if beside else end]


def _evidence_from(one: _Printed, first: _Printed, stance: Stance) -> Evidence:
    if stance is Stance.AGAINST:
        at = find_difference(first.frame, one.frame)
        why = f"cùng một câu, ghi “{_figure(one, at)}”" if at is not None else "cùng một câu"
    else:
        why = "cùng một câu, cùng con số"
    return cite(one.item, one.span.start, one.span.end, stance=stance, why=why)

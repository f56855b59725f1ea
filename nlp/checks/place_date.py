"""Place or day of one event that outlets of a story give differently, in sentences that tell the same thing.

1. Collect each sentence that names a place or a day, once, however many articles carry it. 2. Set beside each
other those of different outlets that share nearly all other words. 3. Leave out what both can be true: a part
and its whole, old and new names, an outlet's own later bulletin. 4. One flag for each sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from nlp.checks.atlas import Atlas, Where
from nlp.checks.case import Case
from nlp.checks.citing import cite, claim_at
from nlp.checks.days import Day, find_days
from nlp.checks.statements import content_words, overlap
from nlp.loaded import blank
from nlp.patterns import whole_words
from nlp.quantities.vocabulary import STOP
from nlp.sentences import Span, split
from nlp.text import fold
from store.types import Evidence, Flag, ReadArticle, Stance

NAME, VERSION = "place_date", "3"
_ALIKE = 0.65  # of all words but places, days and figures that two sentences share
_ALIKE_NEAR = 0.6  # of the words on either side of the place or day in which they differ
_NEAR = 45  # characters
_LEAST_WORDS = 6
_LEAST_REPRINTED = 4  # of sentences that have all other words in common
_BULLETIN_AFTER = timedelta(hours=6)  # what is printed again sooner is no bulletin of another day
_FEATURES = 4  # by which a sentence finds those that may be like it
_MOST = 60  # sentences of one feature that are compared; a phrase of every day is none
_MOST_TEXT = 40_000  # characters
_LONGEST = 1_200  # characters; what is longer is a list, or a broken page
_SAYS = whole_words(
    "cho biết|cho hay|thông tin|thông báo|xác nhận|khẳng định|said|says|confirmed|announced|told"
)
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with the places and days it names, and its other words."""

    item: ReadArticle  # that published it first
    span: Span
    text: str
    places: tuple[Where, ...]
    days: tuple[Day, ...]
    words: frozenset[str]


@dataclass(slots=True)
class _Against:
    """What stands against one sentence: the other, and the words in which they differ."""

    found: list[tuple[_Told, str, str]] = field(default_factory=list)


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> one flag for each sentence whose place or day another outlet's sentence contradicts.

    Both sentences are flagged, each with the other as evidence; nobody's place or day counts as the right
    one.
    """
    told = list(_collect(case))
    sides = [_Against() for _ in told]
    for one, other in _pairs(told):
        for mine, theirs in _differences(case.atlas, told[one], told[other]):
            sides[one].found.append((told[other], mine, theirs))
            sides[other].found.append((told[one], theirs, mine))
    return tuple(_flag_from(case, one, side) for one, side in zip(told, sides, strict=True) if side.found)


def _collect(case: Case) -> Iterator[_Told]:
    """Each sentence of the first article that has it; the same sentence again is not one of its own."""
    seen: set[str] = set()
    for member in sorted(case.story.members, key=lambda m: (m.item.article.when, m.item.number)):
        text = member.item.article.text[:_MOST_TEXT]
        if text in seen:
            continue
        seen.add(text)
        for told in _tell(case.atlas, member.item, text):
            key = " ".join(told.text.casefold().split())
            if key not in seen:
                seen.add(key)
                yield told


def _tell(atlas: Atlas, item: ReadArticle, text: str) -> Iterator[_Told]:
    """The sentences of a text that name a place or a day."""
    places = atlas.find_places(item, "text")
    starts = [where.start for where in places]
    for span in split(text):
        sentence = text[span.start : span.end]
        first, after = (bisect_left(starts, edge) for edge in (span.start, span.end))
        inside = tuple(where for where in places[first:after] if where.end <= span.end)
        days = tuple(find_days(sentence, span.start, item.article.when.astimezone(_HERE).date()))
        is_heading = sentence.endswith(":")  # of a list: what it says is said below
        if (inside or days) and not is_heading and len(sentence) <= _LONGEST:
            yield _Told(item, span, sentence, inside, days, _other_words(sentence, span.start, inside))


def _other_words(sentence: str, start: int, places: Sequence[Where]) -> frozenset[str]:
    text = blank(sentence)
    for where in places:
        first, after = where.start - start, where.end - start
        text = text[:first] + " " * (after - first) + text[after:]
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(fold(word).text for word in words if word not in STOP and len(word) > 1)


def _pairs(told: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Sentences that share one of their rarest words, each pair once; never all with all."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        for word in one.words:
            holders[word].append(number)
    seen: set[tuple[int, int]] = set()
    for number, one in enumerate(told):
        rarest = sorted(one.words, key=lambda word: (len(holders[word]), word))
        rarest = [word for word in rarest if len(holders[word]) > 1][:_FEATURES]
        for word in rarest:
            for other in holders[word][:_MOST]:
                pair = (min(number, other), max(number, other))
                if number != other and pair not in seen:
                    seen.add(pair)
                    yield pair


def _differences(atlas: Atlas, one: _Told, other: _Told) -> Iterator[tuple[str, str]]:
    """The words in which two sentences that tell the same thing exclude each other."""
    if one.item.article.outlet == other.item.article.outlet or not _tell_the_same(one, other):
        return
    if len(one.places) == len(other.places):
        pairs = list(zip(one.places, other.places, strict=True))
        apart = [(a, b) for a, b in pairs if atlas.are_apart(a.unit, b.unit)]
        if len(apart) == 1 and (
            _is_reprint(one, other) or not _is_named_elsewhere(atlas, *apart[0], one, other)
        ):
            yield from _same_part(one, other, *apart[0])
    if len(one.days) == len(other.days):
        pairs_of_days = list(zip(one.days, other.days, strict=True))
        days = [(a, b) for a, b in pairs_of_days if a.is_apart(b)]
        if len(days) == 1 and not (_is_own_bulletin(one, other, *days[0]) or _is_day_of_saying(one, other)):
            yield from _same_part(one, other, *days[0])


def _tell_the_same(one: _Told, other: _Told) -> bool:
    fewest = min(len(one.words), len(other.words))
    if _is_reprint(one, other):
        return fewest >= _LEAST_REPRINTED
    either = len(one.words | other.words)
    return fewest >= _LEAST_WORDS and len(one.words & other.words) >= _ALIKE * either


def _is_reprint(one: _Told, other: _Told) -> bool:
    """Whether the sentences are one, with nothing but a place or a day exchanged."""
    return one.words == other.words and len(one.places) == len(other.places)


def _same_part(one: _Told, other: _Told, mine: Where | Day, theirs: Where | Day) -> Iterator[tuple[str, str]]:
    """The two words, where those around them are the same too: else they are said of different things."""
    near = overlap(_words_near(one, mine), _words_near(other, theirs))
    if near >= _ALIKE_NEAR:
        yield mine.name, theirs.name


def _words_near(told: _Told, at: Where | Day) -> frozenset[str]:
    start, end = at.start - told.span.start, at.end - told.span.start
    return content_words(f"{told.text[max(0, start - _NEAR) : start]} {told.text[end : end + _NEAR]}")


def _is_named_elsewhere(atlas: Atlas, mine: Where, theirs: Where, one: _Told, other: _Told) -> bool:
    """Whether either sentence also names the other's place: a way from one to the other, or a list."""
    return any(not atlas.are_apart(mine.unit, w.unit) for w in other.places) or any(
        not atlas.are_apart(theirs.unit, w.unit) for w in one.places
    )


def _is_own_bulletin(one: _Told, other: _Told, mine: Day, theirs: Day) -> bool:
    """Whether each tells of its own day in the words of every day: as far apart as the articles are."""
    published = [told.item.article.when.astimezone(_HERE).date() for told in (one, other)]
    try:
        said = [day.on(near) for near, day in zip(published, (mine, theirs), strict=True)]
    except ValueError:  # 31 April: somebody's slip, but none that two outlets disagree in
        return True
    if abs(one.item.article.when - other.item.article.when) < _BULLETIN_AFTER:
        return False
    return published[0] != published[1] and said[0] - said[1] == published[0] - published[1]


def _is_day_of_saying(one: _Told, other: _Told) -> bool:
    """Whether one gives the day on which somebody said it, and the other that of the event."""
    return bool(_SAYS.search(one.text)) != bool(_SAYS.search(other.text))


def _flag_from(case: Case, one: _Told, side: _Against) -> Flag:
    evidence: dict[tuple[int, int], Evidence] = {}
    for other, mine, theirs in side.found:
        why = f"ghi “{theirs}”, khác với “{mine}”"
        place = (other.item.number, other.span.start)
        evidence.setdefault(
            place, cite(other.item, other.span.start, other.span.end, stance=Stance.AGAINST, why=why)
        )
    because = (f"Câu này ghi “{mine}”, bài khác ghi “{theirs}”." for _, mine, theirs in side.found)
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim_at(one.item, one.span),
        article=one.item.number,
        version=one.item.version,
        story=case.story.id,
        evidence=tuple(evidence.values()),
        strength=max(round(0.4 + 0.5 * overlap(one.words, other.words), 2) for other, _, _ in side.found),
        because=tuple(dict.fromkeys(because)),
        missing=("Chưa có văn bản nêu rõ địa điểm, thời gian của sự việc.",),
    )

"""A sentence that stands in the evidence library word for word, but for one province or city. Pure.

Most such sentences are no claims and hold no number ("Vụ việc xảy ra tại …"). A place said in other words is
not looked for: too many things happen in many places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.checks.atlas import Atlas, Where
from nlp.checks.frames import LEAST_WORDS
from nlp.checks.library_meetings import Kind, Meeting, is_said_at_once
from nlp.checks.library_reading import Line, Token
from nlp.patterns import words_of

_MOST_OF_A_NAME = 6  # tokens of a place's name with the words for its unit
_LIKENESS = 1.0  # all other words are the same
_IN = words_of("ở tại từ đến về tỉnh tp thành phố bàn in at from to of")
# What a sentence says before a place, in which something is or from where it comes
# (a name of two words: one alone is as often a firm or a person)
_AT = re.compile(
    r"(?<!\w)(?:ở|tại|từ|đến|về|tỉnh|thành phố|TP\.?|địa bàn|Ở|Tại|Từ|Tỉnh|in|at|from)"
    r"\s+[A-ZĐÀ-Ỹ]\w*\s+[A-ZĐÀ-Ỹ]"
)


def names_a_place(sentence: str) -> bool:
    """Whether a sentence seems to say where something is, by its words alone."""
    return _AT.search(sentence) is not None


def find_exchanged(mine: Line, theirs: Line, atlas: Atlas, *, days_apart: int | None) -> tuple[Meeting, ...]:
    """The places of a sentence and of a line that is the same but for at most one of them.

    Nothing where any other word or number differs, where the two are of different times, or where both names
    may be of one place. `days_apart`: between the two publications; None where one is not known.
    """
    if theirs.subject or not _are_alike(mine.tokens, theirs.tokens):
        return ()
    here, there = (tuple(_find_places(line.text, atlas)) for line in (mine, theirs))
    if not here or len(here) != len(there) or _other_words(mine, here) != _other_words(theirs, there):
        return ()
    pairs = list(zip(here, there, strict=True))
    apart = [(one, other) for one, other in pairs if one.unit != other.unit]
    if not apart:
        return tuple(_meeting(one, other, agrees=True) for one, other in pairs)
    if len(apart) > 1 or mine.is_listed or not is_said_at_once(mine, theirs, days_apart):
        return ()
    one, other = apart[0]
    return (_meeting(one, other, agrees=False),) if atlas.are_apart(one.unit, other.unit) else ()


def _find_places(text: str, atlas: Atlas) -> Iterator[Where]:
    """The other provinces a sentence names. One that is also a word or a person's counts here: it is only set
    beside another name between the same words. A name after a name is a part of it.
    """
    for hit in atlas.pattern.finditer(text) if atlas.pattern else ():
        before = text[: hit.start()].split(" ")[-2:-1]
        if hit["unit"] or not before or not before[0][:1].isupper() or before[0].lower() in _IN:
            yield Where(atlas.elsewhere[hit["name"]], hit[0], hit.start(), hit.end())


def _are_alike(ours: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether no more than a stretch as long as a name differs: asked first, for it costs next to nothing."""
    shorter, longer = sorted((len(ours), len(others)))
    if shorter < LEAST_WORDS or longer - shorter > _MOST_OF_A_NAME:
        return False
    first = _alike(zip(ours, others, strict=False))
    last = _alike(zip(reversed(ours), reversed(others), strict=False))
    return longer - first - last <= _MOST_OF_A_NAME


def _alike(pairs: Iterator[tuple[Token, Token]]) -> int:
    """How many are the same before the first that are not."""
    count = 0
    for one, other in pairs:
        if one.key != other.key:
            break
        count += 1
    return count


def _other_words(line: Line, places: Sequence[Where]) -> tuple[str, ...]:
    """The words and numbers of a sentence, with a gap for every place."""
    at = {where.start: "" for where in places}
    inside = {n for where in places for n in range(where.start + 1, where.end)}
    return tuple(at.get(t.start, t.key) for t in line.tokens if t.start not in inside)


def _meeting(one: Where, other: Where, *, agrees: bool) -> Meeting:
    return Meeting(Kind.PLACE, one.name, other.name, agrees, _LIKENESS)

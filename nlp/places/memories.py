"""Names inside a memory of the war of 1954-1975, told in English: they are no news of the province."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nlp.places.evidence import Found
from nlp.surface import Surface
from store.types import MentionKind

# Over folded text. English only: Vietnamese papers tell of the war when they tell of a ceremony of today.
_WAR = re.compile(
    r"(?<![^\W_])(?:vietnam war|viet cong|vietcong|north vietnamese|nva|sappers?|battalions?|cavalry|"
    r"infantry|platoons?|medevac|veterans?|bronze star|silver star|purple heart|medal of honor|green berets?|"
    r"special forces|air force|airmen|camp holloway|camp radcliff|killed in action|tour of duty|drafted|"
    r"army nurse|dpaa|gunships?|ambush(?:ed)?|combat|ia drang)(?![^\W_])"
)
_YEAR = re.compile(r"(?<!\d)19(?:5[4-9]|6\d|7[0-5])(?!\d)")
# What somebody does there now.
_NOW = re.compile(
    r"(?<![^\W_])(?:this (?:week|month|year)|today|yesterday|last week|authorities|officials|police|"
    r"people's committee|provincial|residents|villagers|farmers|excavat\w*|search(?:es|ing|ed)? for|"
    r"repatriat\w*|unexploded|ceremony (?:held )?in|held in|returned to|returns? to|visit(?:s|ed|ing)?|"
    r"inaugurat\w*|opened|reopens?|museum|memorial in|anniversary in|tourists?)(?![^\W_])"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_REACH = 400  # characters looked back and on for the ends of a sentence
_TOLD = "ký ức chiến tranh 1954–1975, không phải việc hiện nay"


def with_memories(found: Iterable[Found], surfaces: Mapping[str, Surface]) -> list[Found]:
    """The names found, those in sentences that remember the war and tell nothing of today made weak mentions.

    The article must speak of that war (two of its words, or one and a year), or all stays as it was
    (context 2.3: war history, obituaries of veterans).
    """
    every = list(found)
    if any(surface.exact for surface in surfaces.values()) or not _remembers(surfaces.values()):
        return every
    return [_as_memory(one) if _is_memory(one, surfaces[one.field]) else one for one in every]


def _remembers(surfaces: Iterable[Surface]) -> bool:
    words: set[str] = set()
    dated = False
    for surface in surfaces:
        words |= set(_WAR.findall(surface.folded))
        dated = dated or _YEAR.search(surface.folded) is not None
    return len(words) >= 2 or (bool(words) and dated)


def _is_memory(one: Found, surface: Surface) -> bool:
    if one.kind not in {MentionKind.MENTION, MentionKind.EVENT_PLACE} or one.strength < 2:
        return False
    sentence = _sentence_around(surface.folded, one.start, one.end)
    if _NOW.search(sentence) is not None:
        return False
    return _WAR.search(sentence) is not None or _YEAR.search(sentence) is not None


def _sentence_around(text: str, start: int, end: int) -> str:
    low = max(0, start - _REACH)
    for stop in _SENTENCE_END.finditer(text, low, start):
        low = stop.end()
    after = _SENTENCE_END.search(text, end, end + _REACH)
    return text[low : after.start() if after else end + _REACH]


def _as_memory(one: Found) -> Found:
    return replace(one, kind=MentionKind.MENTION, strength=1, rule=f"{one.rule}; {_TOLD}", label="history")

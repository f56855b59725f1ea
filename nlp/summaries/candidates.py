"""The sentences of a text that may stand for it, each with how fit it is and why not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from nlp.sentences import Span, split
from nlp.summaries.cues import (
    ADDRESS,
    ADDRESS_ON_THE_WEB,
    APPEAL,
    CAPTION,
    CREDIT,
    DANGLING,
    DATELINE,
    ENDED,
    LISTED,
    POINTING,
    QUESTION,
    RELATED,
    SEVERED,
)
from nlp.summaries.quoting import Depth, after_quotation, is_bare_opinion, is_orphan_speech
from nlp.text import is_accented, normalise

MOST_CHARACTERS = 40_000  # of a text; news stands at its beginning, and time must not grow with the rest
MOST_SENTENCES = 120
_LONGEST = 900  # characters: a longer "sentence" is a table or a page without stops
_FEWEST_WORDS, _MOST_WORDS = 7, 70
_MOST_SIGNS = 0.35  # share of characters that are neither letters nor spaces
_CAPTION_SENTENCES = 3  # a longer line before a credit is a paragraph
_LINES_NEEDED = 10  # words that a line without a full stop must have where a text has no full stops at all


class Fitness(IntEnum):
    """How far a sentence can stand alone; the higher is taken first."""

    LAST_RESORT = 0  # a question, a beginning that hangs on the sentence before, a judgement without an owner
    GOOD = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence, `start:end` of the text; `order` counts all sentences before it, unfit ones too."""

    start: int
    end: int
    order: int
    fitness: Fitness


def find_candidates(text: str) -> tuple[Candidate, ...]:
    """Text -> its quotable sentences in order.

    By-lines, captions, headings, items of a list, links and appeals to the reader, halves of quotations and
    speech without its speaker are none. Only the first 40,000 characters are looked at: the time is bounded.
    """
    head = text[:MOST_CHARACTERS]
    bare = not is_accented(normalise(head[:4000]).text)
    found = _candidates(head, bare=bare, whole=len(head) == len(text))
    return tuple(found[:MOST_SENTENCES])


def count_words(sentence: str) -> int:
    """Words as spaces part them; in writing without spaces (Chinese, Thai) two signs count as one."""
    spaces = sentence.count(" ")
    return len(sentence) // 2 if spaces * 12 < len(sentence) else spaces + 1


def _candidates(text: str, *, bare: bool, whole: bool) -> list[Candidate]:
    spans = split(text)
    if not whole:
        spans = spans[:-1]  # cut in the middle
    stopped = any(ENDED.search(text[span.start : span.end]) for span in spans[:MOST_SENTENCES])
    captions = _find_captions(text, spans[: 2 * MOST_SENTENCES + 1])
    found: list[Candidate] = []
    depth, line = Depth(), 0
    for order, span in enumerate(spans[: 2 * MOST_SENTENCES]):
        if "\n" in text[line : span.start]:
            depth = Depth()
        line = span.end
        start = _after_dateline(text, span.start, span.end)
        sentence = normalise(text[start : span.end]).text
        if not sentence or order in captions:
            continue
        if depth.is_whole(sentence) and _is_quotable(sentence, bare=bare, stopped=stopped):
            found.append(Candidate(start, span.end, order, _fitness(sentence, bare=bare)))
    return found


def _find_captions(text: str, spans: Sequence[Span]) -> set[int]:
    """Which sentences are captions: the last before a credit on its line, of a short line in a text of many
    lines all before it.
    """
    found: set[int] = set()
    many = "\n" in text.strip()
    for order, span in enumerate(spans):
        if not CREDIT.match(text, span.start, span.end):
            continue
        line = max(text.rfind(sign, 0, span.start) for sign in "\n\r")
        before = [n for n in range(max(0, order - _CAPTION_SENTENCES - 1), order) if spans[n].start > line]
        found.update(before if many and len(before) <= _CAPTION_SENTENCES else before[-1:])
    return found


def _after_dateline(text: str, start: int, end: int) -> int:
    hit = DATELINE.match(text, start, end)
    return hit.end() if hit else start


def _is_quotable(sentence: str, *, bare: bool, stopped: bool) -> bool:
    words = count_words(sentence)
    if not _FEWEST_WORDS <= words <= _MOST_WORDS or len(sentence) > _LONGEST:
        return False
    if not (ENDED.search(sentence) or QUESTION.search(sentence)) and (stopped or words < _LINES_NEEDED):
        return False  # a heading, a by-line or a caption
    letters = sum(char.isalpha() or char.isspace() for char in sentence)
    if letters < (1 - _MOST_SIGNS) * len(sentence) or (sentence.isupper() and not sentence.islower()):
        return False
    if LISTED.match(sentence) or RELATED.match(sentence):
        return False
    if CAPTION.search(sentence) or APPEAL.search(sentence) or ADDRESS_ON_THE_WEB.search(sentence):
        return False
    return not is_orphan_speech(sentence, bare=bare)


def _fitness(sentence: str, *, bare: bool) -> Fitness:
    speaker = after_quotation(sentence)
    hangs = (
        DANGLING[bare].match(sentence)
        or POINTING[bare].match(sentence)
        or DANGLING[bare].match(speaker)
        or _is_nameless(speaker, bare=bare)
    )
    cut = sentence[0].islower() or SEVERED.search(sentence) or QUESTION.search(sentence)
    if hangs or cut or _is_nameless(sentence, bare=bare) or is_bare_opinion(sentence):
        return Fitness.LAST_RESORT
    return Fitness.GOOD


def _is_nameless(sentence: str, *, bare: bool) -> bool:
    """Whether it begins with a form of address and no name: "Bà cho biết"."""
    hit = ADDRESS[bare].match(sentence)
    return hit is not None and not sentence[hit.end() :].lstrip()[:1].isupper()

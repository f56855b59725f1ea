"""Which words differ between two versions of one sentence, and whether they differ by a typing error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nlp.patterns import words_of
from nlp.sentences import Span
from nlp.text import fold, normalise

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_][\w\u0300-\u036f'’]*|[^\s]")
_MOST_CELLS = 60_000  # difflib is quadratic at worst; past this everything between the equal ends is marked
# Words that turn a sentence round, and number words of one or two letters apart: never a typing error.
_HEAVY = words_of(
    "không khong chưa chua chẳng chang đừng dung hết het not no never nor một hai ba bốn năm sáu bảy tám "
    "chín mười one two three four five six seven eight nine ten"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a stretch of text, each with its range in the whole text."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...]


def find_words(text: str, span: Span) -> Words:
    """The words of a range; equal words in NFC and NFD, "hoà" and "hòa", have equal keys."""
    hits = _TOKEN.finditer(text, span.start, span.end)
    # a soft hyphen or zero-width sign alone is no word: nobody sees it come or go
    found = [(key, Span(*hit.span())) for hit in hits if (key := normalise(hit[0]).text)]
    return Words(tuple(key for key, _ in found), tuple(place for _, place in found))


def mark_words(old: Words, new: Words) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The ranges that differ, in the old and in the new text."""
    gone, come = [], []
    for a, b, c, d in _differences(old.keys, new.keys):
        gone += [Span(old.spans[a].start, old.spans[b - 1].end)] if a < b else []
        come += [Span(new.spans[c].start, new.spans[d - 1].end)] if c < d else []
    return tuple(gone), tuple(come)


def is_slight(old: Words, new: Words) -> bool:
    """Whether two versions of a sentence differ by no more than a typing error does.

    Signs, case and marks may differ anywhere; besides, one letter of one word that is no name. No word may
    come or go, no digit may differ, nor a word that turns the sense round.
    """
    before = [key for key in old.keys if key[0].isalnum()]
    after = [key for key in new.keys if key[0].isalnum()]
    if len(before) != len(after):
        return False
    differing = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    letters = sum(_letters_apart(one, two) for one, two in differing)
    return letters <= 1 and not any(_is_heavy(one) or _is_heavy(two) for one, two in differing)


def _is_heavy(word: str) -> bool:
    return word[0].isdecimal() or word.casefold() in _HEAVY


def _letters_apart(one: str, two: str) -> int:
    """0: equal but for marks and case. 1: one letter come, gone or exchanged. 2: more, or in a name."""
    a, b = fold(one).text, fold(two).text
    if a == b:
        return 0
    if abs(len(a) - len(b)) > 1 or one[0].isupper() or two[0].isupper() or min(len(a), len(b)) < 3:
        return 2
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rests = {a[start + 1 :] == b[start + 1 :], a[start + 1 :] == b[start:], a[start:] == b[start + 1 :]}
    return 1 if True in rests else 2


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    if a == b and c == d:
        return
    if (b - a) * (d - c) > _MOST_CELLS:
        yield a, b, c, d
        return
    matcher: SequenceMatcher[str] = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a + i, a + j, c + k, c + m

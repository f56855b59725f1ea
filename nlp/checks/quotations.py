"""Words in quotation marks that differ from the document they stand in. Who said them is not asked.

1. Take the quoted stretches of a sentence, parted where an omission is marked. 2. Find the place of each in
the library. 3. Where nearly all words are the same and in order, and some are not, name those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from nlp.checks.case import Case, Held
from nlp.checks.citing import claim_at
from nlp.checks.library_sentences import find_quoting
from nlp.checks.library_sides import HERE, cite_held, tell_later, tell_place, tell_state
from nlp.checks.quoted import find_quoted
from nlp.sentences import Span, split
from nlp.text import fold, is_accented, place_tones
from store.types import Claim, Evidence, Flag, ReadArticle, Stance, Story

NAME, VERSION = "quotations", "3"
_OMITTED = re.compile(r"…|\.{3,}|\[[^\]]{0,200}\]|\((?:\.{2,}|…)\)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%")
_LEAST = 8  # words of a stretch; fewer are anybody's
_SAME = 0.8  # of its words, in order
_MOST_STEPS = 4  # places in which it differs; more is another text
_LONGEST = 400  # words of a passage or stretch that are compared
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
_MARKED_Y = str.maketrans("ýỳỷỹỵ", "íìỉĩị")
_SHOWN = 60  # characters of what differs


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as compared, at `start:end` of its text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a quoted stretch stands in a passage, and what differs: quoted words, the document's words."""

    held: Held
    start: int
    end: int
    differences: tuple[tuple[str, str], ...]
    likeness: float


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> one flag for each sentence that quotes a document of the library in other words."""
    found: list[Flag] = []
    for item, claim in _first_quoting(case.story):
        held = case.passages.get(claim.key, ())
        stretches = list(_stretches(claim, _quoted_in(item, claim))) if held else []
        on = item.article.when.astimezone(HERE).date()
        altered = [one for words in stretches for one in _altered(claim.text, words, held)]
        if any(one.held.document.is_standing(on) for one in altered):
            found.append(_flag_from(case.story.id, item, claim, altered, on))
    return tuple(found)


def _first_quoting(story: Story) -> Iterator[tuple[ReadArticle, Claim]]:
    """Each sentence that may quote, with the article that published it first: claims and all others."""
    seen: set[str] = set()
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        item = member.item
        others = (claim_at(item, Span(one.start, one.end)) for one in find_quoting(item))
        for claim in (*item.reading.claims, *others):
            if claim.key not in seen:
                seen.add(claim.key)
                yield item, claim


def _quoted_in(item: ReadArticle, claim: Claim) -> Sequence[Span]:
    """What of a claim's sentence is quoted, in its own offsets; marks may open or close in its neighbours."""
    if claim.field != "text":
        return find_quoted(claim.text)
    found = find_quoted(item.article.text)
    parts = (Span(max(s.start, claim.start), min(s.end, claim.end)) for s in found)
    return [Span(s.start - claim.start, s.end - claim.start) for s in parts if s.start < s.end]


def _stretches(claim: Claim, ranges: Sequence[Span]) -> Iterator[tuple[_Word, ...]]:
    """The words of each stretch that is quoted as one."""
    for span in ranges:
        start, quoted = span.start, claim.text[span.start : span.end]
        begins = 0
        for omitted in (*_OMITTED.finditer(quoted), None):
            ends = omitted.start() if omitted else len(quoted)
            words = tuple(_words(quoted[begins:ends], start + begins))
            if len(words) >= _LEAST:
                yield words[:_LONGEST]
            begins = omitted.end() if omitted else ends


def _altered(sentence: str, quoted: Sequence[_Word], held: Sequence[Held]) -> tuple[_Found, ...]:
    """Where a stretch stands with other words; nowhere, if some document has it word for word."""
    places = [place for each in held if (place := _find(sentence, quoted, each)) is not None]
    if any(not place.differences for place in places):
        return ()
    best = max((place.likeness for place in places), default=0.0)
    return tuple(place for place in places if place.likeness == best)


def _find(sentence: str, quoted: Sequence[_Word], held: Held) -> _Found | None:
    text = held.passage.passage.text
    plain = not is_accented(sentence) or not is_accented(text)
    ours = [_plain(word.key) if plain else word.key for word in quoted]
    words = tuple(_words(text, 0))
    there = [_plain(word.key) if plain else word.key for word in words]
    if len(set(ours) & set(there)) < _SAME * len(set(ours)):
        return None
    begins, ends = _window(ours, there)
    matcher = SequenceMatcher(None, ours, there[begins:ends], autojunk=False)
    steps = _without_edges([(t, i, j, k + begins, m + begins) for t, i, j, k, m in matcher.get_opcodes()])
    same = sum(i2 - i1 for tag, i1, i2, _, _ in steps if tag == "equal")
    changed = [step for step in steps if step[0] != "equal"]
    if same < _SAME * len(ours) or len(changed) > _MOST_STEPS or not steps:
        return None
    if sum(j2 - j1 for _, _, _, j1, j2 in changed) > len(ours) * (1 - _SAME) + 1:
        return None
    pairs = tuple((_shown(sentence, quoted, s[1], s[2]), _shown(text, words, s[3], s[4])) for s in changed)
    return _Found(held, words[steps[0][3]].start, words[steps[-1][4] - 1].end, pairs, same / len(ours))


def _window(ours: Sequence[str], there: Sequence[str]) -> tuple[int, int]:
    """The words of the passage around the longest run in common."""
    longest = SequenceMatcher(None, ours, there[: _LONGEST * 4], autojunk=False).find_longest_match()
    slack = 3 + len(ours) // 6
    begins = max(0, longest.b - longest.a - slack)
    return begins, min(len(there), begins + len(ours) + 2 * slack)


def _without_edges(
    steps: list[tuple[str, int, int, int, int]],
) -> list[tuple[str, int, int, int, int]]:
    """Words of the document before and after the stretch are none of it."""
    kept = [step for step in steps if step[0] != "equal" or step[2] > step[1]]
    while kept and kept[0][0] == "insert":
        kept = kept[1:]
    while kept and kept[-1][0] == "insert":
        kept = kept[:-1]
    for at, position in ((0, "first"), (-1, "last")):
        if kept and kept[at][0] == "replace":
            tag, i1, i2, j1, j2 = kept[at]
            over = max(0, (j2 - j1) - (i2 - i1))
            kept[at] = (tag, i1, i2, j1 + over, j2) if position == "first" else (tag, i1, i2, j1, j2 - over)
    return kept


def _words(text: str, offset: int) -> Iterator[_Word]:
    for hit in _WORD.finditer(text):
        yield _Word(_key(hit[0]), offset + hit.start(), offset + hit.end())


def _key(word: str) -> str:
    """A word without what is no difference: case, where the tone mark stands, i or y at the end."""
    plain = place_tones(word.lower()).translate(_MARKED_Y) if not word[0].isdigit() else word
    return _FINAL_Y.sub("i", plain)


def _plain(key: str) -> str:
    return fold(key).text or key


def _shown(text: str, words: Sequence[_Word], begins: int, ends: int) -> str:
    if begins >= ends:
        return ""
    said = " ".join(text[words[begins].start : words[ends - 1].end].split())
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1].rstrip()}…"


def _flag_from(story: str, item: ReadArticle, claim: Claim, altered: Sequence[_Found], on: date) -> Flag:
    because = [_because(*pair) for one in altered for pair in one.differences]
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=story,
        evidence=tuple(dict.fromkeys(_evidence_from(one, on) for one in altered)),
        strength=round(max(one.likeness for one in altered), 2),
        because=tuple(dict.fromkeys(because)),
        missing=("Cần xem lời nói có được ghi ở một nguồn khác, đúng như báo dẫn hay không.",),
    )


def _because(ours: str, theirs: str) -> str:
    if not theirs:
        return f"Lời trích có thêm “{ours}”, trong tài liệu không có."
    if not ours:
        return f"Lời trích bỏ “{theirs}” mà không có dấu lược."
    return f"Lời trích ghi “{ours}”, tài liệu ghi “{theirs}”."


def _evidence_from(one: _Found, on: date) -> Evidence:
    """The document's sentences that hold the stretch."""
    text = one.held.passage.passage.text
    spans = [s for s in split(text) if s.start < one.end and one.start < s.end]
    start = min((s.start for s in spans), default=one.start)
    end = max((s.end for s in spans), default=one.end)
    is_standing = one.held.document.is_standing(on)
    why = ["nguyên văn trong tài liệu, khác với lời trích", *tell_place(one.held)]
    why += [*tell_state(one.held.document, on), *tell_later(one.held.document, on)]
    return cite_held(
        one.held, start, end, stance=Stance.AGAINST if is_standing else Stance.CONTEXT, why="; ".join(why)
    )

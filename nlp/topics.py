"""What an article is about, by the cues of topics.yaml: each tag says which cues made it.

A cue finds a subject and nothing else: no topic enters a flag (context 3.4), and loaded words of either side
are cues like others. Two different cues make a topic, or one in the headline (context 5); a cue that most
articles share counts less, one that stands early or often counts more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.surface import Surface
from nlp.text import flatten, loosen, normalise
from nlp.topic_words import support_words, weak_words
from store.types import Topic, TopicTag

_LEAD = 400  # characters
_THRESHOLD = 2.0
_SUPPORT = 0.6
_WEAK = 0.35
_CUT = 0.4  # of the strongest topic's points; less is a side matter


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of one topic, in the forms in which it is looked for."""

    topic: str
    phrase: str
    lower: str
    folded: str
    capitals: str  # must stand so in the text; empty where capitals make no difference
    weight: float


class Cues:
    """The cues of all topics in one language's automaton."""

    def __init__(self, topics: Sequence[Topic], language: str) -> None:
        self._by_key: dict[str, list[Cue]] = defaultdict(list)
        for topic in topics:
            for cue in _cues_of(topic, language):
                self._by_key[cue.folded].append(cue)
        self._keys = tuple(self._by_key)
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard)

    def find(self, surface: Surface) -> list[tuple[Cue, int]]:
        """Whole-word cues with where they start, also one within another ("tôn giáo" in "tự do tôn giáo")."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(surface.folded, overlapping=True):
            if not _is_word(surface.folded, start, end):
                continue
            written = surface.lower[start:end]
            for cue in self._by_key[self._keys[index]]:
                if surface.exact and written != cue.lower:
                    continue
                if cue.capitals and surface.plain[start:end] != cue.capitals:
                    continue
                found.append((cue, start))
        return found


def find_topics(title: Surface, text: Surface, cues: Cues) -> tuple[TopicTag, ...]:
    """Title and text -> the topics, surest first, with their cues. Scores from 0 to 1."""
    seen: dict[str, dict[str, float]] = defaultdict(dict)
    length = max(1, len(text.plain))
    for cue, start in cues.find(text):
        _count(seen, cue, 1.6 if start < _LEAD else 1.0 - 0.3 * start / length)
    for cue, _ in cues.find(title):
        _count(seen, cue, 2.2)
    weighed = {topic: _without_parts(points) for topic, points in seen.items()}
    totals = {topic: sum(points.values()) for topic, points in weighed.items()}
    needed = max(_THRESHOLD * max(1.0, (length / 2500) ** 0.5), _CUT * max(totals.values(), default=0.0))
    tags = [_tag(topic, weighed[topic], total, needed) for topic, total in totals.items() if total >= needed]
    return tuple(sorted(tags, key=lambda tag: (-tag.score, tag.id)))


def _count(seen: dict[str, dict[str, float]], cue: Cue, place: float) -> None:
    """The best place of a cue counts, and each further occurrence a little."""
    points = seen[cue.topic]
    value = cue.weight * place
    known = points.get(cue.phrase)
    points[cue.phrase] = value if known is None else min(max(known, value) + 0.15, 2 * cue.weight + 1)


def _tag(topic: str, points: dict[str, float], total: float, needed: float) -> TopicTag:
    why = tuple(sorted(points, key=lambda phrase: -points[phrase])[:8])
    return TopicTag(topic, round(total / (total + needed), 3), why)


def _without_parts(points: dict[str, float]) -> dict[str, float]:
    """A cue inside a longer one that was found, too, is not a second cue."""
    return {p: v for p, v in points.items() if not any(p != q and p.lower() in q.lower() for q in points)}


def _cues_of(topic: Topic, language: str) -> Iterable[Cue]:
    phrases = topic.cues_vi if language == "vi" else topic.cues_en
    exact = set(topic.case_sensitive)
    acronyms = tuple(cue for cue in topic.case_sensitive if cue.isupper())
    weak = weak_words(language)
    written: dict[str, float] = dict.fromkeys(support_words(topic.id, language), _SUPPORT)
    written |= dict.fromkeys((*phrases, *acronyms), 1.0)
    for phrase, share in written.items():
        plain = normalise(phrase).text
        lower = loosen(plain.lower())
        weight = _WEAK if plain.lower() in weak else share * _weight(lower, language)
        yield Cue(topic.id, phrase, lower, loosen(flatten(plain)), plain if phrase in exact else "", weight)


def _weight(phrase: str, language: str) -> float:
    """Long phrases say more than single words."""
    words = len(re.findall(r"[^\W_]+", phrase))
    if language == "vi":
        return {1: 0.7, 2: 1.0}.get(words, 1.25)
    return {1: 0.9}.get(words, 1.2)


def _is_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()

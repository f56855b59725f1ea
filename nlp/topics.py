"""What an article is about: the cues of topics.yaml and the text's words, weighed by a linear model.

Each tag says which cues and words made it. A cue finds a subject and nothing else: no topic enters a flag
(context 3.4), and loaded words of either side are cues like others. A cue that most articles share counts
less, one that stands early or often counts more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.surface import Surface
from nlp.syllables import is_toneless_syllable
from nlp.text import flatten, is_unspaced, loosen, normalise
from nlp.topic_model import SILENT, Heard, TopicModel, count_terms
from nlp.topic_traps import is_part_of_a_name
from nlp.topic_words import support_words, weak_words
from nlp.topic_words_abroad import cues_abroad
from store.types import Topic, TopicTag

_LEAD = 400  # characters
ABROAD = "abroad"  # languages that are neither Vietnamese nor English: with English cues and their own
DECIDED = "topic"  # the one class of the deciding model
_NEEDED = 2.0  # points of a short text: two cues, or one in the headline
_SUPPORT = 0.6
_WEAK = 0.35
_STRONG = 0.6  # a cue that says something alone
_FAINT = -1.0  # words that speak less for a topic are not looked at
_LOUD = 3.0
_BEYOND = 0.5  # points of words that are in no cue


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of one topic, in the forms in which it is looked for."""

    topic: str
    phrase: str
    lower: str
    folded: str
    capitals: str  # must stand so in the text; empty where capitals make no difference
    weight: float
    is_doubtful_bare: bool  # without its marks it is another word: "lừa" in "lua"


class Cues:
    """The cues of all topics in one automaton: of "vi", "en", or ABROAD."""

    def __init__(self, topics: Sequence[Topic], language: str) -> None:
        self._plurals = language != "vi"
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
            last = _plural_end(surface, end) if self._plurals else end
            if not is_unspaced(self._keys[index]) and not _is_word(surface.folded, start, last):
                continue
            if is_part_of_a_name(surface, start, end):
                continue
            written = surface.lower[start:end]
            for cue in self._by_key[self._keys[index]]:
                if (surface.exact or cue.is_doubtful_bare) and written != cue.lower:
                    continue
                if cue.capitals and surface.plain[start:end] != cue.capitals:
                    continue
                found.append((cue, start))
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """The cues of one topic in one article: points by phrase, and whether one stands in the headline."""

    points: Mapping[str, float]
    in_title: bool

    @property
    def total(self) -> float:
        """All points together."""
        return sum(self.points.values())


_UNSEEN = Seen({}, in_title=False)


def find_topics(
    title: Surface, text: Surface, cues: Cues, model: TopicModel, *, language: str
) -> tuple[TopicTag, ...]:
    """Title and text -> the topics, surest first, with the cues and words that made them. Scores 0 to 1."""
    seen = find_cues(title, text, cues)
    terms = model.terms.get(language)
    heard = terms.hear(count_terms(title, text)) if terms else SILENT
    decided = decide_topics(seen, heard, len(text.plain), model)
    tags = [_tag(topic, seen.get(topic, _UNSEEN), heard, *how) for topic, how in decided.items()]
    return tuple(sorted(tags, key=lambda tag: (-tag.score, tag.id)))


def decide_topics(
    seen: Mapping[str, Seen], heard: Heard, length: int, model: TopicModel
) -> dict[str, tuple[float, bool]]:
    """Cues seen, words heard, characters of the text -> the topics with their totals, and whether cues alone
    were enough (context 5: two, or one in the headline). Where they were not, other words must speak, too.
    """
    decided = {}
    for topic, features in topic_features(seen, heard.totals, length).items():
        total = model.deciding.totals(features)[DECIDED]
        enough = bool(features["enough cues"])
        if total >= 0 and (enough or heard.beyond(topic, seen.get(topic, _UNSEEN).points) >= _BEYOND):
            decided[topic] = (total, enough)
    return decided


def find_cues(title: Surface, text: Surface, cues: Cues) -> dict[str, Seen]:
    """Title and text -> what cues of each topic are seen; topics without one left out."""
    points: dict[str, dict[str, float]] = defaultdict(dict)
    titled = set()
    length = max(1, len(text.plain))
    for cue, start in cues.find(text):
        _count(points, cue, 1.6 if start < _LEAD else 1.0 - 0.3 * start / length)
    for cue, _ in cues.find(title):
        _count(points, cue, 2.2)
        if cue.weight >= _STRONG:
            titled.add(cue.topic)
    return {topic: Seen(_without_parts(found), in_title=topic in titled) for topic, found in points.items()}


def topic_features(
    seen: Mapping[str, Seen], heard: Mapping[str, float], length: int
) -> dict[str, dict[str, float]]:
    """Cues seen, totals of the words and characters of the text -> the named features of every topic for
    which cues or words speak.
    """
    needed = _NEEDED * max(1.0, (length / 2500) ** 0.5)
    most = max((one.total for one in seen.values()), default=0.0)
    loudest = max(heard.values(), default=0.0)
    spoken = [topic for topic, total in heard.items() if total > _FAINT]
    return {
        topic: {f"is {topic}": 1.0}
        | _cue_features(seen.get(topic, _UNSEEN), needed, most)
        | _word_features(heard.get(topic, 0.0), loudest)
        for topic in dict.fromkeys((*seen, *spoken))
    }


def _cue_features(seen: Seen, needed: float, most: float) -> dict[str, float]:
    total = seen.total
    return {
        "cues": min(2.0, log1p(total / needed)),
        "enough cues": float(total >= needed),
        "several cues": min(4, len(seen.points)) / 4,
        "cue in title": float(seen.in_title),
        "share of the strongest": total / most if most else 0.0,
    }


def _word_features(heard: float, loudest: float) -> dict[str, float]:
    return {
        "words": max(-_LOUD, min(_LOUD, heard)),
        "words behind the loudest": max(-_LOUD, heard - loudest),
    }


def _count(seen: dict[str, dict[str, float]], cue: Cue, place: float) -> None:
    """The best place of a cue counts, and each further occurrence a little."""
    points = seen[cue.topic]
    value = cue.weight * place
    known = points.get(cue.phrase)
    points[cue.phrase] = value if known is None else min(max(known, value) + 0.15, 2 * cue.weight + 1)


def _tag(topic: str, seen: Seen, heard: Heard, total: float, enough: bool) -> TopicTag:  # noqa: FBT001 - one call
    cues = tuple(sorted(seen.points, key=lambda phrase: -seen.points[phrase])[:8])
    score = round(1 / (1 + exp(-total)), 3)
    return TopicTag(topic, score, (*cues, *heard.words(topic)), "rule" if enough else "model")


def _without_parts(points: dict[str, float]) -> dict[str, float]:
    """A cue inside a longer one found, too, is not a second cue; a plural says what its word said."""
    said = {p: max(v, points.get(p[:-1], 0.0)) if p.endswith("s") else v for p, v in points.items()}
    return {p: v for p, v in said.items() if not any(p != q and p.lower() in q.lower() for q in said)}


def _cues_of(topic: Topic, language: str) -> Iterable[Cue]:
    phrases = topic.cues_vi if language == "vi" else topic.cues_en
    exact = set(topic.case_sensitive)
    acronyms = tuple(cue for cue in topic.case_sensitive if cue.isupper())
    weak = weak_words(language)
    written: dict[str, float] = dict.fromkeys(support_words(topic.id, language), _SUPPORT)
    written |= dict.fromkeys(
        (*phrases, *acronyms, *(cues_abroad(topic.id) if language == ABROAD else ())), 1.0
    )
    for phrase, share in written.items():
        plain = normalise(phrase).text
        lower = loosen(plain.lower())
        weight = _WEAK if plain.lower() in weak else share * _weight(lower, language)
        bare = loosen(flatten(plain))
        doubtful = is_unspaced(plain) or (language == "vi" and is_toneless_syllable(bare))
        yield Cue(topic.id, phrase, lower, bare, plain if phrase in exact else "", weight, doubtful)


def _weight(phrase: str, language: str) -> float:
    """Long phrases say more than single words."""
    if is_unspaced(phrase):
        return 1.0
    words = len(re.findall(r"[^\W_]+", phrase))
    if language == "vi":
        return {1: 0.7, 2: 1.0}.get(words, 1.25)
    return {1: 0.9}.get(words, 1.2)


def _plural_end(surface: Surface, end: int) -> int:
    """Where an English or French word ends with its plural: "flood" is said in "floods", too."""
    return end + 1 if surface.folded[end : end + 1] == "s" else end


def _is_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()

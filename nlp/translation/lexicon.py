"""What foreign terms are called in Vietnamese: the office's glossary and its topics' cues, made ready."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.surface import Surface
from nlp.text import flatten, loosen, normalise
from store.types import GlossaryTerm, Topic


class Kind(IntEnum):
    """What a gloss explains; where two are equally long the lower wins."""

    TERM = 0
    PLACE = 1
    TOPIC = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase is glossed with. `vi` is the Vietnamese, `source` a law's name or ""."""

    vi: str
    kind: Kind
    source: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at `start:end` of a surface."""

    start: int
    end: int
    entry: Entry


MOST_HITS = 2000  # looked at in one text
_IRREGULAR = {
    "man": "men", "woman": "women", "person": "persons", "people": "peoples", "child": "children",
    "spokesman": "spokesmen", "spokeswoman": "spokeswomen", "spokesperson": "spokespersons",
    "fisherman": "fishermen", "diocese": "dioceses", "crisis": "crises",
}  # fmt: skip
_PARTED = re.compile(r" (?:of|for|to|in|on) ")


class Lexicon:
    """All phrases with their plurals in one automaton over folded text."""

    def __init__(self, terms: Iterable[GlossaryTerm], topics: Iterable[Topic] = ()) -> None:
        self._entries: dict[str, list[tuple[str, Entry]]] = {}
        for term in terms:
            for phrase in term.en:
                self._add(phrase, Entry(term.vi, Kind.TERM, term.source))
        for topic in topics:
            # one everyday word ("school") needs no explanation
            for phrase in (cue for cue in topic.cues_en if " " in cue or is_acronym(cue)):
                self._add(phrase, Entry(topic.vi, Kind.TOPIC))
        self._patterns = tuple(self._entries)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def _add(self, phrase: str, entry: Entry) -> None:
        for form in inflect(phrase):
            plain = normalise(form).text
            entries = self._entries.setdefault(loosen(flatten(plain)), [])
            entries.append((plain if is_acronym(phrase) else "", entry))
            entries.sort(key=lambda row: row[1].kind)

    def find(self, surface: Surface) -> list[Hit]:
        """Whole phrases in order, none over another: of those that begin at one place the longest."""
        if not self._patterns:
            return []
        rows = self._automaton.find_matches_as_indexes(surface.folded, overlapping=True)
        found: list[Hit] = []
        until = 0
        for pattern, start, end in sorted(rows, key=lambda row: (row[1], -row[2])):
            if start >= until and (hit := self._hit(surface, pattern, start, end)):
                found.append(hit)
                until = end
            if len(found) == MOST_HITS:
                break
        return found

    def _hit(self, surface: Surface, pattern: int, start: int, end: int) -> Hit | None:
        before, after = surface.folded[start - 1 : start], surface.folded[end : end + 1]
        if (start and _is_letter(before)) or _is_letter(after):
            return None
        written = surface.plain[start:end]
        for exact, entry in self._entries[self._patterns[pattern]]:
            if not exact or exact == written:
                return Hit(start, end, entry)
        return None


def inflect(phrase: str) -> Iterator[str]:
    """An English term -> itself and its plurals: of the last word, or of the one before "of", "for", "to"."""
    yield phrase
    if is_acronym(phrase):
        yield f"{phrase}s"
        return
    parted = _PARTED.search(phrase)
    heads = [phrase[: parted.start()], phrase] if parted else [phrase]
    for head in heads:
        before, _, word = head.rpartition(" ")
        plural = pluralise(word)
        yield f"{before} {plural}".strip() + phrase[len(head) :]


def pluralise(word: str) -> str:
    """An English noun -> its plural, in small letters at the end; what ends in s stays."""
    small = word.lower()
    if small in _IRREGULAR:
        return _IRREGULAR[small]
    if small.endswith("s"):
        return word
    if small.endswith("y") and small[-2:-1] not in {"a", "e", "o", "u", ""}:
        return f"{word[:-1]}ies"
    return f"{word}es" if small.endswith(("ch", "sh", "x", "z")) else f"{word}s"


def is_acronym(phrase: str) -> bool:
    """Whether a term is written in capitals alone, so that "MPS" is not "mps"."""
    return phrase.isupper() and len(phrase) > 1


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"

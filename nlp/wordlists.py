"""Many word lists looked for in one pass: the matches of `patterns.whole_words`, much faster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.patterns import searchable
from nlp.text import fold


class WordLists:
    """Lists of phrases by name, compiled once. Matches are whole words in any case."""

    def __init__(self, lists: Mapping[str, str], *, only_as_written: Iterable[str] = ()) -> None:
        """`lists`: name -> phrases parted by `|`, each also without its marks unless in `only_as_written`."""
        names = defaultdict(list)
        written = set(only_as_written)
        for name, joined in lists.items():
            for form in _forms(joined.split("|"), also_unaccented=name not in written):
                names[form].append(name)
        self._forms = tuple(names)
        self._names = tuple(tuple(names[form]) for form in self._forms)
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.Standard)

    def find(self, text: str) -> dict[str, set[str]]:
        """Text -> which different phrases of each list are met; lists met only."""
        met: dict[str, set[str]] = defaultdict(set)
        small = searchable(text).replace("\u00a0", " ")
        for index, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True):
            if _stands_alone(small, start, end):
                for name in self._names[index]:
                    met[name].add(self._forms[index])
        return dict(met)

    def count(self, text: str) -> dict[str, int]:
        """Text -> how often each list is met, without overlaps, the longest first; lists met only."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        small = searchable(text).replace("\u00a0", " ")
        for index, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True):
            if _stands_alone(small, start, end):
                for name in self._names[index]:
                    spans[name].append((start, -end))
        return {name: _without_overlaps(found) for name, found in spans.items()}


def _forms(phrases: Iterable[str], *, also_unaccented: bool) -> set[str]:
    forms = {phrase.lower() for phrase in phrases}
    return forms | {fold(form).text for form in forms} if also_unaccented else forms


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _without_overlaps(spans: list[tuple[int, int]]) -> int:
    count = position = 0
    for start, minus_end in sorted(spans):
        if start >= position:
            count, position = count + 1, -minus_end
    return count

"""Many word lists looked for in one pass: the matches of `patterns.whole_words`, much faster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.patterns import searchable
from nlp.text import fold

_LETTER = "\u4e00"


class WordLists:
    """Lists of phrases by name, compiled once. Matches are whole words in any case."""

    def __init__(self, lists: Mapping[str, str], *, only_as_written: Iterable[str] = ()) -> None:
        """`lists`: name -> phrases parted by `|`, each also without its marks unless in `only_as_written`."""
        names = defaultdict(list)
        written = set(only_as_written)
        for name, joined in lists.items():
            for form in _forms(joined.split("|"), also_unaccented=name not in written):
                names[form].append(name)
        self._lists = tuple(lists)
        self._forms = tuple(names)
        self._names = tuple(tuple(names[form]) for form in self._forms)
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.Standard)

    def find(self, text: str) -> dict[str, set[str]]:
        """Text -> which different phrases of each list are met; lists met only."""
        met: dict[str, set[str]] = defaultdict(set)
        small = f" {_looked_through(text)} "  # there is a neighbour on each side
        for index, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True):
            if not (small[start - 1].isalnum() or small[end].isalnum()):
                for name in self._names[index]:
                    met[name].add(self._forms[index])
        return dict(met)

    def count(self, text: str) -> dict[str, int]:
        """Text -> how often each list is met, without overlaps, the longest first; lists met only."""
        return self.count_lines(text.replace("\n", "\r"))[0]

    def count_lines(self, text: str) -> list[dict[str, int]]:
        """Lines of text -> the same of each line: all in one pass, which is quicker than one by one."""
        small = f"\n{_looked_through(text)}\n"
        hits = [
            (start, -end, self._names[index])
            for index, start, end in self._automaton.find_matches_as_indexes(small, overlapping=True)
            if not (small[start - 1].isalnum() or small[end].isalnum())
        ]
        hits.sort()
        counts: list[dict[str, int]] = [{}]
        line_end = small.index("\n", 1)
        free = dict.fromkeys(self._lists, 0)  # where the last match of each list ended
        for start, minus_end, names in hits:
            while start > line_end:
                counts.append({})
                line_end = small.index("\n", line_end + 1)
            met = counts[-1]
            for name in names:
                if start >= free[name]:
                    met[name] = met.get(name, 0) + 1
                    free[name] = -minus_end
        counts += ({} for _ in range(text.count("\n") + 1 - len(counts)))
        return counts


def _forms(phrases: Iterable[str], *, also_unaccented: bool) -> set[str]:
    forms = {phrase.lower() for phrase in phrases}
    return forms | {fold(form).text for form in forms} if also_unaccented else forms


def _looked_through(text: str) -> str:
    """Small letters with one kind of space; `_`, which belongs to a word, as a letter of no phrase."""
    return searchable(text).replace("\u00a0", " ").replace("_", _LETTER)

"""Which flags tell of one difference: where outlets disagree both are flagged, and people see one finding.

A difference belongs to no side: its key is made of all sentences that stand against each other, in no order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from store.types import Flag, Stance, key_of_sentence

T = TypeVar("T")
_Sentence = tuple[str, str, str]  # story, check, key of the words


def find_differences(flags: Iterable[Flag]) -> dict[str, str]:
    """Flags -> the key of its difference for each Flag.key; 24 hexadecimal signs.

    Flags of one story and check share it where one's sentence is the other's, or stands against it.
    A side that is withdrawn goes on counting as long as the other cites it: the key stays.
    """
    known = tuple(flags)
    joined = _Joined()
    for flag in known:
        for sentence in _sentences_of(flag):
            joined.join(_own(flag), sentence)
    return {flag.key: joined.name_of(_own(flag)) for flag in known}


def fold_flags(items: Sequence[T], flag_of: Callable[[T], Flag]) -> tuple[tuple[T, ...], ...]:
    """Things that hold flags -> those of one difference together, in the order in which each first stands."""
    keys = find_differences(map(flag_of, items))
    folded: dict[str, list[T]] = defaultdict(list)
    for item in items:
        folded[keys[flag_of(item).key]].append(item)
    return tuple(map(tuple, folded.values()))


def _own(flag: Flag) -> _Sentence:
    return flag.story, flag.check, flag.claim.key


def _sentences_of(flag: Flag) -> Iterator[_Sentence]:
    """The flagged sentence, and those of other articles against it; a document's sentence is no side."""
    yield _own(flag)
    for evidence in flag.evidence:
        if evidence.stance is Stance.AGAINST and evidence.article not in (0, flag.article):
            yield flag.story, flag.check, key_of_sentence(evidence.text)


class _Joined:
    """Sentences that stand against each other, directly or over a third."""

    def __init__(self) -> None:
        self._above: dict[_Sentence, _Sentence] = {}
        self._names: dict[_Sentence, str] = {}

    def join(self, one: _Sentence, other: _Sentence) -> None:
        self._above[self._top(other)] = self._top(one)

    def name_of(self, sentence: _Sentence) -> str:
        """To be asked when all are joined."""
        if not self._names:
            sets: dict[_Sentence, set[_Sentence]] = defaultdict(set)
            for one in tuple(self._above):
                sets[self._top(one)].add(one)
            self._names = {top: _name(together) for top, together in sets.items()}
        return self._names[self._top(sentence)]

    def _top(self, sentence: _Sentence) -> _Sentence:
        above = self._above.setdefault(sentence, sentence)
        while above != self._above[above]:
            above = self._above[above]
        return above


def _name(together: Iterable[_Sentence]) -> str:
    parts = "\x1e".join("\x1f".join(sentence) for sentence in sorted(together))
    return hashlib.sha256(parts.encode()).hexdigest()[:24]

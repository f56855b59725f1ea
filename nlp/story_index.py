"""The window of articles that a new one is compared with: by term and by anchor, in arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from nlp.anchors import ANCHOR_KEYS, are_apart, only_part
from nlp.holders import Holders, Numbers, Rows
from nlp.meaning import Meaning
from nlp.terms import KEPT, KEYS, Keys, Rarity, Terms, Vector

_ANCHORS_KEPT = 54
_PARTING = 18  # of them, communes, names and counted things that can only tell two events apart
_ASKED = 80  # heaviest terms of an article by which others are looked for and under which it is found
_ANCHORS_ASKED = 32
_CANDIDATES = 40  # articles compared exactly
_BRIDGED = 10  # more of them in the other kind of writing, found by anchors alone
_FADE = timedelta(
    days=3.5
)  # an article so much older counts half: half of real stories last a day, 95 % three
_ANCHOR_WEIGHT = 0.2  # of shared names, figures and counted things, beside the words
_BRIDGE_WEIGHT = (
    1.3  # of the same where words cannot be compared: 0.08 of likeness in anchors joins two languages
)
_LEAST_TERMS = 8  # shared by two kinds of writing: fewer are a name, split into its syllables
_MEANING_WEIGHT = 0.37  # of titles alike in meaning: 0.26 joins; unrelated ones are below 0.23 in 99 of 100
_UNLIKE = 0.1  # in meaning: what is less alike is another event, whatever names it shares
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT_POWER = (
    0.1  # two reports of one sentence (45 terms) keep 0.86 of their likeness: chance tells more in few
)
_FIRST_SIZE = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One original of the window; the vectors are of unit length."""

    id: str
    title: str
    moment: datetime
    vector: Vector  # of syllables and pairs
    anchors: Vector  # of names, figures and counted things
    is_dated: bool
    is_accented: bool  # written with Vietnamese letters: only then do its words compare with theirs


@dataclass(frozen=True, slots=True)
class Held:
    """What the window says of one original."""

    id: str
    title: str
    moment: datetime
    is_dated: bool
    story: str
    number: int  # in order of arrival


class StoryIndex:
    """Originals of the window in order of arrival, findable by term and by anchor.

    An article has a number, by arrival, and its arrays lie in slot number modulo capacity.
    """

    def __init__(self, *, window: timedelta, most: int, meaning: Meaning | None = None) -> None:
        self._window, self._most, self._meaning = window, most, meaning
        self._numbers: dict[str, int] = {}
        self._held: dict[int, Held] = {}
        self._first = self._end = 0
        self._sizes: Counter[str] = Counter()
        self._newest = _BEGINNING
        self._rarity, self._anchor_rarity = Rarity(), Rarity(ANCHOR_KEYS, of_terms=False)
        self._terms, self._anchors = Rows(kept=KEPT, keys=KEYS), Rows(kept=_ANCHORS_KEPT, keys=ANCHOR_KEYS)
        self._by_term, self._by_anchor = Holders(bits=20, depth=16), Holders(bits=18, depth=24)
        self._seconds = np.zeros(0, dtype=np.float64)  # of publication; not a number where no date is known
        self._accented = np.zeros(0, dtype=np.bool_)

    def __len__(self) -> int:
        return self._end - self._first

    def find(self, id_: str) -> Held | None:
        """The original with this id, if it is in the window."""
        number = self._numbers.get(id_)
        return None if number is None else self._held[number]

    def entry(self, held: Held) -> Entry:
        """An original as it was taken in."""
        slot = self._slot(held.number)
        return Entry(
            id=held.id,
            title=held.title,
            moment=held.moment,
            vector=self._terms.read(slot),
            anchors=self._anchors.read(slot),
            is_dated=held.is_dated,
            is_accented=bool(self._accented[slot]),
        )

    def size(self, story: str) -> int:
        """How many originals of a story are in the window."""
        return self._sizes[story]

    def open(self, published: datetime | None) -> datetime:
        """When an article counts as published: its own date, or that of the newest before it."""
        moment = published or self._newest
        self._newest = max(self._newest, moment)
        return moment

    def evict(self) -> list[str]:
        """Drop what has left the window, oldest arrivals first, and say what."""
        gone: list[str] = []
        while self._first < self._end:
            first = self._held[self._first]
            if first.moment >= self._newest - self._window and len(self) < self._most:
                break
            self._drop(first)
            gone.append(first.id)
        return gone

    def weigh(self, terms: Terms) -> Vector:
        """An article's term counts -> its vector."""
        return self._rarity.weigh(terms)

    def weigh_anchors(self, keys: Keys) -> Vector:
        """An article's distinct anchors, ascending -> their vector; what can only part weighs nothing."""
        parting = keys[(parts := only_part(keys))][:_PARTING]
        told = Terms(keys[~parts], np.ones(np.count_nonzero(~parts), dtype=np.int64))
        vector = self._anchor_rarity.weigh(told, kept=_ANCHORS_KEPT - len(parting))
        nothing = np.zeros(len(parting), dtype=np.float16)
        return Vector(np.append(vector.keys, parting), np.append(vector.weights, nothing))

    def keep(self, entry: Entry, story: str) -> None:
        """Take an article in."""
        if len(self) == len(self._seconds):
            self._grow()
        number, self._end = self._end, self._end + 1
        slot = self._slot(number)
        self._held[number] = Held(entry.id, entry.title, entry.moment, entry.is_dated, story, number)
        self._numbers[entry.id] = number
        self._sizes[story] += 1
        self._terms.write(slot, entry.vector)
        self._anchors.write(slot, entry.anchors)
        self._seconds[slot] = entry.moment.timestamp() if entry.is_dated else np.nan
        self._accented[slot] = entry.is_accented
        self._by_term.add(entry.vector.keys[:_ASKED], number)
        self._by_anchor.add(entry.anchors.keys[:_ANCHORS_ASKED], number)
        self._rarity.add(entry.vector.keys)
        self._anchor_rarity.add(entry.anchors.keys)

    def rename(self, held: Held, *, id_: str, title: str, moment: datetime) -> None:
        """Let an earlier publisher of the same text take an original's place."""
        self._held[held.number] = replace(held, id=id_, title=title, moment=moment)
        del self._numbers[held.id]
        self._numbers[id_] = held.number
        self._seconds[self._slot(held.number)] = moment.timestamp()

    def compare(self, entry: Entry, *, least: float) -> list[tuple[float, Held]]:
        """An article -> the most alike of the window with their likeness, 0 (nothing shared) to about 1.2.

        Nothing where none of them is at least `least` alike; nothing of a story one of whose members is so
        alike and yet tells of another event.
        """
        numbers, fading = self._sharing(entry)
        if not len(numbers):
            return []
        slots = numbers & (len(self._seconds) - 1)
        alike, told = self._terms.compare(entry.vector, slots)
        anchored, shared = self._anchors.compare(entry.anchors, slots)
        lengths = np.minimum(self._terms.lengths(slots), len(entry.vector.keys))
        value = (alike + _ANCHOR_WEIGHT * anchored) * (lengths / KEPT) ** _SHORT_POWER
        # Unaccented Vietnamese has the other kind of writing too, so words count where they are many.
        other = self._accented[slots] != entry.is_accented
        foreign = other & (told < _LEAST_TERMS)
        value[foreign] = 0
        value = np.where(other & (shared > 1), np.maximum(value, _BRIDGE_WEIGHT * anchored), value)
        value = self._weigh_meaning(entry, numbers, value, at=foreign & (shared > 0)) * fading
        if value.max() < least:
            return []
        likely = [(v, self._held[n]) for v, n in zip(value.tolist(), numbers.tolist(), strict=True) if v > 0]
        apart = {held.story for v, held in likely if v >= least and self._is_apart(entry, held)}
        return [(v, held) for v, held in likely if held.story not in apart]

    def _is_apart(self, entry: Entry, held: Held) -> bool:
        """Whether an article tells of another event than one whose words are like its own."""
        return are_apart(entry.anchors.keys, self._anchors.keys[self._slot(held.number)])

    def _weigh_meaning(
        self, entry: Entry, numbers: Numbers, value: NDArray[np.float64], *, at: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Let titles in another language that share an anchor say how alike they are, where one can ask."""
        asked = np.flatnonzero(at)
        if self._meaning is None or not len(asked):
            return value
        titles = [self._held[number].title for number in numbers[asked].tolist()]
        alike = self._meaning.compare(entry.title, titles, is_accented=entry.is_accented)
        value[asked] = np.where(alike < _UNLIKE, 0, np.maximum(value[asked], _MEANING_WEIGHT * alike))
        return value

    def _sharing(self, entry: Entry) -> tuple[Numbers, NDArray[np.float64]]:
        """Numbers of the articles that share most of the heaviest terms and anchors, as far as the tables
        show, and what time leaves of the likeness of each.
        """
        terms = _summed(self._by_term, entry.vector, _ASKED)
        anchors = _summed(self._by_anchor, entry.anchors, _ANCHORS_ASKED)
        found, at = np.unique(np.concatenate((terms[0], anchors[0])), return_inverse=True)
        first = int(
            np.searchsorted(found, self._first, side="right")
        )  # what has left the window stands first
        numbers = found[first:].astype(np.int64) - 1
        if not len(numbers):
            return numbers, np.zeros(0)
        sums = np.bincount(at, np.concatenate((terms[1], anchors[1])))[first:]
        by_anchors = np.bincount(at[len(terms[0]) :], anchors[1], minlength=len(found))[first:]
        slots = numbers & (len(self._seconds) - 1)
        fading = self._fading(entry, slots)
        best = _heaviest(sums * fading, _CANDIDATES)
        other = np.flatnonzero(self._accented[slots] != entry.is_accented)
        bridged = other[_heaviest((by_anchors * fading)[other], _BRIDGED)]
        chosen = np.union1d(best, bridged) if len(bridged) else np.sort(best)
        return numbers[chosen], fading[chosen]

    def _fading(self, entry: Entry, slots: Numbers) -> NDArray[np.float64]:
        """What the time between two dated articles leaves of their likeness, 0 to 1."""
        if not entry.is_dated:
            return np.ones(len(slots))
        apart = np.abs(self._seconds[slots] - entry.moment.timestamp())
        fading: NDArray[np.float64] = np.exp2(apart / -_FADE.total_seconds())
        fading[np.isnan(fading)] = 1.0
        return fading

    def _slot(self, number: int) -> int:
        return number & (len(self._seconds) - 1)

    def _grow(self) -> None:
        """Twice the room, a power of two, so that a slot is a number's last bits."""
        old = len(self._seconds)
        size = max(_FIRST_SIZE, 2 * old)
        numbers = np.arange(self._first, self._end, dtype=np.int64)
        here, there = numbers & max(old - 1, 0), numbers & (size - 1)
        for rows in (self._terms, self._anchors):
            rows.resize(size, (here, there))
        seconds, accented = self._seconds, self._accented
        self._seconds, self._accented = np.zeros(size), np.zeros(size, dtype=np.bool_)
        self._seconds[there], self._accented[there] = seconds[here], accented[here]

    def _drop(self, held: Held) -> None:
        """Articles leave in the order they came; the tables of holders forget them by their number."""
        entry = self.entry(held)
        self._rarity.remove(entry.vector.keys)
        self._anchor_rarity.remove(entry.anchors.keys)
        del self._held[held.number], self._numbers[held.id]
        self._first = held.number + 1
        self._sizes[held.story] -= 1
        if not self._sizes[held.story]:
            del self._sizes[held.story]


def _summed(holders: Holders, vector: Vector, asked: int) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """A vector -> holders of its heaviest keys (number plus one), and the squared weight of each key."""
    rows = holders.find(vector.keys[:asked])
    weights = np.repeat(vector.weights[:asked].astype(np.float64) ** 2, rows.shape[1])
    found = rows.ravel()
    return found[found > 0], weights[found > 0]


def _heaviest(sums: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Positions of the largest sums; the newest first among equals."""
    return (len(sums) - 1 - np.argsort(-sums[::-1], kind="stable"))[:most]

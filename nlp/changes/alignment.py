"""Two sequences -> pairs of positions that belong together, in order. Time about n log n, on any input.

Patience alignment: what is once in both is an anchor; between anchors the same again; small rests exactly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
Likeness = Callable[[int, int], float]  # of an old and a new position, 0 to 1
_EXACT = 2_500  # cells of a table that is filled in full
_DEEPEST = 16  # rounds of anchors; a text needs two or three


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of both sequences, ends exclusive."""

    a: int
    b: int
    c: int
    d: int

    @property
    def is_empty(self) -> bool:
        """Whether one side holds nothing, so that nothing can be paired."""
        return self.a >= self.b or self.c >= self.d

    @property
    def cells(self) -> int:
        """How large a full table would be."""
        return (self.b - self.a) * (self.d - self.c)


def align(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap | None = None) -> list[Pair]:
    """Pairs of positions of equal items, rising on both sides; within `gap` only where one is given."""
    whole = gap or Gap(0, len(old), 0, len(new))
    found: list[Pair] = []
    waiting = [(whole, 0)]
    while waiting:
        part, depth = waiting.pop()
        ends, part = _trimmed(old, new, part)
        found += ends
        if part.is_empty or depth > _DEEPEST:
            continue
        if part.cells <= _EXACT:
            found += _exact(old, new, part)
            continue
        anchors = _anchors(old, new, part)
        found += anchors
        if anchors:
            waiting += [(rest, depth + 1) for rest in gaps_between(anchors, part)]
    return sorted(found)


def gaps_between(pairs: Sequence[Pair], whole: Gap) -> list[Gap]:
    """What lies between pairs (rising) within a stretch, without stretches that are empty on a side."""
    found = []
    a, c = whole.a, whole.c
    for i, j in [*pairs, (whole.b, whole.d)]:
        found.append(Gap(a, i, c, j))
        a, c = i + 1, j + 1
    return [gap for gap in found if not gap.is_empty]


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest part of pairs (rising on the old side) that rises on the new side, too."""
    tails: list[int] = []  # smallest last new position of a run of each length
    last: list[int] = []  # index of the pair that ends that run
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        last[at : at + 1] = [index]
    chain: list[Pair] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> tuple[list[Pair], Gap]:
    a, b, c, d = gap.a, gap.b, gap.c, gap.d
    pairs: list[Pair] = []
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return pairs, Gap(a, b, c, d)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[Pair]:
    """Items that are once on both sides; without such, first with first, second with second."""
    once = _positions(old[gap.a : gap.b], new[gap.c : gap.d], most=1)
    pairs = once or _positions(old[gap.a : gap.b], new[gap.c : gap.d], most=None)
    return rising(sorted((gap.a + i, gap.c + j) for i, j in pairs))


def _positions(old: Sequence[Hashable], new: Sequence[Hashable], *, most: int | None) -> list[Pair]:
    counts_old, counts_new = Counter(old), Counter(new)
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j, item in enumerate(new):
        places[item].append(j)
    seen: Counter[Hashable] = Counter()
    pairs = []
    for i, item in enumerate(old):
        number = seen[item]
        seen[item] += 1
        fits = most is None or (counts_old[item] <= most and counts_new[item] <= most)
        if fits and number < counts_new[item]:
            pairs.append((i, places[item][number]))
    return pairs


def _exact(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[Pair]:
    return best_pairs(gap, lambda i, j: 1.0 if old[i] == new[j] else 0.0)


def best_pairs(gap: Gap, likeness: Likeness) -> list[Pair]:
    """The rising pairs with the greatest sum of likeness; 0 means that two do not belong together."""
    rows, columns = gap.b - gap.a, gap.d - gap.c
    table = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[likeness(gap.a + i, gap.c + j) for j in range(columns)] for i in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            joined = alike[i][j] + table[i + 1][j + 1] if alike[i][j] > 0 else 0.0
            table[i][j] = max(table[i + 1][j], table[i][j + 1], joined)
    pairs = []
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] > 0 and table[i][j] == alike[i][j] + table[i + 1][j + 1]:
            pairs.append((gap.a + i, gap.c + j))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs

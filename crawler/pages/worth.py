"""Which blocks are paragraphs, which place holds most of them, and what all of them share. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.pages.blocks import GROUPS, ZONES, Block, Place

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
_LEAVES = frozenset({"p", "li", "blockquote", "td", "pre", *HEADINGS})
_OFF = ZONES["aside"] | ZONES["footer"]
_GOOD_ZONES = ZONES["article"] | ZONES["main"]
_GOOD_MARKS = 1 << list(GROUPS).index("content")
_COMMENTS = 1 << list(GROUPS).index("comments")
_ARTICLE = 150  # characters of paragraphs that make the least article
_LONG = 40  # characters from which a block can be a paragraph
WEIGHT = 600  # characters of a paragraph that count
_COMMON = 0.85  # share of a page's paragraphs from which a mark of their places tells nothing


@dataclass(slots=True)
class Sums:
    """Of a page: worth of all paragraphs, bits that most of them share, and worth by place (by its id).

    `inside` is the worth anywhere under a place, `mass` that close under it, `most` the highest mass.
    """

    total: float
    zones: int
    marks: int
    inside: dict[int, float] = field(default_factory=dict)
    mass: dict[int, float] = field(default_factory=dict)
    most: float = 0.0


def _worth(block: Block, seen: Counter[str]) -> float:
    """How much of a paragraph a block is (characters)."""
    length = len(block.text)
    if length < _LONG or block.linked > 0.4 * length or block.place.zones & _OFF or seen[block.text] > 1:
        return 0.0
    share = 1.0 if SENTENCE_END.search(block.text[-8:]) else 0.5
    return min(length, WEIGHT) * (1 - block.linked / length) * share


def _without_comments(blocks: Sequence[Block], worth: Sequence[float]) -> list[float]:
    """Comments may outweigh the article; their places count for nothing unless there is nothing else."""
    others = [
        0.0 if block.place.marks & _COMMENTS else value for block, value in zip(blocks, worth, strict=True)
    ]
    return others if sum(others) > _ARTICLE else list(worth)


def _holder(place: Place) -> Place:
    return place.above if place.above is not None and place.tag in _LEAVES else place


def _weigh(blocks: Sequence[Block], worth: Sequence[float], sums: Sums) -> Place | None:
    """Add up what paragraphs every place holds; returns the one that holds most of them closely."""
    best: Place | None = None
    for block, value in zip(blocks, worth, strict=True):
        if not value:
            continue
        holder = _holder(block.place)
        for one, share in ((holder, value), (holder.above, 0.4 * value)):
            if one is not None:
                mass = sums.mass.get(id(one), 0.0) + share
                sums.mass[id(one)] = mass
                if mass > sums.most:
                    best, sums.most = one, mass
        place: Place | None = block.place
        while place is not None:
            sums.inside[id(place)] = sums.inside.get(id(place), 0.0) + value
            place = place.above
    return best


def _path(place: Place | None) -> dict[int, int]:
    """The places from one upwards -> steps."""
    steps: dict[int, int] = {}
    while place is not None:
        steps[id(place)] = len(steps)
        place = place.above
    return steps


def away(place: Place, path: dict[int, int]) -> tuple[int, int]:
    """Steps up from the best place to the one shared with this, and from there down to this."""
    down = 0
    at: Place | None = place
    while at is not None:
        if id(at) in path:
            return path[id(at)], down
        at = at.above
        down += 1
    return 9, down


def _common(blocks: Sequence[Block], worth: Sequence[float], total: float) -> tuple[int, int]:
    """Bits of zones and marks that most of the page's paragraphs share: they tell nothing on this page.

    Whole pages stand in a `form` (ASP.NET), a layout table, or an element of class "comments-open".
    """
    zones: Counter[int] = Counter()
    marks: Counter[int] = Counter()
    for block, value in zip(blocks, worth, strict=True):
        if value:
            zones[block.place.zones] += int(value)
            marks[block.place.marks] += int(value)
    return _shared(zones, total) & ~_GOOD_ZONES, _shared(marks, total) & ~_GOOD_MARKS


def _shared(weights: Counter[int], total: float) -> int:
    bits = range(max(len(GROUPS), len(ZONES)))
    sums = {bit: sum(weight for mask, weight in weights.items() if mask >> bit & 1) for bit in bits}
    return sum(1 << bit for bit, weight in sums.items() if weight > _COMMON * total)


def measure_worth(blocks: Sequence[Block], seen: Counter[str]) -> tuple[list[float], Sums, dict[int, int]]:
    """Blocks and how often each text is on the page -> worth by block, the sums, the way up from the best.

    That way is steps upwards by the id of a place, from the place that holds most of the paragraphs.
    """
    worth = _without_comments(blocks, [_worth(block, seen) for block in blocks])
    total = sum(worth) or 1.0
    sums = Sums(total, *_common(blocks, worth, total))
    return worth, sums, _path(_weigh(blocks, worth, sums))

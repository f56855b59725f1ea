"""What tells an article's blocks from the rest: numbers for each block of a page, a row a block. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from crawler.pages.blocks import GROUPS, ZONES, Block, Place
from crawler.pages.wording import TEXT_NAMES, is_same, text_row
from crawler.pages.worth import HEADINGS, WEIGHT, Sums, away, measure_worth

Matrix = npt.NDArray[np.float64]

_KINDS = {
    "p": frozenset({"p"}),
    "h1": frozenset({"h1"}),
    "heading": HEADINGS,
    "list_item": frozenset({"li"}),
    "cell": frozenset({"td", "th", "tr"}),
    "box": frozenset({"div", "section", "article", "body", "main"}),
    "other": frozenset({"dt", "dd", "pre", "address", "center"}),
}
_NEAR = (
    *("length", "linked_share", "sentence", "tag_p", "near_top", "start_phrase"),
    *("library_has", "structured_has"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a page before its text: title and description, folded; texts of other witnesses.

    A witness is a text without white space: the words another way of extraction found, "" where it was not
    asked or found nothing.
    """

    title: str = ""
    description: str = ""
    library: str = ""
    structured: str = ""


def squeeze(text: str) -> str:
    """A text without white space: for asking whether one is part of another."""
    return "".join(text.split())


_BIT_NAMES = (
    *(f"tag_{name}" for name in _KINDS),
    *(f"zone_{name}" for name in ZONES),
    *(f"near_{name}" for name in GROUPS),
    *(f"above_{name}" for name in GROUPS),
)
_PLACE_NAMES = (
    *("hidden", "is_body", "near_top", "up_1", "up_2", "up_3", "down", "close_top"),
    *("above_inside", "own_inside", "above_mass", "own_mass"),
)


@lru_cache(maxsize=256)
def _kind(tag: str) -> int:
    return sum(1 << number for number, tags in enumerate(_KINDS.values()) if tag in tags)


def _bits(masks: Sequence[int], count: int) -> Matrix:
    """Whole numbers -> a row of their bits for each, the lowest first."""
    return (np.array(masks, dtype=np.int64)[:, None] >> np.arange(count) & 1).astype(float)


def _bit_columns(blocks: Sequence[Block], sums: Sums) -> Matrix:
    """Kind of tag, zones, and marks near and above; a column for each of _BIT_NAMES."""
    near = []
    for block in blocks:
        above = block.place.above or block.place
        near.append((block.place.own | above.own | (above.above or above).own) & ~sums.marks)
    return np.hstack(
        [
            _bits([_kind(block.place.tag) for block in blocks], len(_KINDS)),
            _bits([block.place.zones & ~sums.zones for block in blocks], len(ZONES)),
            _bits(near, len(GROUPS)),
            _bits([block.place.marks & ~sums.marks for block in blocks], len(GROUPS)),
        ]
    )


def _place_row(place: Place, path: dict[int, int], sums: Sums) -> list[float]:
    above = place.above or place
    up, down = away(place, path)
    most = sums.most or 1.0
    return [
        place.hidden,
        place.is_body,
        up == 0,
        up == 1,
        up == 2,
        up >= 3,
        min(down, 6) / 6,
        up == 0 and down <= 1,
        sums.inside.get(id(above), 0.0) / sums.total,
        sums.inside.get(id(place), 0.0) / sums.total,
        sums.mass.get(id(above), 0.0) / most,
        sums.mass.get(id(place), 0.0) / most,
    ]


def _witness_columns(blocks: Sequence[Block], witness: str) -> tuple[list[float], list[float]]:
    """Whether another way of extraction has the block, whether it lacks it; neither if it was not asked."""
    if not witness:
        return [0.0] * len(blocks), [0.0] * len(blocks)
    has = [float(squeeze(block.text) in witness) for block in blocks]
    return has, [1.0 - one for one in has]


_ORDER_NAMES = (
    *("after_head", "no_head", "from_head", "before_first", "after_last", "past_last", "ahead_first"),
    *("run_before", "run_after", "position"),
)


def _find_head(blocks: Sequence[Block], said: Said) -> int:
    for number, block in enumerate(blocks):
        if block.place.tag == "h1" or is_same(block.text, said.title):
            return number
    return -1


def _order_columns(
    blocks: Sequence[Block], worth: Sequence[float], path: dict[int, int], said: Said
) -> Sequence[npt.ArrayLike]:
    """Where a block stands between heading, first and last paragraph; a column for each of _ORDER_NAMES."""
    count, head = len(blocks), _find_head(blocks, said)
    inside = [i for i, value in enumerate(worth) if value >= 60 and away(blocks[i].place, path)[0] == 0]
    first, last = (inside[0], inside[-1]) if inside else (0, count - 1)
    sums = np.concatenate([[0.0], np.cumsum(worth)])
    at = np.arange(count)
    return (
        (at > head) & (head >= 0),
        np.full(count, head < 0),
        np.clip(at - head, 0, 40) / 40 if head >= 0 else np.zeros(count),
        at < first,
        at > last,
        np.clip(at - last, 0, 20) / 20,
        np.clip(first - at, 0, 20) / 20,
        (sums[at] - sums[np.maximum(at - 3, 0)]) / WEIGHT,
        (sums[np.minimum(at + 4, count)] - sums[np.minimum(at + 1, count)]) / WEIGHT,
        at / count,
    )


def _likeness(blocks: Sequence[Block], worth: Sequence[float], total: float) -> list[float]:
    """The share of all paragraphs whose place looks like a block's."""
    looks = [
        (block.place.signature, block.place.above.signature if block.place.above else "") for block in blocks
    ]
    shares: dict[tuple[str, str], float] = {}
    for look, value in zip(looks, worth, strict=True):
        shares[look] = shares.get(look, 0.0) + value
    return [shares[look] / total for look in looks]


def find_traits(blocks: Sequence[Block], said: Said) -> Matrix:
    """Blocks of one page -> one row of numbers (0 to about 1) for each; the columns are named in NAMES."""
    seen = Counter(block.text for block in blocks)
    worth, sums, path = measure_worth(blocks, seen)
    places: dict[int, list[float]] = {}
    rows = []
    for block in blocks:
        key = id(block.place)
        if key not in places:
            places[key] = _place_row(block.place, path, sums)
        rows.append(text_row(block, seen, title=said.title, description=said.description) + places[key])
    columns = [
        *_order_columns(blocks, worth, path, said),
        _likeness(blocks, worth, sums.total),
        *_witness_columns(blocks, said.library),
        *_witness_columns(blocks, said.structured),
    ]
    bits = _bit_columns(blocks, sums)
    own = np.hstack([np.array(rows, dtype=float), bits, np.array(columns, dtype=float).T])
    return _with_neighbours(own)


_OWN_NAMES = (
    *TEXT_NAMES,
    *_PLACE_NAMES,
    *_BIT_NAMES,
    *_ORDER_NAMES,
    "likeness",
    *("library_has", "library_lacks", "structured_has", "structured_lacks"),
)
_NEAR_COLUMNS = [_OWN_NAMES.index(name) for name in _NEAR]
_STEPS = (-2, -1, 1, 2)
NAMES = (*_OWN_NAMES, *(f"{name}{step:+d}" for step in _STEPS for name in _NEAR))


def _with_neighbours(own: Matrix) -> Matrix:
    """Add what the two blocks before and the two behind are like; -0.1 where there is none."""
    columns = own[:, _NEAR_COLUMNS]
    around = [own]
    for step in _STEPS:
        moved = np.full_like(columns, -0.1)
        if step < 0:
            moved[-step:] = columns[:step]
        else:
            moved[:-step] = columns[step:]
        around.append(moved)
    return np.hstack(around)

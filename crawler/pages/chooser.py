"""Which blocks of a page are its article: a logistic weighing of their traits, and a few firm rules. Pure.

The weights (models/body.json) are fitted by scripts/fit_body.py on half A of two public sets of pages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

import numpy as np
import numpy.typing as npt

from crawler.pages.blocks import Block, Place
from crawler.pages.traits import NAMES, Matrix, Said, find_traits

__all__ = ["Choice", "Model", "choose", "find_refused", "load_model", "weigh"]

_DOUBT = (0.1, 0.8)  # chances between which a block is in doubt
_DOUBTFUL = 0.1  # characters in doubt for each chosen: with more, another witness is worth its time
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by trait in the order of NAMES, and the chance from which a block is taken."""

    weights: npt.NDArray[np.float64]
    bias: float
    threshold: float
    version: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The text chosen, and whether few of the blocks were in doubt."""

    text: str
    is_sure: bool


@cache
def load_model() -> Model:
    """The weights that are shipped.

    Raises:
        KeyError: the file knows other traits than this program.

    """
    said = json.loads(files("crawler.pages").joinpath("models/body.json").read_text(encoding="utf-8"))
    weights = np.array([said["weights"][name] for name in NAMES])
    return Model(weights, said["bias"], said["threshold"], said["card"]["version"])


def find_refused(traits: Matrix) -> npt.NDArray[np.bool_]:
    """Rows of traits -> which blocks are never article text, whatever else speaks for them.

    Captions, comments, the title again, a line that is only a link to another article ("Read more: …").
    Marks that most of a page shares are no traits of its blocks (see `traits`), so no whole page is refused.
    """
    linked = _flag(traits, "headline_link") & ~_flag(traits, "sentence")
    for kind in ("list_item", "cell", "heading"):
        linked &= ~_flag(traits, f"tag_{kind}")
    refused = linked | (_flag(traits, "above_comments") & ~_flag(traits, "is_body"))
    for name in ("zone_figure", "zone_figcaption", "is_title", "label_link"):
        refused |= _flag(traits, name)
    return refused


def weigh(blocks: Sequence[Block], said: Said, model: Model) -> npt.NDArray[np.float64]:
    """The chance of each block to be part of the article (0 to 1; 0 for those that are refused)."""
    traits = find_traits(blocks, said)
    chance = 1 / (1 + np.exp(-(traits @ model.weights + model.bias)))
    return np.where(find_refused(traits), 0.0, chance)


def choose(blocks: Sequence[Block], said: Said, model: Model) -> Choice:
    """Blocks of a page -> its article: one block a line, cells of a table row on one line."""
    if not blocks:
        return Choice("", is_sure=False)
    chances = weigh(blocks, said, model)
    taken = [block for block, chance in zip(blocks, chances, strict=True) if chance >= model.threshold]
    lines = groupby(enumerate(taken), lambda one: _line_of(*one))
    text = "\n".join(" | ".join(block.text for _, block in line) for _, line in lines)
    sizes = np.array([len(block.text) for block in blocks])
    doubtful = sizes[(chances > _DOUBT[0]) & (chances < _DOUBT[1])].sum()
    return Choice(text, is_sure=bool(doubtful <= _DOUBTFUL * len(text)))


def _line_of(number: int, block: Block) -> tuple[int, Place | None]:
    """What blocks of one line have in common: the row of their table."""
    return (-1, block.place.above) if block.place.tag in _CELLS else (number, None)


def _flag(traits: Matrix, name: str) -> npt.NDArray[np.bool_]:
    return np.asarray(traits[:, NAMES.index(name)] > 0.5)

"""The weights of the features, read once from nlp/models/verdicts.json, with its card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model per verdict.

    `least`: how probable a verdict must be to be proposed; `sure`: from where on it is called sure.
    """

    bias: dict[str, float]
    weights: dict[str, dict[str, float]]  # feature -> verdict -> weight
    least: dict[str, float]
    sure: dict[str, float]

    def shares(self, features: Mapping[str, float]) -> dict[str, float]:
        """Features by name -> the probability of each verdict (softmax); others count nothing."""
        sums = dict(self.bias)
        for name, value in features.items():
            for verdict, weight in self.weights.get(name, {}).items():
                sums[verdict] += weight * value
        top = max(sums.values())
        powers = {verdict: exp(total - top) for verdict, total in sums.items()}
        whole = sum(powers.values())
        return {verdict: power / whole for verdict, power in powers.items()}


@cache
def load_weights() -> Weights:
    """The shipped weights.

    Raises:
        OSError, ValueError, KeyError: when the shipped file is missing or damaged; install the program again.

    """
    return read_weights(files("nlp").joinpath("models/verdicts.json").read_text("utf-8"))


def read_weights(text: str) -> Weights:
    """The file's text -> weights."""
    model = json.loads(text)
    return Weights(dict(model["bias"]), dict(model["weights"]), dict(model["least"]), dict(model["sure"]))

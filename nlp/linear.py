"""A linear model over named features: what reading weighs, readable in a file and explained for each item.

A model is JSON and nothing else: numbers, names and a card. It is checked on the way in, never run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, isfinite
from typing import Any

MOST_BYTES = 2_000_000  # of one model's file


class ModelError(ValueError):
    """A model's file that cannot be used: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature gave to one total: value times weight."""

    name: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """Value times weight."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Linear:
    """`bias`: class -> constant. `weights`: feature -> class -> weight. `card`: where it comes from."""

    bias: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    card: Mapping[str, Any] = field(default_factory=dict)

    def totals(self, features: Mapping[str, float]) -> dict[str, float]:
        """Features by name -> the total of each class; a feature without weights counts nothing."""
        totals = dict(self.bias)
        for name, value in features.items():
            for label, weight in self.weights.get(name, {}).items():
                totals[label] += value * weight
        return totals

    def parts(self, features: Mapping[str, float], label: str) -> list[Part]:
        """What each feature gave to one class, the most telling first."""
        given = (
            Part(name, value, self.weights[name][label])
            for name, value in features.items()
            if value and label in self.weights.get(name, {})
        )
        return sorted(given, key=lambda part: (-abs(part.points), part.name))


def shares(totals: Mapping[str, float]) -> dict[str, float]:
    """Totals by class -> probabilities (softmax), which add up to one."""
    top = max(totals.values())
    powers = {label: exp(total - top) for label, total in totals.items()}
    whole = sum(powers.values())
    return {label: power / whole for label, power in powers.items()}


def linear_from(model: Mapping[str, Any]) -> Linear:
    """A parsed model -> Linear.

    Raises:
        ModelError: when a part is missing, or a number is none or without end.

    """
    try:
        bias = {str(label): number_from(value) for label, value in model["bias"].items()}
        weights = {
            str(name): {str(label): number_from(value) for label, value in row.items()}
            for name, row in model["weights"].items()
        }
        card = dict(model["card"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ModelError(f"not a model: {error}") from error
    unknown = {label for row in weights.values() for label in row} - set(bias)
    if unknown:
        raise ModelError(f"weights of classes without a constant: {', '.join(sorted(unknown))}")
    return Linear(bias, weights, card)


def parse_model(text: str) -> dict[str, Any]:
    """The text of a model's file -> its parts.

    Raises:
        ModelError: when it is longer than MOST_BYTES, no JSON, or no object.

    """
    if len(text) > MOST_BYTES:
        raise ModelError(f"longer than {MOST_BYTES} characters")
    try:
        model = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"not JSON: {error}") from error
    if not isinstance(model, dict):
        raise ModelError("not an object of parts")
    return model


def write_model(model: Mapping[str, Any]) -> str:
    """The parts of a model -> the text of its file: a feature or word a line, to read changes by."""
    return _written(model) + "\n"


def number_from(value: object) -> float:
    """A finite number of a parsed model.

    Raises:
        ModelError: for anything else.

    """
    try:
        number = float("nan") if isinstance(value, bool | str) else float(value)  # type: ignore[arg-type]
    except (TypeError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise ModelError(f"{str(value)[:40]!r} is no number")
    return number


def _written(value: Any) -> str:
    if isinstance(value, Mapping) and any(isinstance(inner, Mapping) for inner in value.values()):
        lines = (f"{json.dumps(key, ensure_ascii=False)}: {_written(inner)}" for key, inner in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(value, Mapping):
        inside = (f"{json.dumps(key, ensure_ascii=False)}: {_written(inner)}" for key, inner in value.items())
        return "{" + ", ".join(inside) + "}"
    return json.dumps(round(value, 3) if isinstance(value, float) else value, ensure_ascii=False)


def _refuse(constant: str) -> float:
    raise ModelError(f"{constant} is no number")

"""Fits the weights of relevance: what a person would give each feature, moved by labelled examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.fitting import fit_classes
from nlp.linear import Linear
from nlp.relevance_features import TELLING
from store.types import RelevanceLabel

PULL = 0.6  # chosen by cross-validation on half A of the gold labels and our own
_LEAN = 0.5  # towards `about`: an item that is missed costs more than one that is shown in vain
_CLASSES = tuple(label.value for label in RelevanceLabel)
_CONSTANTS = {"about": -2.5, "mention": 0.0, "none": -2.0, "sport": -4.0, "company": -4.0}
# class -> feature -> weight, before any example was seen
_HAND: Mapping[str, Mapping[str, float]] = {
    "about": {
        "title": 3.0,
        "lead": 2.75,
        "near the start": 1.0,
        "twice": 1.0,
        "often": 1.0,
        "dense": 1.0,
        "units": 1.0,
        "authority": 1.5,
        "mostly elsewhere": -1.5,
        "only listed": 0.5,
        "only origin, nowhere else": 1.0,
        "region in title": 1.0,
        "region in lead": 0.5,
        "region often": 0.5,
    },
    "none": {"only another's name": 4.0, "only region": 4.0},
    "sport": {
        "sport words": 8.0,
        "three sport words": 2.0,
        "sport in title": 2.0,
        "namesake and sport": 4.0,
        "events": -2.0,
    },
    "company": {"namesake and company words": 8.0, "company words": 1.0, "sport words": -4.0},
}


def hand_made() -> Linear:
    """The weights a person would give before seeing an example."""
    weights = {name: {label: _HAND.get(label, {}).get(name, 0.0) for label in _CLASSES} for name in TELLING}
    return Linear(dict(_CONSTANTS), weights)


def fit_relevance(rows: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Linear:
    """Features and label of each example -> the weights, drawn to those set by hand."""
    fitted = fit_classes(hand_made(), rows, labels, pull=PULL)
    about = RelevanceLabel.ABOUT.value
    return Linear({**fitted.bias, about: fitted.bias[about] + _LEAN}, fitted.weights)


def refit_relevance(rows: Sequence[Mapping[str, float]], labels: Sequence[str], *, start: Linear) -> Linear:
    """Features and label of a few examples -> the weights, drawn to what they were."""
    return fit_classes(start, rows, labels, pull=PULL) if rows else start

"""Which sentences stand best for a text: a weighted sum of parts, the second also for what it adds. Pure.

Centrality is that of LexRank's degree (Erkan and Radev 2004) on TF-IDF; the second sentence is taken by
maximal marginal relevance (Carbonell and Goldstein 1998). Weights were chosen on half A of ViMs
(`nlp.measure_summaries`). Who speaks, which outlet prints it and in what tone is in none of the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.summaries.candidates import Fitness
from nlp.summaries.wording import Matrix


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts; parts are from 0 to 1."""

    centrality: float = 0.5  # how much the others say the same
    position: float = 2.0  # how early it stands in its article
    title: float = 0.9  # what it shares with the headline
    place: float = 0.15  # it names where it happened
    figure: float = 0.1  # it gives a number or a date
    length: float = 0.05  # neither a fragment nor a paragraph
    novelty: float = 2.0  # what sharing with the first sentence costs the second
    fade: float = 0.1  # position is 1 / (1 + order) ** fade: the opening stands out, the rest hardly fades


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one sentence besides its words."""

    order: int  # sentences of its article before it
    fitness: Fitness
    names_place: bool
    has_figure: bool
    words: int


def score(traits: Sequence[Traits], vectors: Matrix, titles: Matrix, weights: Weights = WEIGHTS) -> Matrix:
    """Sentences, their vectors (n, terms) and the title's for each (n, terms) -> their scores (n)."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    total: Matrix = (
        weights.centrality * _to_one(likeness.sum(axis=1))
        + weights.title * _to_one((vectors * titles).sum(axis=1))
        + weights.position * np.array([1.0 / (1.0 + each.order) ** weights.fade for each in traits])
        + weights.place * np.array([float(each.names_place) for each in traits])
        + weights.figure * np.array([float(each.has_figure) for each in traits])
        + weights.length * np.array([_fitting(each.words) for each in traits])
    )
    return total


def choose(
    scores: Matrix, traits: Sequence[Traits], vectors: Matrix, *, count: int = 2, weights: Weights = WEIGHTS
) -> list[int]:
    """Scores -> positions of the sentences chosen, best first; unfit ones only where no other is left."""
    chosen: list[int] = []
    fit = np.array([float(each.fitness) for each in traits])
    worth = scores + 100.0 * fit  # far more than all parts together
    while len(chosen) < min(count, len(traits)):
        taken = np.zeros(len(traits))
        if chosen:
            if not fit[[n for n in range(len(traits)) if n not in chosen]].any() and fit[chosen].all():
                break  # one good sentence is better than one with a doubtful one
            taken = (vectors @ vectors[chosen].T).max(axis=1)
        left = worth - weights.novelty * taken * abs(scores).max()
        left[chosen] = -np.inf
        chosen.append(int(np.argmax(left)))
    return chosen


def _to_one(values: Matrix) -> Matrix:
    """Values -> the same with the largest as 1."""
    largest = float(values.max(initial=0.0))
    return values / largest if largest > 0 else values


def _fitting(words: int) -> float:
    """1 for 12 to 45 words, less outside: what a reader takes in at once."""
    if words < 12:
        return words / 12
    return min(1.0, 45 / words)

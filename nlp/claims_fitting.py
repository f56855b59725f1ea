"""Fits check-worthiness: named features around weights set by hand, and words around nothing. Offline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags_array

_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence as the model sees it.

    `weight`: how much its loss counts; `share`: how much each of its words does (`nlp.claim_words.Wording`).
    """

    features: Mapping[str, float]
    words: AbstractSet[str]
    is_worthy: bool
    weight: float = 1.0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Pull:
    """How strongly weights are drawn back: of features to those set by hand, of words to zero.

    A word counts only when at least `fewest` examples hold it. `by_use`: the more one-sided a word is used in
    the two classes, the freer is its weight (Wang and Manning 2012, aclanthology.org/P12-2018).
    """

    features: float
    words: float
    fewest: int
    by_use: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """The constant, the weight of every feature, and of every word that was common enough."""

    bias: float
    features: Mapping[str, float]
    words: Mapping[str, float]

    def total(self, example: Example) -> float:
        """An example -> its total before the logistic function."""
        weighed = sum(self.features.get(name, 0.0) * value for name, value in example.features.items())
        told = sum(self.words.get(word, 0.0) for word in example.words)
        return self.bias + weighed + example.share * told


def fit_examples(prior: Mapping[str, float], examples: Sequence[Example], *, pull: Pull) -> Fitted:
    """Weighted logistic loss plus the squared distances, each times its pull. Deterministic.

    The constant is free.
    """
    names = sorted(prior)
    seen = Counter(word for example in examples for word in example.words)
    columns = [*names, *sorted(word for word, count in seen.items() if count >= pull.fewest)]
    start = np.array([0.0, *(prior.get(name, 0.0) for name in names), *([0.0] * (len(columns) - len(names)))])
    force = np.array([0.0, *([pull.features] * len(names)), *([pull.words] * (len(columns) - len(names)))])
    signs = np.array([1.0 if example.is_worthy else -1.0 for example in examples])
    matrix = _matrix(examples, names, columns)
    stretch = np.ones(1 + len(columns))
    if pull.by_use:
        stretch[1 + len(names) :] = _one_sidedness(matrix[:, 1 + len(names) :], signs)
    matrix = matrix @ diags_array(stretch)
    counts = np.array([example.weight for example in examples])

    def loss(weights: _Vector) -> tuple[float, _Vector]:
        margins = signs * (matrix @ weights)
        away = weights - start
        slopes = -counts * signs / (1.0 + np.exp(np.minimum(margins, 500.0)))
        value = float((counts * np.logaddexp(0.0, -margins)).sum() + force @ (away * away))
        return value, matrix.T @ slopes + 2.0 * force * away

    found = stretch * minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    values = [float(value) for value in found]  # parted by place: a word may be called as a feature is
    parted = 1 + len(names)
    return Fitted(
        bias=values[0],
        features=dict(zip(names, values[1:parted], strict=True)),
        words=dict(zip(columns[len(names) :], values[parted:], strict=True)),
    )


def _one_sidedness(words: csr_matrix, signs: _Vector) -> _Vector:
    """Sentences by words, the sentences' signs -> the logarithm of how differently both classes use each."""
    held = (words > 0).astype(float)
    worthy, other = (np.asarray(held[signs == sign].sum(axis=0)).ravel() + 1.0 for sign in (1.0, -1.0))
    return np.asarray(np.log((worthy / worthy.sum()) / (other / other.sum())))


def _matrix(examples: Sequence[Example], names: Sequence[str], columns: Sequence[str]) -> csr_matrix:
    place = {word: number for number, word in enumerate(columns[len(names) :], start=1 + len(names))}
    values: list[float] = []
    across: list[int] = []
    ends = [0]
    for example in examples:
        known = sorted(place[word] for word in example.words if word in place)
        values += [1.0, *(example.features.get(name, 0.0) for name in names), *([example.share] * len(known))]
        across += [*range(len(names) + 1), *known]
        ends.append(len(values))
    return csr_matrix((values, across, ends), shape=(len(examples), 1 + len(columns)))

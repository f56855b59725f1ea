"""Fits the weights of named features to labelled examples, around weights set by hand. Offline only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

_Matrix = NDArray[np.float64]


def fit_around(
    prior: Mapping[str, float], rows: Sequence[Mapping[str, float]], labels: Sequence[bool], *, pull: float
) -> tuple[float, dict[str, float]]:
    """Features of each example and whether it is one -> the constant and the weight of each feature.

    Logistic loss plus `pull` times the squared distance from `prior`: a feature the examples say nothing of
    keeps the weight it was given by hand. Deterministic.
    """
    names = sorted(prior)
    start = np.array([0.0, *(prior[name] for name in names)])
    features = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    signs = np.where(np.array(labels, dtype=bool), 1.0, -1.0)
    fitted = minimize(_loss, start, args=(features, signs, start, pull), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(value), 3) for name, value in zip(names, fitted[1:], strict=True)}
    return round(float(fitted[0]), 3), weights


def _loss(
    weights: _Matrix, features: _Matrix, signs: _Matrix, prior: _Matrix, pull: float
) -> tuple[float, _Matrix]:
    margins = signs * (features @ weights)
    away = weights - prior
    away[0] = 0.0  # the constant is free
    loss = float(np.logaddexp(0.0, -margins).sum() + pull * (away @ away))
    slope = -(signs / (1.0 + np.exp(margins))) @ features + 2.0 * pull * away
    return loss, slope

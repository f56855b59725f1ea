"""Fits the weights of named features to labelled examples, around weights set by hand. Offline only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nlp.linear import Linear

_Matrix = NDArray[np.float64]


def fit_around(
    prior: Mapping[str, float],
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    *,
    pull: float,
    constant: float | None = None,
) -> tuple[float, dict[str, float]]:
    """Features of each example and whether it is one -> the constant and the weight of each feature.

    Logistic loss plus `pull` times the squared distance from `prior`: a feature the examples say nothing of
    keeps the weight it was given by hand. The constant is free, or drawn to `constant` where one is given.
    Deterministic.
    """
    names = sorted(prior)
    start = np.array([constant or 0.0, *(prior[name] for name in names)])
    force = np.full(len(start), pull)
    force[0] = 0.0 if constant is None else pull
    features = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    signs = np.where(np.array(labels, dtype=bool), 1.0, -1.0)
    fitted = minimize(_loss, start, args=(features, signs, start, force), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(value), 3) for name, value in zip(names, fitted[1:], strict=True)}
    return round(float(fitted[0]), 3), weights


def _loss(
    weights: _Matrix, features: _Matrix, signs: _Matrix, prior: _Matrix, force: _Matrix
) -> tuple[float, _Matrix]:
    margins = signs * (features @ weights)
    away = weights - prior
    loss = float(np.logaddexp(0.0, -margins).sum() + force @ (away * away))
    slope = -(signs / (1.0 + np.exp(margins))) @ features + 2.0 * force * away
    return loss, slope


def fit_classes(
    prior: Linear, rows: Sequence[Mapping[str, float]], labels: Sequence[str], *, pull: float
) -> Linear:
    """Features and class of each example -> weights of every class, drawn to those of `prior`.

    Multinomial logistic loss plus `pull` times the squared distance from `prior`, a tenth of it for the
    constants: a feature or class the examples say nothing of keeps what it was given by hand. Deterministic.
    """
    names, classes = sorted(prior.weights), sorted(prior.bias)
    start = np.array(
        [[prior.bias[c] for c in classes]]
        + [[prior.weights[name].get(c, 0.0) for c in classes] for name in names]
    )
    features = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows]).reshape(
        -1, len(start)
    )
    wanted = np.array([[float(label == c) for c in classes] for label in labels]).reshape(-1, len(classes))
    force = np.full((len(start), 1), float(pull))
    force[0] /= 10
    fitted = minimize(
        _class_loss, start.ravel(), args=(features, wanted, start, force), jac=True, method="L-BFGS-B"
    ).x.reshape(start.shape)
    return Linear(
        bias=_row(classes, fitted[0]),
        weights={name: _row(classes, row) for name, row in zip(names, fitted[1:], strict=True)},
        card=prior.card,
    )


def _row(classes: Sequence[str], values: _Matrix) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(classes, values, strict=True)}


def _class_loss(
    flat: _Matrix, features: _Matrix, wanted: _Matrix, prior: _Matrix, force: _Matrix
) -> tuple[float, _Matrix]:
    weights = flat.reshape(prior.shape)
    totals = features @ weights
    log_sums = np.logaddexp.reduce(totals, axis=1, keepdims=True)
    away = weights - prior
    loss = float((log_sums[:, 0] - (totals * wanted).sum(axis=1)).sum() + (force * away * away).sum())
    slope = features.T @ (np.exp(totals - log_sums) - wanted) + 2.0 * force * away
    return loss, slope.ravel()

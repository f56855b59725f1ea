"""Fits the table of words of one language: which words are kept, how rare they are, what they weigh."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nlp.surface import Surface
from nlp.topic_model import FEW, Terms
from nlp.training.barred import is_barred, is_empty

_Matrix = NDArray[np.float64]
_SYLLABLE = re.compile(r"[^\W\d_]+")
PULL = 0.02  # chosen by cross-validation on half A of the gold labels and our own
_PER_TOPIC = 450  # words kept for each topic
_NEVER = -3.0
_MOST_STEPS = 60
_NAME = 0.5  # of its occurrences with a capital: then a word is part of a name


@dataclass(frozen=True, slots=True)
class Document:
    """A text's terms, what is known of its topics (-1 no, 0 unknown, 1 yes), how much it counts."""

    counts: Mapping[str, int]
    signs: NDArray[np.int8]
    force: float


def find_names(surfaces: Iterable[Surface]) -> frozenset[str]:
    """Texts -> the syllables and pairs that are mostly written with capitals: parts of names of persons,
    places and outlets, which a model may not learn.
    """
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for surface in surfaces:
        plain = list(_SYLLABLE.finditer(surface.compared))
        words = [hit[0] for hit in plain]
        large = [surface.plain[hit.start() : hit.start() + 1].isupper() for hit in plain]
        seen.update(words)
        capital.update(word for word, is_large in zip(words, large, strict=True) if is_large)
        pairs = [f"{one} {other}" for one, other in pairwise(words)]
        seen.update(pairs)
        # the first of a pair may begin a sentence: the second tells
        capital.update(pair for pair, is_large in zip(pairs, large[1:], strict=True) if is_large)
    return frozenset(term for term, number in seen.items() if capital[term] > _NAME * number)


def fit_terms(
    documents: Sequence[Document], topics: Sequence[str], names: frozenset[str], *, least: int
) -> Terms:
    """Documents -> the table: of the words in at least `least` documents those that tell topics apart."""
    rarity = _rarity(documents, names, least)
    rows = make_matrix(documents, rarity)
    words = list(rarity)
    kept = {words[n]: rarity[words[n]] for n in _telling(rows, _signs(documents))}
    blank = np.zeros((len(kept) + 1, len(topics)))
    blank[0] = _NEVER  # what stays of a topic without an example
    return _fit(documents, topics, kept, blank, pull=PULL, bound_bias=False)


def _signs(documents: Sequence[Document]) -> _Matrix:
    """What is known of each document's topics, times how much that counts."""
    return np.array([document.signs * document.force for document in documents], dtype=float)


def _telling(rows: csr_matrix, signs: _Matrix) -> list[int]:
    """The columns of the words that tell each topic's documents from others, by chi-square."""
    there = (rows > 0).astype(float)
    kept: set[int] = set()
    for column in signs.T:
        yes, no = np.clip(column, 0, None), np.clip(-column, 0, None)
        if not yes.sum():
            continue
        with_yes, with_no = there.T @ yes, there.T @ no
        expected = (with_yes + with_no) * yes.sum() / (yes.sum() + no.sum())
        score = np.where(with_yes > expected, (with_yes - expected) ** 2 / np.maximum(expected, 1e-9), 0.0)
        kept.update(np.argsort(-score, kind="stable")[:_PER_TOPIC].tolist())
    return sorted(kept)


def _rarity(documents: Sequence[Document], names: frozenset[str], least: int) -> dict[str, float]:
    """How rare each word is (inverse document frequency), those that may be learned only."""
    number: Counter[str] = Counter()
    for document in documents:
        number.update(document.counts.keys())
    whole = len(documents)
    return {
        term: log((1 + whole) / (1 + count)) + 1
        for term, count in sorted(number.items())
        if count >= least
        and count < 0.4 * whole
        and len(term) > 1
        and term not in names
        and not is_barred(term)
        and not is_empty(term)
    }


def make_matrix(documents: Sequence[Document], rarity: Mapping[str, float]) -> csr_matrix:
    """Documents -> their words' values, one row a document, each row of length one or, of few words, less."""
    index = {term: n for n, term in enumerate(rarity)}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for document in documents:
        row = [(index[t], (1 + log(n)) * rarity[t]) for t, n in document.counts.items() if t in index]
        length = sqrt(sum(value * value for _, value in row) + FEW**2)
        data += [value / length for _, value in row]
        columns += [column for column, _ in row]
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(documents), len(index)))


def refit(documents: Sequence[Document], start: Terms, *, pull: float) -> Terms:
    """A few documents -> the table with its weights moved by them; its words stay the same.

    `pull` draws each weight to where it was, so that a topic or word without examples keeps what it weighed.
    """
    rarity = {term: float(start.rarity[n]) for term, n in start.index.items()}
    before = np.vstack([start.bias, start.weights]).astype(float)
    return _fit(documents, start.topics, rarity, before, pull=pull, bound_bias=True)


def _fit(
    documents: Sequence[Document],
    topics: Sequence[str],
    rarity: Mapping[str, float],
    before: _Matrix,
    *,
    pull: float,
    bound_bias: bool,
) -> Terms:
    """Each topic against the rest by logistic loss, constants in the first row. Deterministic."""
    rows, signs = make_matrix(documents, rarity), _signs(documents)
    drawn = np.full(before.shape, pull)
    if not bound_bias:
        drawn[0] = np.where((signs > 0).any(axis=0), 0.0, pull)
    given = (rows, np.sign(signs), np.abs(signs), before, drawn)
    found = minimize(
        _loss, before.ravel(), args=given, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}
    )
    fitted = found.x.reshape(before.shape).astype(np.float32)
    return Terms(
        topics=tuple(topics),
        bias=fitted[0],
        index={term: n for n, term in enumerate(rarity)},
        rarity=np.array(list(rarity.values()), dtype=np.float32),
        weights=np.ascontiguousarray(fitted[1:]),
    )


def _loss(  # noqa: PLR0917 - called by scipy, by position
    flat: _Matrix, rows: csr_matrix, signs: _Matrix, force: _Matrix, before: _Matrix, drawn: _Matrix
) -> tuple[float, _Matrix]:
    weights = flat.reshape(before.shape)
    margins = signs * (rows @ weights[1:] + weights[0])
    slopes = -signs * force / (1.0 + np.exp(np.clip(margins, -30, 30)))
    away = weights - before
    loss = float((force * np.logaddexp(0.0, -margins)).sum() + (drawn * away * away).sum())
    slope = np.vstack([slopes.sum(axis=0), rows.T @ slopes]) + 2 * drawn * away
    return loss, slope.ravel()

"""Fits and measures verdict proposals on labelled claim-passage pairs (ViHallu, not in the project). Offline.

Half A, by a hash of the id, is what was developed and fitted on; half B is what to believe.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from nlp.measure import half_of
from nlp.verdicts.features import compare
from nlp.verdicts.judging import propose_with
from nlp.verdicts.reading import prepare
from nlp.verdicts.weights import Weights, load_weights

VERDICTS = ("contradicted", "not_enough", "supported")
_LABELS = {"no": "supported", "intrinsic": "contradicted", "extrinsic": "not_enough"}
# The claims are answers to questions; a news sentence has no "Yes," before it.
_ANSWER = re.compile(r"^\s*(?:Đúng|Sai|Không|Có|Phải|Không đúng|Vâng)\s*[,.:]\s*")
_FILE = "factcheck/vihallu/val.csv.gz"
_PULL = 0.01  # inverse strength of the regularisation, chosen by cross-validation within half A
# Below these probabilities nothing is proposed: chosen within half A, for some precision at recall's cost.
_LEAST = {"supported": 0.4, "contradicted": 0.4}
_TURNS = ((" được ", " không được "), (" là ", " không phải là "), (" có ", " không có "))


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a passage, and what a person said of them."""

    id: str
    claim: str
    passage: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a pair and its verdict."""

    features: dict[str, float]
    verdict: str


def load_pairs(folder: Path) -> list[Pair]:
    """The labelled pairs under the data folder. Raises OSError when the file cannot be read."""
    with gzip.open(folder / _FILE, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Pair(row["id"], _ANSWER.sub("", row["response"]), row["context"], _LABELS[row["label"]])
        for row in rows
    ]


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Data folder -> scores from 0 to 1 of the shipped weights by part.

    A is the half fitted on, B the unseen half, "altered B" sentences of B's passages word for word, with
    another figure, negated, or beside another passage.
    """
    pairs = load_pairs(folder)
    parts = {name: [pair for pair in pairs if half_of(pair.id) == name] for name in "AB"}
    parts["altered B"] = list(iter_altered(parts["B"]))
    return {name: score(make_examples(part), load_weights()) for name, part in parts.items()}


def cross_validate(folder: Path, *, folds: int = 5) -> dict[str, float]:
    """Data folder -> scores when each fifth of all pairs is judged by weights fitted to the others."""
    pairs = load_pairs(folder)
    examples = make_examples(pairs)
    wanted, given = [], []
    splits = StratifiedKFold(folds, shuffle=True, random_state=0).split(
        pairs, [pair.verdict for pair in pairs]
    )
    for train, test in splits:
        weights = fit([examples[i] for i in train])
        wanted += [examples[i].verdict for i in test]
        given += [propose_with(weights, examples[i].features)[0] for i in test]
    return rate(wanted, given)


def score(examples: Sequence[Example], weights: Weights) -> dict[str, float]:
    """Examples and weights -> macro-F1, and precision and recall of each verdict."""
    given = [propose_with(weights, example.features)[0] for example in examples]
    return rate([example.verdict for example in examples], given)


def rate(wanted: Sequence[str], given: Sequence[str]) -> dict[str, float]:
    """Verdicts wanted and given -> macro-F1, and precision and recall of each verdict, 0 to 1."""
    precision, recall, _, _ = precision_recall_fscore_support(wanted, given, labels=VERDICTS, zero_division=0)
    scores = {"macro_f1": f1_score(wanted, given, labels=VERDICTS, average="macro", zero_division=0)}
    for verdict, one, other in zip(VERDICTS, precision, recall, strict=True):
        scores |= {f"{verdict}_precision": one, f"{verdict}_recall": other}
    return {name: round(float(value), 4) for name, value in scores.items()}


def make_examples(pairs: Sequence[Pair]) -> list[Example]:
    """Pairs -> examples; a claim or passage without a word is left out, because nothing can be compared."""
    prepared = ((prepare(pair.claim), prepare(pair.passage), pair.verdict) for pair in pairs)
    return [
        Example(compare(claim, passage).features, verdict)
        for claim, passage, verdict in prepared
        if claim.tokens and passage.tokens
    ]


def fit(examples: Sequence[Example]) -> Weights:
    """Examples -> multinomial logistic weights in the features' own scale. Deterministic."""
    names = sorted(examples[0].features)
    rows = np.array([[example.features[name] for name in names] for example in examples])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_PULL, max_iter=2000)
    model.fit(scaler.transform(rows), [example.verdict for example in examples])
    slopes: NDArray[np.float64] = model.coef_ / scaler.scale_
    bias = model.intercept_ - slopes @ scaler.mean_
    classes = [str(name) for name in model.classes_]
    weights = {
        name: {verdict: round(float(slopes[k, i]), 4) for k, verdict in enumerate(classes)}
        for i, name in enumerate(names)
    }
    return Weights({v: round(float(b), 4) for v, b in zip(classes, bias, strict=True)}, weights, dict(_LEAST))


def fit_half(folder: Path) -> Weights:
    """Data folder -> the weights fitted to half A."""
    return fit(make_examples([pair for pair in load_pairs(folder) if half_of(pair.id) == "A"]))


def iter_altered(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs -> plain cases the labels lack, made by rule.

    A passage's sentence word for word, with its first figure changed, and negated; a claim beside another
    passage.
    """
    for at, pair in enumerate(pairs):
        yield Pair(pair.id, pair.claim, pairs[at - 1].passage, "not_enough")
        sentences = [text for text in re.split(r"(?<=[.!?])\s+", pair.passage) if 40 < len(text) < 250]
        if sentences:
            yield from _altered(pair, sentences, at)


def _altered(pair: Pair, sentences: Sequence[str], at: int) -> Iterator[Pair]:
    sentence = sentences[at % len(sentences)]
    yield Pair(pair.id, sentence, pair.passage, "supported")
    figured = next((text for text in sentences if re.search(r"\d", text)), None)
    if figured:
        changed = re.sub(r"\d+", lambda hit: str(int(hit[0]) + 3 + at % 7), figured, count=1)
        yield Pair(pair.id, changed, pair.passage, "contradicted")
    turned = next((sentence.replace(plain, denied, 1) for plain, denied in _TURNS if plain in sentence), None)
    if turned:
        yield Pair(pair.id, turned, pair.passage, "contradicted")


def save_weights(weights: Weights, card: dict[str, object], path: Path) -> None:
    """Writes weights with their card as readable JSON, features in the order of the alphabet."""
    model = {"card": card, "least": weights.least, "bias": weights.bias, "weights": weights.weights}
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_floors() -> dict[str, float]:
    """The scores on half B below which nothing may fall."""
    floors: dict[str, float] = json.loads(files("nlp").joinpath("floors_verdicts.json").read_text("utf-8"))
    return floors

"""Fits and measures verdict proposals on labelled claim-passage pairs (ViHallu, not in the project). Offline.

Half A, by a hash of the id, is what was developed and fitted on; half B is what to believe.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from operator import eq
from pathlib import Path
from statistics import mean, pstdev

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
from nlp.verdicts.weights import Weights

VERDICTS = ("contradicted", "not_enough", "supported")
_LABELS = {"no": "supported", "intrinsic": "contradicted", "extrinsic": "not_enough"}
# The claims are answers to questions; a news sentence has no "Yes," before it.
_ANSWER = re.compile(r"^\s*(?:Đúng|Sai|Không|Có|Phải|Không đúng|Vâng)\s*[,.:]\s*")
_FILE = "factcheck/vihallu/val.csv.gz"
# Inverse strength of the regularisation. By folds all from 0.005 to 0.08 do as well: the more careful end.
_PULL = 0.01
# Below these probabilities nothing is proposed: chosen within half A, for some precision at recall's cost.
_LEAST = {"supported": 0.4, "contradicted": 0.4}
# From these on a proposal is called sure: contradicted is then right in 7 of 10 within half A, by folds.
_SURE = {"supported": 0.5, "contradicted": 0.51}
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


def measure(folder: Path, *, times: int = 5) -> dict[str, dict[str, float]]:
    """Data folder -> scores from 0 to 1 by part, of weights fitted to half A alone.

    The shipped weights are fitted to all pairs; what to expect of them is "folds": each fifth of all pairs
    judged by weights fitted to the others. A is the half fitted on, B the unseen half, "altered B" sentences
    of B's passages word for word, with another figure, negated, or beside another passage; "figures B" those
    of B where all turns on a number, "figured B" sentences with a figure, as they stand and with another one.
    """
    pairs = load_pairs(folder)
    halves = {name: [pair for pair in pairs if half_of(pair.id) == name] for name in "AB"}
    parts = {name: make_examples(half) for name, half in halves.items()}
    weights = fit(parts["A"])
    parts["altered B"] = make_examples(list(iter_altered(halves["B"])))
    parts["figures B"] = [example for example in parts["B"] if turns_on_number(example)]
    parts["figured B"] = make_examples(list(iter_figured(halves["B"])))
    scores = {name: score(part, weights) for name, part in parts.items()}
    folds = {name: one["mean"] for name, one in cross_validate(parts["A"] + parts["B"], times=times).items()}
    beside = {"folds": folds, "altered": scores["altered B"], "figured": scores["figured B"]}
    for lead, of in beside.items():  # what has floors stands in one column
        scores["B"] |= {f"{lead}_{name}": of[name] for name in _floored(lead)}
    return scores


def _floored(lead: str) -> list[str]:
    return [name.removeprefix(f"{lead}_") for name in load_floors() if name.startswith(f"{lead}_")]


def cross_validate(
    examples: Sequence[Example], *, folds: int = 5, times: int = 5
) -> dict[str, dict[str, float]]:
    """Examples -> mean and spread of the scores, each fifth judged by weights fitted to the others.

    The division into fifths is drawn `times` times, so that no lucky one is told.
    """
    rounds = [_cross_validate_once(examples, folds, drawn) for drawn in range(times)]
    return {
        name: {"mean": round(mean(one[name] for one in rounds), 4), "spread": round(_spread(rounds, name), 4)}
        for name in rounds[0]
    }


def _spread(rounds: Sequence[Mapping[str, float]], name: str) -> float:
    return pstdev(one[name] for one in rounds)


def _cross_validate_once(examples: Sequence[Example], folds: int, drawn: int) -> dict[str, float]:
    wanted: list[str] = []
    given: list[tuple[str, float]] = []
    verdicts = [example.verdict for example in examples]
    splits = StratifiedKFold(folds, shuffle=True, random_state=drawn).split(verdicts, verdicts)
    for train, test in splits:
        weights = fit([examples[i] for i in train])
        wanted += [verdicts[i] for i in test]
        given += [propose_with(weights, examples[i].features) for i in test]
    return rate(wanted, [verdict for verdict, _ in given]) | rate_sure(wanted, given, _SURE)


def score(examples: Sequence[Example], weights: Weights) -> dict[str, float]:
    """Examples and weights -> macro-F1, and precision and recall of each verdict."""
    given = [propose_with(weights, example.features) for example in examples]
    wanted = [example.verdict for example in examples]
    return rate(wanted, [verdict for verdict, _ in given]) | rate_sure(wanted, given, weights.sure)


def rate_sure(
    wanted: Sequence[str], given: Sequence[tuple[str, float]], sure: Mapping[str, float]
) -> dict[str, float]:
    """Verdicts wanted, verdicts given with how sure -> precision and recall of *contradicted* where sure."""
    said = [one for one, (verdict, how) in zip(wanted, given, strict=True) if _is_sure(verdict, how, sure)]
    right, all_such = said.count("contradicted"), wanted.count("contradicted")
    return {
        "sure_contradicted_precision": round(right / max(1, len(said)), 4),
        "sure_contradicted_recall": round(right / max(1, all_such), 4),
    }


def _is_sure(verdict: str, how: float, sure: Mapping[str, float]) -> bool:
    return verdict == "contradicted" and how >= sure[verdict]


def rate(wanted: Sequence[str], given: Sequence[str]) -> dict[str, float]:
    """Verdicts wanted and given -> macro-F1, share right, precision and recall of each verdict, 0 to 1."""
    precision, recall, _, _ = precision_recall_fscore_support(wanted, given, labels=VERDICTS, zero_division=0)
    scores = {"macro_f1": f1_score(wanted, given, labels=VERDICTS, average="macro", zero_division=0)}
    scores["right"] = sum(map(eq, wanted, given)) / max(1, len(wanted))
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
    return Weights(
        {v: round(float(b), 4) for v, b in zip(classes, bias, strict=True)},
        weights,
        dict(_LEAST),
        dict(_SURE),
    )


def fit_all(folder: Path) -> Weights:
    """Data folder -> the weights fitted to all pairs, as they are shipped."""
    return fit(make_examples(load_pairs(folder)))


def turns_on_number(example: Example) -> bool:
    """Whether a number is what differs between a claim and its passage, as the features see it."""
    kinds = ("figure disagrees", "number swapped", "year swapped", "only the number differs")
    return any(example.features[kind] for kind in kinds)


def iter_figured(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs -> each passage's first sentence with a figure: as it stands, and with another figure."""
    for at, pair in enumerate(pairs):
        figured = next((text for text in _sentences(pair) if re.search(r"\d", text)), None)
        if figured:
            yield Pair(pair.id, figured, pair.passage, "supported")
            yield Pair(pair.id, _with_other_figure(figured, at), pair.passage, "contradicted")


def _sentences(pair: Pair) -> list[str]:
    return [text for text in re.split(r"(?<=[.!?])\s+", pair.passage) if 40 < len(text) < 250]


def _with_other_figure(sentence: str, at: int) -> str:
    return re.sub(r"\d+", lambda hit: str(int(hit[0]) + 3 + at % 7), sentence, count=1)


def iter_altered(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs -> plain cases the labels lack, made by rule.

    A passage's sentence word for word, with its first figure changed, and negated; a claim beside another
    passage.
    """
    for at, pair in enumerate(pairs):
        yield Pair(pair.id, pair.claim, pairs[at - 1].passage, "not_enough")
        sentences = _sentences(pair)
        if sentences:
            yield from _altered(pair, sentences, at)


def _altered(pair: Pair, sentences: Sequence[str], at: int) -> Iterator[Pair]:
    sentence = sentences[at % len(sentences)]
    yield Pair(pair.id, sentence, pair.passage, "supported")
    figured = next((text for text in sentences if re.search(r"\d", text)), None)
    if figured:
        yield Pair(pair.id, _with_other_figure(figured, at), pair.passage, "contradicted")
    turned = next((sentence.replace(plain, denied, 1) for plain, denied in _TURNS if plain in sentence), None)
    if turned:
        yield Pair(pair.id, turned, pair.passage, "contradicted")


def save_weights(weights: Weights, card: dict[str, object], path: Path) -> None:
    """Writes weights with their card as readable JSON, features in the order of the alphabet."""
    model = {
        "card": card,
        "least": weights.least,
        "sure": weights.sure,
        "bias": weights.bias,
        "weights": weights.weights,
    }
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_floors() -> dict[str, float]:
    """The scores below which nothing may fall: on half B, by folds over all pairs, on altered sentences."""
    floors: dict[str, float] = json.loads(files("nlp").joinpath("floors_verdicts.json").read_text("utf-8"))
    return floors

"""Fits and measures check-worthiness on labelled sentences (outside the project): average precision and F1.

Rules were written and weights fitted on half A of the Vietnamese sentences and on ClaimBuster's training
part; half B and ClaimBuster's test part are what to believe.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sklearn.metrics import average_precision_score, f1_score

from nlp.claim_features import find_features
from nlp.claims import THRESHOLD, ClaimModel, load_model
from nlp.fitting import fit_around
from nlp.quantities import find_quantities

_BUSTER = "checkworthy/claimbuster_two_class"
_UNCHECKABLE = -1.5  # of forecast and question, whatever the examples say
_LOOSER_EN = 0.7  # added to the English constant, so that one threshold serves both languages
# What a person would give each feature before seeing an example; a feature the examples lack keeps it.
PRIOR = {
    "figure": 1.0,
    "number": 0.7,
    "name": 0.3,
    "act": 1.0,
    "opinion": -0.8,
    "place": 0.3,
    "date": 0.6,
    "agency": 0.3,
    "comparison": 0.4,
    "attribution": 0.2,
    "past": 0.5,
    "hedge": -0.3,
    "forecast": _UNCHECKABLE,
    "first person": -0.5,
    "second person": -0.6,
    "general": -0.4,
    "question": _UNCHECKABLE,
    "quoted speech": -0.7,
    "fragment": -0.5,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence; `unseen` ones were used for nothing but measuring."""

    text: str
    is_worthy: bool
    is_sure: bool
    unseen: bool


def load_vietnamese(folder: Path) -> list[Sentence]:
    """Data folder -> our own labels, check-worthy (CFS) against the rest, halved by a hash of the id."""
    lines = (folder / "gold/sentences.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    return [Sentence(i["sentence"], i["label"] == "CFS", i["sure"], _is_unseen(i["id"])) for i in items]


def load_english(folder: Path) -> list[Sentence]:
    """Data folder -> ClaimBuster, its test part unseen."""
    found = []
    for part in ("train", "test"):
        packed = (folder / _BUSTER / f"{part}.json.gz").read_bytes()
        rows = json.loads(gzip.decompress(packed))
        found += [Sentence(r["text"], r["label"] == 1, is_sure=True, unseen=part == "test") for r in rows]
    return found


def fit(folder: Path) -> dict[str, ClaimModel]:
    """Data folder -> the models for nlp/models/claims.json, from what is not unseen."""
    models = {}
    for language, sentences, pull, shift in (
        ("vi", load_vietnamese(folder), 2.0, 0.0),
        ("en", load_english(folder), 0.5, _LOOSER_EN),
    ):
        known = [s for s in sentences if not s.unseen]
        rows = [features_of(s.text, language) for s in known]
        bias, weights = fit_around(PRIOR, rows, [s.is_worthy for s in known], pull=pull)
        uncheckable = {"forecast": _UNCHECKABLE, "question": _UNCHECKABLE}
        models[language] = ClaimModel(round(bias + shift, 3), weights | uncheckable)
    return models


def measure(folder: Path) -> dict[str, float]:
    """Data folder -> scores of the shipped weights, 0 to 1, on unseen sentences (`…_A`: on the others)."""
    vietnamese, english = load_vietnamese(folder), load_english(folder)
    unseen = [s for s in vietnamese if s.unseen]
    test = [s for s in english if s.unseen]
    return {
        "vi_average_precision_A": _average_precision([s for s in vietnamese if not s.unseen], "vi"),
        "vi_average_precision": _average_precision(unseen, "vi"),
        "vi_average_precision_sure": _average_precision([s for s in unseen if s.is_sure], "vi"),
        "en_average_precision": _average_precision(test, "en"),
        "en_f1": _f1(test, "en", average="binary"),
        "en_f1_weighted": _f1(test, "en", average="weighted"),
    }


def load_floors() -> Mapping[str, float]:
    """What the scores must not fall below."""
    floors: dict[str, float] = json.loads(
        files("nlp").joinpath("floors_claims.json").read_text(encoding="utf-8")
    )
    return floors


def features_of(sentence: str, language: str) -> dict[str, float]:
    """One sentence without its article -> its features; no gazetteer is asked, so `place` is 0."""
    quantities = find_quantities(sentence, language=language)
    return find_features(sentence, quantities=quantities, has_place=False)


def _scores(sentences: Sequence[Sentence], language: str) -> list[float]:
    model = load_model(language)
    return [model.score(features_of(sentence.text, language)) for sentence in sentences]


def _average_precision(sentences: Sequence[Sentence], language: str) -> float:
    return float(average_precision_score([s.is_worthy for s in sentences], _scores(sentences, language)))


def _f1(sentences: Sequence[Sentence], language: str, *, average: str) -> float:
    said = [score >= THRESHOLD for score in _scores(sentences, language)]
    return float(f1_score([s.is_worthy for s in sentences], said, average=average))


def _is_unseen(identifier: str) -> bool:
    return hashlib.sha256(identifier.encode()).digest()[0] % 2 == 1

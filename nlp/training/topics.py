"""Fits the model of topics: tables of words for each language, then how cues and words together decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.fitting import fit_around
from nlp.knowledge import Knowledge
from nlp.linear import Linear
from nlp.measure import iter_corpus
from nlp.topic_model import SILENT, Terms, TopicModel
from nlp.topics import DECIDED, decide_topics, topic_features
from nlp.training.examples import Example
from nlp.training.prepared import Prepared, prepare, surfaces_of
from nlp.training.terms import Document, find_names, fit_terms, refit

LANGUAGES = ("vi", "en")
_CORPUS = "vntc"  # its licence (MIT) lets counts and weights be given on; UNC's (GPL) would bind the project
_CUE_FORCE = 0.3  # of a label that cues alone gave
_LEAST = {"vi": 6, "en": 2}  # documents in which a word must occur
_FOLDS = 3
_PULL = 2.0  # of the deciding weights to those set by hand; chosen by cross-validation on half A and our own
_REPULL = 0.5  # of all weights to what they were, when the office trains
_SURE, _SURELY_NOT = 1.25, 0.4  # times the points needed
# what a person would give each feature before seeing an example
_HAND: Mapping[str, float] = {
    "cues": 1.0,
    "enough cues": 2.0,
    "several cues": 0.5,
    "cue in title": 0.5,
    "share of the strongest": 1.0,
    "words": 1.0,
    "words behind the loudest": 0.3,
}
_LEAN = 0.4  # towards a topic: one that is missed costs more than one that is shown in vain
# More towards these: asked for first, and in our second round of labels missed oftener than shown in vain.
_MORE: Mapping[str, float] = {"T01": 0.2, "T05": 0.2}


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Texts that cues alone label, and the words in them that are names."""

    documents: tuple[Document, ...]
    names: frozenset[str]


def load_unlabelled(folder: Path, knowledge: Knowledge, *, leave_out: Iterable[str]) -> Unlabelled:
    """Data folder -> the texts of its free corpus that nobody labelled, with the topics their cues tell.

    Raises:
        OSError: when a file cannot be read.

    """
    skipped = set(leave_out)
    topics = tuple(topic.id for topic in knowledge.topics)
    documents: list[Document] = []
    surfaces = []
    for key, row in iter_corpus(folder, _CORPUS):
        if key in skipped:
            continue
        skipped.add(key)
        example = Example(key, "", row["text"], "", {}, _CUE_FORCE, held_out=False)
        prepared = prepare(example, knowledge, with_places=False)
        told = replace(example, topics=_topics_by_cues(prepared, topics))
        documents += replace(prepared, example=told).documents(topics)
        surface = surfaces_of(example)[1]
        surfaces += [surface, replace(surface, exact=False)]
    return Unlabelled(tuple(documents), find_names(surfaces))


def fit_topics(learned: Sequence[Prepared], unlabelled: Unlabelled, topics: tuple[str, ...]) -> TopicModel:
    """Labelled examples and texts labelled by cues -> a model from the ground up. Deterministic."""

    def tables(examples: Sequence[Prepared]) -> dict[str, Terms]:
        return {
            code: fit_terms(
                [*(unlabelled.documents if code == "vi" else ()), *_documents(examples, code, topics)],
                topics,
                unlabelled.names,
                least=_LEAST[code],
            )
            for code in LANGUAGES
        }

    heard: dict[str, Mapping[str, float]] = {}
    for fold in range(_FOLDS):  # totals by tables that have not learned from the example itself
        others = tables([one for one in learned if _fold_of(one) != fold])
        mine = [one for one in learned if _fold_of(one) == fold]
        heard |= {one.example.id: _totals(one, others) for one in mine}
    deciding = _fit_deciding(learned, heard, topics, _HAND)
    leaning = Linear({DECIDED: deciding.bias[DECIDED] + _LEAN}, _lean_more(deciding.weights))
    return TopicModel(tables(learned), leaning)


def _lean_more(weights: Mapping[str, Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    more = {f"is {topic}": points for topic, points in _MORE.items()}
    return {name: {DECIDED: round(row[DECIDED] + more.get(name, 0.0), 3)} for name, row in weights.items()}


def refit_topics(learned: Sequence[Prepared], start: TopicModel, topics: tuple[str, ...]) -> TopicModel:
    """A few examples -> the model with its weights moved by them, and otherwise as it was."""
    heard = {one.example.id: _totals(one, start.terms) for one in learned}
    before = {name: row[DECIDED] for name, row in start.deciding.weights.items()}
    deciding = _fit_deciding(learned, heard, topics, before, constant=start.deciding.bias[DECIDED])
    tables = {}
    for code, table in start.terms.items():
        documents = _documents(learned, code, table.topics)
        tables[code] = refit(documents, table, pull=_REPULL) if documents else table
    return TopicModel(tables, deciding, start.card)


def decide(prepared: Prepared, model: TopicModel) -> frozenset[str]:
    """The topics the model gives an example."""
    table = model.terms.get(prepared.language)
    heard = table.hear(prepared.counts) if table else SILENT
    return frozenset(decide_topics(prepared.seen, heard, prepared.length, model))


def _fit_deciding(
    learned: Sequence[Prepared],
    heard: Mapping[str, Mapping[str, float]],
    topics: tuple[str, ...],
    before: Mapping[str, float],
    constant: float | None = None,
) -> Linear:
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for one in learned:
        found = topic_features(one.seen, heard[one.example.id], one.length)
        for topic, holds in one.example.topics.items():
            if topic in found:
                rows.append(found[topic])
                labels.append(holds)
    prior = {f"is {topic}": 0.0 for topic in topics} | dict(before)
    if rows:
        constant, weights = fit_around(prior, rows, labels, pull=_PULL, constant=constant)
    else:
        weights = prior
    return Linear({DECIDED: constant or 0.0}, {name: {DECIDED: weight} for name, weight in weights.items()})


def _topics_by_cues(prepared: Prepared, topics: tuple[str, ...]) -> dict[str, bool]:
    """What cues tell surely; the doubtful is left out."""
    needed = 2.0 * max(1.0, (prepared.length / 2500) ** 0.5)
    totals = {topic: seen.total for topic, seen in prepared.seen.items()}
    most = max(totals.values(), default=0.0)
    told = {}
    for topic in topics:
        total = totals.get(topic, 0.0)
        if total >= max(_SURE * needed, 0.45 * most):
            told[topic] = True
        elif total < _SURELY_NOT * needed:
            told[topic] = False
    return told


def _documents(examples: Sequence[Prepared], code: str, topics: tuple[str, ...]) -> list[Document]:
    some = (one for one in examples if one.example.topics and one.language == code)
    return [document for one in some for document in one.documents(topics)]


def _totals(prepared: Prepared, tables: Mapping[str, Terms]) -> Mapping[str, float]:
    table = tables.get(prepared.language)
    return table.hear(prepared.counts).totals if table else {}


def _fold_of(prepared: Prepared) -> int:
    return int(hashlib.sha256(f"fold {prepared.example.id}".encode()).hexdigest(), 16) % _FOLDS

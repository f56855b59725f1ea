"""Fits the model of event places to labelled articles. Offline only: scripts/fit_places.py and its test.

Learned from half A of the labelled articles and from `nlp/training/labels_places.jsonl`, labels of ours on
other articles of the same corpora (ids and names only, no text). Half B is never seen here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.fitting import fit_around
from nlp.knowledge import Knowledge
from nlp.linear import Linear
from nlp.measure import half_of, iter_texts, load_labelled, place_key
from nlp.places.events import HERE, EventModel, features_of, gather
from nlp.places.finding import find_places
from nlp.surface import make_surface
from store.types import RelevanceLabel

PULL = 1.0  # towards the weights set by hand below: about 320 examples are few
LEAST = 0.5
# Set by hand, for examples are few: the guide of the labels asks for the most specific places, so one
# that only says where another lies, or holds one that is named, is hardly meant; nor is a home or a far town.
PRIOR = {
    "only locates": -1.0,
    "only locates, often": 0.5,
    "a home beside others": -1.5,
    "a home around": -1.5,
    "a home alone": -0.5,
    "holds another": -0.5,
    "holds another, body": -0.5,
    "holds another, named often": -0.5,
    "only far": -0.5,
    "only treated": -6.0,  # in none of the examples: set high enough to decide
    "once, far down": -1.0,
    "only company": -0.5,
}
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article about the province. `open`: places readers may differ on; nothing is learned of them."""

    id: str
    title: str
    text: str
    wanted: frozenset[str]  # keys, see measure.place_key
    open: frozenset[str] = frozenset()
    is_ours: bool = False  # labelled by ourselves: says nothing of districts that only locate a commune


@dataclass(frozen=True, slots=True)
class Example:
    """One place of an article: its keys (several spellings), features, whether the news happened there."""

    article: str
    keys: frozenset[str]
    features: dict[str, float]
    is_wanted: bool
    is_silent: bool = False  # tells nothing, see Labelled.is_ours


def load_material(data: Path, labels: Path) -> list[Labelled]:
    """Data folder and the file of our own labels -> half A of the gold articles, and ours.

    Raises:
        OSError: when a file cannot be read.
        KeyError: when a label's article is not among the texts.

    """
    gold = [
        Labelled(item.id, item.title, item.text, _keys(item.event_places))
        for item in load_labelled(data)
        if half_of(item.id) == "A" and item.relevance is RelevanceLabel.ABOUT
    ]
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    used = [row for row in rows if row["event_places"] or row["open"]]
    texts = dict(iter_texts(data, {row["id"] for row in used}))
    return gold + [_labelled(row, texts[row["id"]]) for row in used]


def examples_of(material: Iterable[Labelled], knowledge: Knowledge) -> list[Example]:
    """Labelled articles -> their places with features; those that are open are left out."""
    return [example for item in material for example in _examples(item, knowledge)]


def fit(examples: Sequence[Example]) -> EventModel:
    """Examples -> the model. Deterministic."""
    names = sorted({name for one in examples for name in one.features} | set(PRIOR))
    told = [one for one in examples if not one.is_silent]
    rows = [one.features for one in told]
    wanted = [one.is_wanted for one in told]
    bias, weights = fit_around({name: PRIOR.get(name, 0.0) for name in names}, rows, wanted, pull=PULL)
    return EventModel(Linear({HERE: bias}, {name: {HERE: weight} for name, weight in weights.items()}), LEAST)


def cross_validate(material: Sequence[Labelled], examples: Sequence[Example]) -> dict[str, float]:
    """Precision and recall over all articles, each judged by a model that has not seen its fold."""
    hits = given = 0
    for fold in range(FOLDS):
        model = fit([one for one in examples if _fold_of(one.article) != fold])
        chosen = [
            one
            for one in examples
            if _fold_of(one.article) == fold
            and not one.is_silent
            and model.probability(one.features) >= model.least
        ]
        given += len(chosen)
        hits += sum(one.is_wanted for one in chosen)
    silent = sum(one.is_silent and one.is_wanted for one in examples)
    wanted = sum(len(item.wanted) for item in material) - silent
    return {"precision": round(hits / max(1, given), 4), "recall": round(hits / max(1, wanted), 4)}


def _examples(item: Labelled, knowledge: Knowledge) -> list[Example]:
    title = make_surface(item.title, exact=not item.title.isascii())
    text = make_surface(item.text, exact=True)
    fields = {"title": title, "text": text}
    evidence = find_places(title, text, knowledge.names, knowledge.traps, day=None)
    candidates = gather(evidence.found, knowledge.names.by_id)
    examples = []
    for candidate in candidates:
        keys = frozenset(place_key(fields[f.field].plain[f.start : f.end]) for f in candidate.found)
        features = features_of(candidate, candidates, len(item.text))
        is_silent = item.is_ours and "only locates" in features
        if keys & item.wanted or not keys & item.open:
            examples.append(Example(item.id, keys, features, bool(keys & item.wanted), is_silent))
    return examples


def _labelled(row: dict[str, Any], source: dict[str, Any]) -> Labelled:
    title = source.get("title") or ""
    return Labelled(
        row["id"], title, source["text"], _keys(row["event_places"]), _keys(row["open"]), is_ours=True
    )


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(place_key, names))


def _fold_of(identifier: str) -> int:
    """Articles of one story together: they tell of the same places ("vims:Cluster_211/1385")."""
    story = identifier.partition("/")[0] if identifier.startswith("vims:") else identifier
    return int(hashlib.sha256(b"fold" + story.encode()).hexdigest(), 16) % FOLDS

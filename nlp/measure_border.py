"""How well the topic of the border (T01) is told from texts that merely name it, beside its floors.

The gold labels hold too few articles of it to say. Read here are `training/labels_border.jsonl`, of which
nothing is learned, and the second round of our own labels, half A of which is learned from (labels.md).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from nlp.measure import half_of, iter_texts
from nlp.training.examples import load_second_round
from store.types import Article, Reading, Scope

TOPIC = "T01"


class Label(NamedTuple):
    """Whether an article, by its id, is about the border."""

    id: str
    is_border: bool


def load_labels() -> list[Label]:
    """The labels of both files; of the second round those that say all topics of an article."""
    lines = files("nlp").joinpath("training/labels_border.jsonl").read_text("utf-8").splitlines()
    own = [Label(row["id"], row[TOPIC]) for row in map(json.loads, lines)]
    given = ((key, row.get("topics")) for key, row in load_second_round().items())
    return own + [Label(key, TOPIC in topics) for key, topics in given if isinstance(topics, list)]


def find_articles(folder: Path, wanted: Collection[str]) -> dict[str, Article]:
    """The articles with these ids under the data folder, by id.

    Raises:
        OSError: when a file cannot be read.
        ValueError: when a text is not there.

    """
    texts = dict(iter_texts(folder, set(wanted)))
    if missing := sorted(set(wanted) - texts.keys()):
        raise ValueError(f"{len(missing)} labelled articles are not under {folder}, the first: {missing[0]}")
    return {key: _article(key, row) for key, row in texts.items()}


def measure(
    folder: Path, read: Callable[[Article], Reading], *, halves: str = "AB"
) -> dict[str, dict[str, float]]:
    """Data folder -> T01's precision, recall and F1 by half, from 0 to 1.

    The undoubted have no part of their own: half B holds not one undoubted label that says yes.
    """
    labels = [label for label in load_labels() if half_of(label.id) in halves]
    articles = find_articles(folder, {label.id for label in labels})
    given = {key: any(tag.id == TOPIC for tag in read(article).topics) for key, article in articles.items()}
    parts = {half: [label for label in labels if half_of(label.id) == half] for half in halves}
    return {
        name: score([(label.is_border, given[label.id]) for label in part]) for name, part in parts.items()
    }


def score(pairs: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Pairs of (labelled, given) -> the scores; `spared`: of those not about it, the share not given it."""
    counts = Counter(pairs)
    hits, missed = counts[True, True], counts[True, False]
    false, spared = counts[False, True], counts[False, False]
    scores = {
        "T01_precision": hits / max(1, hits + false),
        "T01_recall": hits / max(1, hits + missed),
        "T01_f1": 2 * hits / max(1, 2 * hits + false + missed),
        "T01_spared": spared / max(1, spared + false),
    }
    return {name: round(value, 4) for name, value in scores.items()}


def load_floors() -> dict[str, float]:
    """The scores on half B below which nothing may fall."""
    floors: dict[str, float] = json.loads(files("nlp").joinpath("floors_border.json").read_text("utf-8"))
    return floors


def _article(key: str, row: dict[str, Any]) -> Article:
    return Article(key, "gold", "gold", Scope.DOMESTIC, title=row.get("title") or "", text=row["text"])

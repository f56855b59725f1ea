"""Scores of reading on labelled articles, beside the floors they must not fall below (floors.json).

The labels lie outside the project (gold/articles.jsonl, with the texts of classification/ and clustering/).
Rules were tuned on half A only, split by a hash of the id: half B is what to believe.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.read import make_knowledge, read
from nlp.text import fold
from nlp.trained import Models
from store.types import Article, Gazetteer, MentionKind, Reading, RelevanceLabel, Scope, Topic

_TEXTS = {
    "vntc": (
        "classification/vntc/mentions_gialai",
        "classification/vntc/mentions_border_religion_rights",
        "classification/vntc/stratified_60_per_label_and_split",
    ),
    "unc": ("classification/unc/unc",),
    "vims": ("clustering/vims/vims",),
}
_KEY_TOPICS = ("T01", "T03", "T04", "T05")  # the subjects the office asks for first
# The word before a name, which labellers and rules may write or leave out: "TP Pleiku", "rừng Kon Ka Kinh".
_UNIT = re.compile(
    r"^(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|tinh|tp|tx|tt|h|p|lang|buon|plei|thon|rung|song|suoi|"
    r"thac|vuon quoc gia)[ .]+"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with what a person said of it."""

    id: str
    title: str
    text: str
    relevance: RelevanceLabel
    topics: frozenset[str]
    topics_scored: bool
    event_places: frozenset[str]
    sure: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One article with its labels and its reading."""

    item: Labelled
    reading: Reading


def load_labelled(folder: Path) -> list[Labelled]:
    """The labelled articles under the data folder, in the order of the labels.

    Raises:
        OSError: when a file cannot be read.
        KeyError: when a label's article is not among the texts.

    """
    labels = [json.loads(line) for line in (folder / "gold/articles.jsonl").read_text("utf-8").splitlines()]
    texts = dict(iter_texts(folder, {label["id"] for label in labels}))
    return [_labelled(label, texts[label["id"]]) for label in labels]


def half_of(identifier: str) -> str:
    """A or B, by whether the SHA-256 of the id is even or odd."""
    return "AB"[int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 2]


def measure(
    folder: Path, *, gazetteer: Gazetteer, topics: Sequence[Topic], models: Models | None = None
) -> dict[str, dict[str, float]]:
    """Data folder -> scores from 0 to 1 by part: A (tuned on), B (unseen), sure (of B, the undoubted)."""
    knowledge = make_knowledge(gazetteer, topics, models)
    scored = [Scored(item, read(_article(item), knowledge)) for item in load_labelled(folder)]
    unseen = [one for one in scored if half_of(one.item.id) == "B"]
    parts = {
        "A": [one for one in scored if half_of(one.item.id) == "A"],
        "B": unseen,
        "sure": [one for one in unseen if one.item.sure],
    }
    return {name: score(part) for name, part in parts.items()}


def score(scored: Sequence[Scored]) -> dict[str, float]:
    """Articles with labels and readings -> every score."""
    topical = [one for one in scored if one.item.topics_scored]
    right = sum(one.reading.relevance.label is one.item.relevance for one in scored)
    scores = {"relevance_accuracy": right / max(1, len(scored))}
    scores |= _rates("about", scored, _label_sets(RelevanceLabel.ABOUT))
    scores["sport_recall"] = _rates("sport", scored, _label_sets(RelevanceLabel.SPORT))["sport_recall"]
    scores |= _rates("topics", topical, _topic_sets)
    scores |= {
        f"{topic}_f1": _rates(topic, topical, _one_topic(topic))[f"{topic}_f1"] for topic in _KEY_TOPICS
    }
    scores |= _rates("event_places", scored, _place_sets)
    return {name: round(value, 4) for name, value in scores.items()}


def load_floors() -> dict[str, float]:
    """The scores on half B below which nothing may fall."""
    floors: dict[str, float] = json.loads(files("nlp").joinpath("floors.json").read_text("utf-8"))
    return floors


def place_key(name: str) -> str:
    """A place as labelled or found -> what is compared: folded, no unit word, letters and digits only."""
    plain = " ".join(fold(name).text.replace(".", " ").split())
    return re.sub(r"[^a-z0-9]", "", _UNIT.sub("", plain))


_Sets = Callable[[Scored], tuple[frozenset[str], frozenset[str]]]


def _rates(name: str, scored: Iterable[Scored], sets: _Sets) -> dict[str, float]:
    """Precision, recall and F1 over all pairs of (wanted, given)."""
    counts: Counter[str] = Counter()
    for one in scored:
        wanted, given = sets(one)
        counts += Counter(hit=len(wanted & given), wanted=len(wanted), given=len(given))
    precision = counts["hit"] / max(1, counts["given"])
    recall = counts["hit"] / max(1, counts["wanted"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}


def _label_sets(label: RelevanceLabel) -> _Sets:
    def sets(one: Scored) -> tuple[frozenset[str], frozenset[str]]:
        wanted = frozenset({"yes"} if one.item.relevance is label else ())
        return wanted, frozenset({"yes"} if one.reading.relevance.label is label else ())

    return sets


def _topic_sets(one: Scored) -> tuple[frozenset[str], frozenset[str]]:
    return one.item.topics, frozenset(tag.id for tag in one.reading.topics)


def _one_topic(topic: str) -> _Sets:
    def sets(one: Scored) -> tuple[frozenset[str], frozenset[str]]:
        wanted, given = _topic_sets(one)
        return wanted & {topic}, given & {topic}

    return sets


def _place_sets(one: Scored) -> tuple[frozenset[str], frozenset[str]]:
    events = (p for p in one.reading.places if p.kind is MentionKind.EVENT_PLACE)
    return frozenset(map(place_key, one.item.event_places)), frozenset(place_key(p.name) for p in events)


def iter_texts(folder: Path, wanted: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The articles of the data folder with these ids ("unc:…"), each with its row."""
    for prefix in _TEXTS:
        yield from ((key, row) for key, row in iter_corpus(folder, prefix) if key in wanted)


def iter_corpus(folder: Path, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """All articles of one corpus ("vntc", "unc", "vims") with their ids; some stand in two of its files."""
    for name in _TEXTS[prefix]:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from ((f"{prefix}:{row['id']}", row) for row in map(json.loads, lines))


def _labelled(label: dict[str, Any], row: dict[str, Any]) -> Labelled:
    return Labelled(
        id=label["id"],
        title=row.get("title") or "",
        text=row["text"],
        relevance=RelevanceLabel(label["relevance"]),
        topics=frozenset(label["topics"]),
        topics_scored=label["topics_scored"],
        event_places=frozenset(label["event_places"]),
        sure=label["sure"],
    )


def _article(item: Labelled) -> Article:
    return Article(item.id, "gold", "gold", Scope.DOMESTIC, title=item.title, text=item.text)

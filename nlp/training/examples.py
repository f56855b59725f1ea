"""What the models learn from: seeds written for the project, labels of people, corrections from the desk.

A fixed part, told by the hash of the id, is never learned from: by it a new model is judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nlp.measure import half_of, iter_texts, load_labelled
from store.types import Topic

SEED_FORCE = 1.0
LABEL_FORCE = 2.0  # a person read the whole article
_PARTS = 5  # one of them is held out


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what a person says of it.

    `topics`: whether each is its topic; those left out are unknown. `relevance` is empty where nobody said.
    """

    id: str
    title: str
    text: str
    relevance: str
    topics: Mapping[str, bool]
    force: float
    held_out: bool


def is_held_out(identifier: str) -> bool:
    """Whether an id falls in the fifth that is only for judging."""
    return int(hashlib.sha256(f"held {identifier}".encode()).hexdigest(), 16) % _PARTS == 0


def load_seeds(topics: tuple[Topic, ...]) -> list[Example]:
    """The invented texts of nlp/training/seeds as examples."""
    known = [topic.id for topic in topics]
    return [*_topic_seeds("vi", known), *_topic_seeds("en", known), *_relevance_seeds()]


def load_people(folder: Path, topics: tuple[Topic, ...]) -> list[Example]:
    """Data folder -> the gold labels and our own of other articles of the folder; of the gold ones and of our
    second round (labels.md) half B is held out.

    Raises:
        OSError: when a file cannot be read.

    """
    known = [topic.id for topic in topics]
    return [*_gold(folder, known), *_own(folder, known)]


def load_own_labels() -> dict[str, dict[str, object]]:
    """Our own labels, made by reading, by the id of the article; the texts lie outside the project."""
    return _load_labels("labels.jsonl") | load_second_round()


def load_second_round() -> dict[str, dict[str, object]]:
    """Of our own labels those of the second round, of which half is held out (labels.md)."""
    return _load_labels("labels_second.jsonl")


def _load_labels(name: str) -> dict[str, dict[str, object]]:
    lines = files("nlp").joinpath(f"training/{name}").read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def _gold(folder: Path, known: list[str]) -> Iterator[Example]:
    for item in load_labelled(folder):
        topics = {topic: topic in item.topics for topic in known} if item.topics_scored else {}
        held = half_of(item.id) == "B"
        yield Example(item.id, item.title, item.text, item.relevance.value, topics, LABEL_FORCE, held)


def _own(folder: Path, known: list[str]) -> Iterator[Example]:
    labels, second = load_own_labels(), load_second_round()
    for key, row in iter_texts(folder, set(labels)):
        label = labels.pop(key, None)  # an article may stand in two files
        if label is None:
            continue
        given = label.get("topics")
        topics = {topic: topic in given for topic in known} if isinstance(given, list) else {}
        relevance = str(label.get("relevance", ""))
        held = key in second and half_of(key) == "B"
        yield Example(key, row.get("title") or "", row["text"], relevance, topics, LABEL_FORCE, held)


def _topic_seeds(language: str, known: list[str]) -> Iterator[Example]:
    for number, (given, text) in enumerate(_lines(f"topics.{language}.txt", 2)):
        named = set() if given == "-" else set(given.split(","))
        identifier = f"seed:{language}:{number}"
        topics = {topic: topic in named for topic in known}
        yield Example(identifier, "", text, "", topics, SEED_FORCE, is_held_out(identifier))


def _relevance_seeds() -> Iterator[Example]:
    for number, (label, title, text) in enumerate(_lines("relevance.txt", 3)):
        identifier = f"seed:relevance:{number}"
        yield Example(identifier, title, text, label, {}, SEED_FORCE, is_held_out(identifier))


def _lines(name: str, parts: int) -> Iterator[list[str]]:
    text = files("nlp").joinpath(f"training/seeds/{name}").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split(" | ", parts - 1)

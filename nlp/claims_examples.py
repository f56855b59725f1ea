"""Labelled sentences to fit and measure check-worthiness on; only the seeds' text is part of the project."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.measure import iter_texts

_BUSTER = "checkworthy/claimbuster_two_class"
_LABELLED = "real.vi.jsonl"
_KINDS = {"C", "U", "N"}


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


def load_seeds() -> list[Sentence]:
    """The invented Vietnamese sentences of nlp/claims_seeds, labelled as in its README.

    Raises:
        ValueError: when a line has another label than C, U or N.

    """
    return list(_seeds(files("nlp").joinpath("claims_seeds/sentences.vi.txt").read_text(encoding="utf-8")))


def load_labelled(folder: Path) -> list[Sentence]:
    """Data folder -> the further real sentences that nlp/claims_seeds/real.vi.jsonl points to, in its order.

    Raises:
        ValueError: as `find_labelled`.

    """
    return find_labelled(folder, files("nlp").joinpath("claims_seeds", _LABELLED).read_text(encoding="utf-8"))


def find_labelled(folder: Path, labels: str) -> list[Sentence]:
    """Data folder and lines of labels -> the sentences they point to in the corpora, none of them unseen.

    Raises:
        ValueError: when a line has another label than C, U or N, its article is missing, or its text
            is another (by the first 12 hex digits of SHA-256) than the one that was read.

    """
    lines = [json.loads(line) for line in labels.splitlines()]
    texts = {key: row["text"] for key, row in iter_texts(folder, {line["id"] for line in lines})}
    return list(_labelled(lines, texts))


def _labelled(lines: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> Iterator[Sentence]:
    for number, line in enumerate(lines, start=1):
        where = f"{_LABELLED}, line {number}"
        _require_kind(line["label"], where)
        if line["id"] not in texts:
            raise ValueError(f"{where}: no article {line['id']!r} in the corpora; take the line out")
        text = texts[line["id"]][line["start"] : line["end"]]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != line["sha"]:
            raise ValueError(f"{where}: the text is another than the one labelled; label it anew")
        yield Sentence(text, line["label"] == "C", line["sure"], unseen=False)


def _seeds(text: str) -> Iterator[Sentence]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, sentence = line.partition(" ")
        _require_kind(label, f"sentences.vi.txt, line {number}")
        yield Sentence(sentence.strip(), label == "C", is_sure=True, unseen=False)


def _require_kind(label: str, where: str) -> None:
    if label not in _KINDS:
        raise ValueError(f"{where}: label {label!r}; write C, U or N")


def _is_unseen(identifier: str) -> bool:
    return hashlib.sha256(identifier.encode()).digest()[0] % 2 == 1

"""Labelled sentences to fit and measure check-worthiness on; only the seeds are part of the project."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

_BUSTER = "checkworthy/claimbuster_two_class"


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


def _seeds(text: str) -> Iterator[Sentence]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, sentence = line.partition(" ")
        if label not in {"C", "U", "N"}:
            raise ValueError(f"sentences.vi.txt, line {number}: label {label!r}; write C, U or N")
        yield Sentence(sentence.strip(), label == "C", is_sure=True, unseen=False)


def _is_unseen(identifier: str) -> bool:
    return hashlib.sha256(identifier.encode()).digest()[0] % 2 == 1

"""The answer sheet (answers.yaml): written from the story files by `python -m practice --write-answers`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from practice.documents import load_document
from practice.outlets import closed_paths
from practice.values import Answer, Answers, Edition, Figure, PlantedPair, PressArticle

SHEET = Path(__file__).parent / "answers.yaml"
_HEAD = (
    "# Written by `python -m practice --write-answers` from articles/*.yaml; change those, not this file.\n"
)


def load_answers(path: Path = SHEET) -> Answers:
    """answers.yaml as frozen values."""
    sheet = load_document(path)
    return Answers(
        articles={key: _answer_from(entry) for key, entry in sheet["articles"].items()},
        disagreements=tuple(_pair_from(pair) for pair in sheet["disagreements"]),
        agreements=tuple(_pair_from(pair) for pair in sheet["agreements"]),
    )


def sheet_from(edition: Edition) -> str:
    """The text of answers.yaml for an edition: sorted by key, so that a small change stays small."""
    closed = closed_paths()
    ordered = sorted(edition.articles, key=lambda article: article.key)
    articles = {article.key: _entry_of(article, closed[article.outlet]) for article in ordered}
    sheet = {
        "articles": articles,
        "disagreements": [_pair_entry(pair) for pair in edition.disagreements],
        "agreements": [_pair_entry(pair) for pair in edition.agreements],
    }
    return _HEAD + yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, width=110)


def _entry_of(article: PressArticle, closed: tuple[str, ...]) -> dict[str, Any]:
    barred = any(article.path.startswith(path) for path in closed)
    return {
        "relevance": article.relevance,
        "topics": list(article.topics),
        "story": article.story,
        "copy_of": article.copy_of,
        "trouble": "robots" if barred else article.trouble,
    }


def _answer_from(entry: Mapping[str, Any]) -> Answer:
    return Answer(
        entry["relevance"], tuple(entry["topics"]), entry["story"], entry["copy_of"], entry["trouble"]
    )


def _pair_from(pair: Mapping[str, Any]) -> PlantedPair:
    return PlantedPair(pair["story"], pair["quantity"], Figure(**pair["first"]), Figure(**pair["second"]))


def _pair_entry(pair: PlantedPair) -> dict[str, Any]:
    first, second = (
        {"article": figure.article, "figure": figure.figure} for figure in (pair.first, pair.second)
    )
    return {"story": pair.story, "quantity": pair.quantity, "first": first, "second": second}

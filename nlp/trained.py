"""The models of reading: the shipped ones or the office's own, each checked on the way in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from nlp.linear import MOST_BYTES, Linear, ModelError, linear_from, parse_model
from nlp.topic_model import TopicModel, topic_model_from

RELEVANCE = "relevance.json"
TOPICS = "topics.json"


@dataclass(frozen=True)
class Models:
    """What reading weighs with. `version` changes with any weight, so that articles are read again."""

    relevance: Linear
    topics: TopicModel
    version: str


def load_models(folder: Path | None = None) -> Models:
    """The models under `folder`, the shipped one for each that is not there.

    Raises:
        ModelError: when a file cannot be used; it says which and what to do.
        OSError: when a file cannot be read.

    """
    texts = {name: _text_of(folder, name) for name in (RELEVANCE, TOPICS)}
    return _load(texts[RELEVANCE], texts[TOPICS])


def models_from(relevance: str, topics: str) -> Models:
    """The texts of both files -> Models.

    Raises:
        ModelError: when one cannot be used.

    """
    digest = hashlib.sha256(f"{relevance}\x1f{topics}".encode()).hexdigest()[:8]
    return Models(linear_from(parse_model(relevance)), topic_model_from(parse_model(topics)), digest)


@cache
def _load(relevance: str, topics: str) -> Models:
    return models_from(relevance, topics)


def _text_of(folder: Path | None, name: str) -> str:
    own = folder / name if folder else None
    if own is None or not own.exists():
        return files("nlp").joinpath(f"models/{name}").read_text("utf-8")
    if own.stat().st_size > 4 * MOST_BYTES:
        raise ModelError(f"{own}: too large for a model; delete it, and the shipped one is used")
    text = own.read_text("utf-8")
    try:
        parse_model(text)
    except ModelError as error:
        raise ModelError(f"{own}: {error}; delete it, and the shipped one is used") from error
    return text


def install_model(folder: Path, name: str, text: str) -> None:
    """Put a model's file into the office's folder, whole or not at all; the one before stays beside it.

    Raises:
        ModelError: when it is no model: then nothing was changed.
        OSError: when it cannot be written.

    """
    parts = parse_model(text)
    if name == RELEVANCE:
        linear_from(parts)
    else:
        topic_model_from(parts)
    folder.mkdir(parents=True, exist_ok=True)
    target, fresh = folder / name, folder / f"{name}.new"
    fresh.write_text(text, encoding="utf-8")
    if target.exists():
        target.replace(folder / f"{name}.before")
    fresh.replace(target)

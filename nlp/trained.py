"""The models of reading: the shipped ones or the office's own, each checked on the way in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from nlp.linear import MOST_BYTES, Linear, ModelError, linear_from, parse_model
from nlp.topic_model import TopicModel, topic_model_from
from store.types import RelevanceLabel

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
    relevance, topics = _own_text(folder, RELEVANCE), _own_text(folder, TOPICS)
    for name, text in ((RELEVANCE, relevance), (TOPICS, topics)):
        if folder is not None and text is not None:
            with _naming(folder / name):
                _check(name, text)
    return _load(relevance or _shipped(RELEVANCE), topics or _shipped(TOPICS))


def models_from(relevance: str, topics: str) -> Models:
    """The texts of both files -> Models.

    Raises:
        ModelError: when one cannot be used.

    """
    digest = hashlib.sha256(f"{relevance}\x1f{topics}".encode()).hexdigest()[:8]
    return Models(_relevance_from(relevance), _topics_from(topics), digest)


@cache
def _load(relevance: str, topics: str) -> Models:
    return models_from(relevance, topics)


@cache
def _relevance_from(text: str) -> Linear:
    model = linear_from(parse_model(text))
    if set(model.bias) != set(RelevanceLabel):
        raise ModelError(f"its classes are not {', '.join(RelevanceLabel)}")
    return model


@cache
def _topics_from(text: str) -> TopicModel:
    return topic_model_from(parse_model(text))


def _check(name: str, text: str) -> None:
    """Read a model's text and forget it.

    Raises:
        ModelError: when it is none.

    """
    if name == RELEVANCE:
        _relevance_from(text)
    else:
        _topics_from(text)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Say in which file a fault is and what to do."""
    try:
        yield
    except ModelError as error:
        raise ModelError(f"{file}: {error}; delete it, and the shipped one is used") from error


def _shipped(name: str) -> str:
    return files("nlp").joinpath(f"models/{name}").read_text("utf-8")


def _own_text(folder: Path | None, name: str) -> str | None:
    """The text of the office's own model, None where it has none."""
    own = folder / name if folder else None
    if own is None or not own.exists():
        return None
    with _naming(own):
        if own.stat().st_size > 4 * MOST_BYTES:
            raise ModelError("too large for a model")
        try:
            return own.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise ModelError("not JSON: it is no text in UTF-8") from error


def install_model(folder: Path, name: str, text: str) -> None:
    """Put a model's file into the office's folder, whole or not at all; the one before stays beside it.

    Raises:
        ModelError: when it is no model: then nothing was changed.
        OSError: when it cannot be written.

    """
    _check(name, text)
    folder.mkdir(parents=True, exist_ok=True)
    target, fresh = folder / name, folder / f"{name}.new"
    fresh.write_text(text, encoding="utf-8")
    if target.exists():
        target.replace(folder / f"{name}.before")
    fresh.replace(target)

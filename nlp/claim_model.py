"""The weights that make a check-worthiness score, and the words in which it is explained. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.claim_words import KnownWords, find_words, word_of
from nlp.linear import ModelError, number_from, parse_model

_TELLING = 0.15  # a feature is named among the reasons from this weight on
_TOLD_WORDS = 3  # the most telling words only: nobody reads twenty


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Weights by feature name and by word for one language, with the constant added to every sentence.

    `words`: word as `nlp.claim_words` counts it -> weight; `shown`: the same -> how it is written for people.
    """

    bias: float
    weights: Mapping[str, float]
    words: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    telling: Mapping[str, float] = field(init=False)
    known: KnownWords = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Which words are worth naming is asked once, not for each sentence."""
        object.__setattr__(self, "telling", {word: self.words[word] for word in _telling(self.words)})
        object.__setattr__(self, "known", KnownWords(self.words))

    def words_in(self, bare: str) -> set[str]:
        """A sentence without loaded words and names -> its words that have a weight."""
        return find_words(bare, self.known.__getitem__)

    def score(self, features: Mapping[str, float], words: AbstractSet[str] = frozenset()) -> float:
        """Features and words -> 0 to 1."""
        total = self.bias
        weights, weighed = self.weights, self.words
        for name, value in features.items():
            if value and name in weights:
                total += weights[name] * value
        total += math.fsum([weighed[word] for word in words if word in weighed])  # in any order the same
        return 1.0 / (1.0 + math.exp(-total))

    def reasons(
        self, features: Mapping[str, float], words: AbstractSet[str] = frozenset()
    ) -> tuple[str, ...]:
        """The features that moved the score, the strongest first, then the words, with signed weights."""
        weights, telling = self.weights, self.telling
        parts = {name: weights[name] * value for name, value in features.items() if value and name in weights}
        told = sorted([(-abs(part), name) for name, part in parts.items() if abs(part) >= _TELLING])
        most = sorted([(-abs(telling[word]), word) for word in words if word in telling])[:_TOLD_WORDS]
        return (
            *(f"{name} {parts[name]:+.2f}" for _, name in told),
            *(f"“{self.shown.get(word, word)}” {telling[word]:+.2f}" for _, word in most),
        )


def _telling(parts: Mapping[str, float]) -> Iterator[str]:
    return (name for name, part in parts.items() if abs(part) >= _TELLING)


@cache
def load_model(language: str) -> ClaimModel:
    """`vi` or `en` -> the shipped weights, read once.

    Raises:
        ModelError: when the shipped file is no model.

    """
    shipped = parse_model(files("nlp").joinpath("models/claims.json").read_text(encoding="utf-8"))
    return model_from(shipped, "en" if language == "en" else "vi")


def model_from(parsed: Mapping[str, Any], language: str) -> ClaimModel:
    """A parsed models/claims.json and a language in it -> its weights; every number is looked at.

    Raises:
        ModelError: when a part is missing or a weight is no number.

    """
    try:
        chosen = parsed["models"][language]
        return ClaimModel(
            bias=number_from(chosen["bias"]),
            weights={str(name): number_from(value) for name, value in chosen["weights"].items()},
            words={word_of(str(shown)): number_from(value) for shown, value in chosen["words"].items()},
            shown={word_of(str(shown)): str(shown) for shown in chosen["words"]},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"models/claims.json: no model for {language}: {error}") from error

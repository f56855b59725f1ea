"""The weights that make a check-worthiness score, and the words in which it is explained. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.claim_words import word_of
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

    def __post_init__(self) -> None:
        """Which words are worth naming is asked once, not for each sentence."""
        object.__setattr__(self, "telling", {word: self.words[word] for word in _telling(self.words)})

    def score(self, features: Mapping[str, float], words: AbstractSet[str] = frozenset()) -> float:
        """Features and words -> 0 to 1."""
        total = self.bias
        for name, value in features.items():
            if value:
                total += self.weights.get(name, 0.0) * value
        total += math.fsum(map(self.words.__getitem__, self.words.keys() & words))
        return 1.0 / (1.0 + math.exp(-total))

    def reasons(
        self, features: Mapping[str, float], words: AbstractSet[str] = frozenset()
    ) -> tuple[str, ...]:
        """The features that moved the score, the strongest first, then the words, with signed weights."""
        parts = {name: self.weights.get(name, 0.0) * value for name, value in features.items() if value}
        told = sorted(_telling(parts), key=lambda n: (-abs(parts[n]), n))
        weighed = {word: self.telling[word] for word in self.telling.keys() & words}
        most = sorted(weighed, key=lambda w: (-abs(weighed[w]), w))[:_TOLD_WORDS]
        return (
            *(f"{name} {parts[name]:+.2f}" for name in told),
            *(f"“{self.shown.get(word, word)}” {weighed[word]:+.2f}" for word in most),
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

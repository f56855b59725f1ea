"""The weights that make a check-worthiness score, and the words in which it is explained. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.claim_parts import is_part
from nlp.claim_words import KnownWords, Wording, find_marks, find_words, word_of
from nlp.linear import ModelError, number_from, parse_model

_TELLING = 0.15  # a feature is named among the reasons from this weight on
_TOLD_WORDS = 3  # the most telling words only: nobody reads twenty
NO_WORDS = Wording(frozenset())


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Weights by feature name and by word for one language, with the constant added to every sentence.

    `words`: word as `nlp.claim_words` counts it -> weight; `shown`: the same -> how it is written for people.
    `parted`: also pairs of words, their beginnings and endings are among them.
    """

    bias: float
    weights: Mapping[str, float]
    words: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    parted: bool = False
    telling: Mapping[str, float] = field(init=False)
    known: KnownWords = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Which words are worth naming is asked once, not for each sentence."""
        object.__setattr__(self, "telling", {word: self.words[word] for word in _telling(self.words)})
        object.__setattr__(self, "known", KnownWords(self.words))

    def wording_of(self, bare: str) -> Wording:
        """A sentence without loaded words and names -> what of its words has a weight."""
        if self.parted:
            found = find_marks(bare)
            return Wording(found.marks & self.words.keys(), found.share)
        return Wording(find_words(bare, self.known.__getitem__))

    def score(self, features: Mapping[str, float], wording: Wording = NO_WORDS) -> float:
        """Features and words -> 0 to 1."""
        total = self.bias
        weights, weighed = self.weights, self.words
        for name, value in features.items():
            if value and name in weights:
                total += weights[name] * value
        known = [weighed[mark] for mark in wording.marks if mark in weighed]
        total += wording.share * math.fsum(known)  # in any order the same
        return 1.0 / (1.0 + math.exp(-total))

    def reasons(self, features: Mapping[str, float], wording: Wording = NO_WORDS) -> tuple[str, ...]:
        """The features that moved the score, the strongest first, then the words, with signed weights."""
        weights, telling = self.weights, self.telling
        parts = {name: weights[name] * value for name, value in features.items() if value and name in weights}
        told = sorted([(-abs(part), name) for name, part in parts.items() if abs(part) >= _TELLING])
        most = sorted([(-abs(telling[mark]), mark) for mark in wording.marks if mark in telling])[
            :_TOLD_WORDS
        ]
        share = wording.share
        return (
            *(f"{name} {parts[name]:+.2f}" for _, name in told),
            *(f"“{self.shown.get(mark, mark)}” {share * telling[mark]:+.2f}" for _, mark in most),
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
            words={_mark_of(str(shown)): number_from(value) for shown, value in chosen["words"].items()},
            shown={_mark_of(str(shown)): str(shown) for shown in chosen["words"]},
            parted=chosen.get("parted") is True,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"models/claims.json: no model for {language}: {error}") from error


def _mark_of(shown: str) -> str:
    return shown if is_part(shown) else word_of(shown)

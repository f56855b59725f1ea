"""Checkable sentences with exact offsets, and why each is worth checking. Pure.

A score is a weighted sum of named features (nlp/models/claims.json); it says "worth checking", never
"doubtful".
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.claim_features import find_attribution, find_features
from nlp.quantities import find_quantities
from nlp.sentences import split
from nlp.text import fold
from store.types import Claim, PlaceMention, Quantity

THRESHOLD = 0.5  # below it a sentence is no claim; opinion, forecast and question sink there by their weights
_MAX_SENTENCE = 1200  # characters; what is longer is a list or a broken page, not a sentence
_MIN_WORDS = 5
_TELLING = 0.15  # a feature is named among the reasons from this weight on


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Weights by feature name for one language, with the constant that is added to every sentence."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Features -> 0 to 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-total))

    def reasons(self, features: Mapping[str, float]) -> tuple[str, ...]:
        """The features that moved the score, the strongest first, each with its signed weight."""
        parts = {name: self.weights.get(name, 0.0) * value for name, value in features.items()}
        telling = sorted(
            (n for n, part in parts.items() if abs(part) >= _TELLING), key=lambda n: (-abs(parts[n]), n)
        )
        return tuple(f"{name} {parts[name]:+.2f}" for name in telling)


@cache
def load_model(language: str) -> ClaimModel:
    """`vi` or `en` -> the shipped weights."""
    shipped = json.loads(files("nlp").joinpath("models/claims.json").read_text(encoding="utf-8"))
    chosen = shipped["models"]["en" if language == "en" else "vi"]
    return ClaimModel(bias=chosen["bias"], weights=chosen["weights"])


def find_claims(text: str, *, title: str, language: str, places: Sequence[PlaceMention]) -> tuple[Claim, ...]:
    """An article's text, its title, language code and place mentions -> its checkable sentences in order.

    `claim.text == text[claim.start:claim.end]`, and every quantity's offsets are the text's own. A line that
    repeats the title is no claim of its own. Other languages than Vietnamese and English give none: there is
    no measured model for them.
    """
    if not language.startswith(("vi", "en")):
        return ()
    model = load_model("en" if language.startswith("en") else "vi")
    quantities = sorted(find_quantities(text, language=language), key=lambda q: q.start)
    figure_starts = [q.start for q in quantities]
    place_starts = sorted(p.start for p in places if p.field == "text")
    heading = fold(title).text.strip()
    found: list[Claim] = []
    for span in split(text):
        sentence = text[span.start : span.end]
        if not _may_claim(sentence, heading):
            continue
        # looked up, not scanned: a long text has thousands of sentences and of figures
        first, after = (bisect_left(figure_starts, edge) for edge in (span.start, span.end))
        inside = tuple(q for q in quantities[first:after] if q.end <= span.end)
        has_place = bisect_left(place_starts, span.start) < bisect_left(place_starts, span.end)
        features = find_features(sentence, quantities=inside, has_place=has_place)
        if (score := _rounded(model, features)) >= THRESHOLD:  # most are below, and nobody asks why
            found.append(_claim_from(sentence, span.start, inside, score, model.reasons(features)))
    return tuple(found)


def weigh(
    sentence: str, start: int, *, quantities: tuple[Quantity, ...], has_place: bool, model: ClaimModel
) -> Claim:
    """One sentence that begins at character `start` of its text -> a claim with its score, however low."""
    features = find_features(sentence, quantities=quantities, has_place=has_place)
    return _claim_from(sentence, start, quantities, _rounded(model, features), model.reasons(features))


def _rounded(model: ClaimModel, features: Mapping[str, float]) -> float:
    return round(model.score(features), 4)


def _claim_from(
    sentence: str, start: int, quantities: tuple[Quantity, ...], score: float, why: tuple[str, ...]
) -> Claim:
    return Claim(
        text=sentence,
        start=start,
        end=start + len(sentence),
        score=score,
        why=why,
        quantities=quantities,
        attributed=find_attribution(sentence),
    )


def _may_claim(sentence: str, heading: str) -> bool:
    if len(sentence) > _MAX_SENTENCE or sentence.count(" ") < _MIN_WORDS - 1:
        return False
    if not len(heading) <= len(sentence) + 9 <= 3 * len(heading) + 18:
        return True  # folding is dear; three characters become one at most (a vowel with two marks, NFD)
    return fold(sentence).text.strip(" .") != heading

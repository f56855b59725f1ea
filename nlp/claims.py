"""Checkable sentences with exact offsets, and why each is worth checking. Pure.

A score is a weighted sum of named features and of words (nlp/models/claims.json); it says "worth checking",
never "doubtful".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from nlp.claim_cleaning import Cleaned, clean, clean_all
from nlp.claim_features import features_of, find_attribution
from nlp.claim_model import ClaimModel, load_model
from nlp.claim_words import Wording, find_marks, find_words
from nlp.loaded import may_hold, take_out
from nlp.quantities import find_quantities
from nlp.sentences import Span, split
from nlp.text import fold
from store.types import Claim, PlaceMention, Quantity

__all__ = ["THRESHOLD", "ClaimModel", "find_claims", "is_claim", "load_model", "read_sentence", "weigh"]

THRESHOLD = 0.5  # below it a sentence is no claim; opinion sinks there by its weights
PLAN_THRESHOLD = 0.75  # a sentence of the future is one only as an announced plan: who, how much, by when
_MAX_SENTENCE = 1200  # characters; what is longer is a list or a broken page, not a sentence
_MIN_WORDS = 5


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
    found: list[Claim] = []
    for span, cleaned in _candidates(text, title):
        sentence = text[span.start : span.end]
        # looked up, not scanned: a long text has thousands of sentences and of figures
        first, after = (bisect_left(figure_starts, edge) for edge in (span.start, span.end))
        inside = tuple(q for q in quantities[first:after] if q.end <= span.end)
        has_place = bisect_left(place_starts, span.start) < bisect_left(place_starts, span.end)
        features = features_of(cleaned, quantities=inside, has_place=has_place)
        wording = model.wording_of(cleaned.bare)
        if is_claim(score := round(model.score(features, wording), 4), features):  # most are not: no reasons
            told = find_attribution(sentence) if cleaned.told else ""
            why = model.reasons(features, wording)
            found.append(Claim(sentence, span.start, span.end, score, why, inside, told))
    return tuple(found)


def _candidates(text: str, title: str) -> Iterator[tuple[Span, Cleaned]]:
    """An article's text and title -> its sentences that may be claims, as they are weighed."""
    heading = fold(take_out(title).text).text.strip(" .")
    spans = split(text)
    sentences = [text[span.start : span.end] for span in spans]
    if may_hold(text):
        sentences = [take_out(sentence).text for sentence in sentences]
    chosen = [number for number, sentence in enumerate(sentences) if _may_claim(sentence, heading)]
    cleaned = clean_all([sentences[number] for number in chosen])
    return zip((spans[number] for number in chosen), cleaned, strict=True)


def read_sentence(
    sentence: str, *, quantities: tuple[Quantity, ...], has_place: bool, parted: bool
) -> tuple[dict[str, float], Wording]:
    """One sentence, its quantities and whether it names a place -> its features and its words, all of them.

    `parted`: also pairs of words, their beginnings and endings, each weighing by the sentence's length.
    """
    cleaned = clean(sentence)
    wording = find_marks(cleaned.bare) if parted else Wording(find_words(cleaned.bare))
    return features_of(cleaned, quantities=quantities, has_place=has_place), wording


def is_claim(score: float, features: Mapping[str, float]) -> bool:
    """A sentence's score and features -> whether it is given to people and checks as a claim.

    A question never is; what is told of the future only when it is an announced plan, which can be compared
    with the plan.
    """
    if features["question"]:
        return False
    return score >= (PLAN_THRESHOLD if features["forecast"] else THRESHOLD)


def weigh(
    sentence: str, start: int, *, quantities: tuple[Quantity, ...], has_place: bool, model: ClaimModel
) -> Claim:
    """One sentence that begins at character `start` of its text -> a claim with its score, however low."""
    features, wording = read_sentence(
        sentence, quantities=quantities, has_place=has_place, parted=model.parted
    )
    score = round(model.score(features, wording), 4)
    return Claim(
        text=sentence,
        start=start,
        end=start + len(sentence),
        score=score,
        why=model.reasons(features, wording),
        quantities=quantities,
        attributed=find_attribution(sentence),
    )


def _may_claim(sentence: str, heading: str) -> bool:
    if len(sentence) > _MAX_SENTENCE or sentence.count(" ") < _MIN_WORDS - 1:
        return False
    if not len(heading) <= len(sentence) + 9 <= 3 * len(heading) + 18:
        return True  # folding is dear; three characters become one at most (a vowel with two marks, NFD)
    return fold(sentence).text.strip(" .") != heading

"""Proposes a verdict on a claim from passages of evidence, with the places that decided. People judge.

A linear model on named features (weights and card: nlp/models/verdicts.json); *not enough* where unsure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.nli.entailment import Entailment
from nlp.verdicts.features import Comparison, compare
from nlp.verdicts.reading import Prepared, prepare
from nlp.verdicts.reasons import Reason, tell_contradicted, tell_supported
from nlp.verdicts.weights import Weights, load_weights

SUPPORTED, CONTRADICTED, NOT_ENOUGH = "supported", "contradicted", "not_enough"
# Of the claim's words of content: below, the passage speaks of something else. Chosen within half A.
_LEAST_COVERED = 0.35
_LEAST_TURNED = 0.4  # the same for a figure that stands in another's place
_BY_RULE = 0.8  # how sure a rule is, below what the weights can reach


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence: any key that leads back to it, and its text. Who published it is not asked."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Because:
    """What decided: characters start:end of the passage `evidence`, and why in a few Vietnamese words."""

    evidence: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A proposal: supported, contradicted or not_enough; `score` 0 to 1: how sure, 0 if nothing compared."""

    verdict: str
    score: float
    because: tuple[Because, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is sure enough to be put before others; *not enough* never is."""
        return self.verdict != NOT_ENOUGH and self.score >= load_weights().sure[self.verdict]


def judge(claim: str, passages: Sequence[Passage], *, entailment: Entailment | None = None) -> Judgement:
    """A claim's sentence and passages that may bear on it -> what they let one propose.

    Each passage is compared by itself and the one that says most decides; where one supports and another
    contradicts, it is not_enough with both shown. Loaded words count as not written. What is supported or
    contradicted always names a place. With `entailment` its shares stand in the place of the weights'; the
    rules and the reasons stay. Pure without it; time grows with the length of the texts.

    Raises:
        EntailmentError: when the model of entailment fails; never without one.

    """
    prepared = prepare(claim)
    if not any(token.content for token in prepared.tokens):
        return Judgement(NOT_ENOUGH, 0.0)
    read = [(passage, prepare(passage.text)) for passage in passages]
    compared = [(passage, text, compare(prepared, text)) for passage, text in read if text.tokens]
    if entailment is None:
        shares = [load_weights().shares(comparison.features) for _, _, comparison in compared]
    else:
        shares = _ask(entailment, prepared, [(text, comparison) for _, text, comparison in compared])
    single = [_judge_one(*one, own) for one, own in zip(compared, shares, strict=True)]
    return _combine(single) if single else Judgement(NOT_ENOUGH, 0.0)


def _ask(
    entailment: Entailment, claim: Prepared, compared: Sequence[tuple[Prepared, Comparison]]
) -> list[dict[str, float]]:
    """The shares of each passage's stretch that speaks of the claim, with loaded words left out."""
    written = " ".join(claim.blanked.split())
    stretches = [
        text.blanked[one.alignment.window[0].start : one.alignment.window[-1].end] for text, one in compared
    ]
    asked = entailment.judge_pairs([written] * len(stretches), [" ".join(one.split()) for one in stretches])
    return [{SUPPORTED: one.entail, CONTRADICTED: one.contradict, NOT_ENOUGH: one.neutral} for one in asked]


def _judge_one(
    passage: Passage, evidence: Prepared, comparison: Comparison, shares: Mapping[str, float]
) -> Judgement:
    verdict, score = _propose(shares, load_weights().least, comparison.features)
    tell = {SUPPORTED: tell_supported, CONTRADICTED: tell_contradicted}.get(verdict)
    reasons: tuple[Reason, ...] = tell(comparison, evidence) if tell else ()
    because = tuple(Because(passage.id, one.start, one.end, one.why) for one in reasons)
    return Judgement(verdict, score, because)


def propose_with(weights: Weights, features: Mapping[str, float]) -> tuple[str, float]:
    """Weights, features by name -> a verdict and how sure, with the rules that hold over any weights."""
    return _propose(weights.shares(features), weights.least, features)


def _propose(
    shares: Mapping[str, float], least: Mapping[str, float], features: Mapping[str, float]
) -> tuple[str, float]:
    if _turns_round(features):
        return CONTRADICTED, round(max(shares[CONTRADICTED], _BY_RULE), 4)
    best = max(shares, key=lambda verdict: (shares[verdict], verdict == NOT_ENOUGH))
    unsure = shares[best] < least.get(best, 0.0)
    if unsure or not _is_allowed(best, features):
        return NOT_ENOUGH, round(max(shares[NOT_ENOUGH], 1 - shares[best]), 4)
    return best, round(shares[best], 4)


def _turns_round(features: Mapping[str, float]) -> bool:
    """A passage's sentence said again with another figure, the opposite word or a negation.

    The labelled pairs are free answers and hold almost no such near copies, news does: the bounds are from
    half A and from its passages' sentences altered by rule (nlp.measure_verdicts.iter_altered).
    """
    swapped = features["number swapped"] or features["year swapped"]
    if swapped and features["content covered"] >= _LEAST_TURNED:
        return True
    if features["figure disagrees"] and features["only the number differs"]:
        return True
    if features["near copy"] >= 0.6 and (features["figure disagrees"] or features["opposite words"]):
        return True
    return features["near copy"] >= 0.75 and bool(
        features["negated only here"] or features["negated only there"]
    )


def _is_allowed(verdict: str, features: Mapping[str, float]) -> bool:
    """Nothing is proposed from a passage of other things, nothing supported without its figure."""
    if verdict == NOT_ENOUGH:
        return True
    if features["content covered"] < _LEAST_COVERED:
        return False
    new_figure = features["number not there"] and not features["figure agrees"]
    clash = features["figure disagrees"] or features["year not there"] or new_figure
    return verdict == CONTRADICTED or not clash


def _combine(single: Sequence[Judgement]) -> Judgement:
    """The surest of the passages decides, unless another says the opposite."""
    ordered = sorted(
        single, key=lambda one: (-one.score, one.verdict, one.because[0].evidence if one.because else "")
    )
    supported = next((one for one in ordered if one.verdict == SUPPORTED), None)
    contradicted = next((one for one in ordered if one.verdict == CONTRADICTED), None)
    if supported and contradicted:
        doubt = 1 - abs(supported.score - contradicted.score)
        return Judgement(NOT_ENOUGH, round(doubt, 4), (*supported.because, *contradicted.because))
    return supported or contradicted or ordered[0]

"""Whether an article concerns the province: a linear model over named facts about places, traps and cues.

The weights stand in nlp/models/relevance.json, with a card; what they gave to the label is told in `why`.
"""

from __future__ import annotations

from collections.abc import Mapping

from nlp.linear import Linear, shares
from nlp.places.evidence import Evidence
from nlp.relevance_features import TELLING, find_relevance_features
from nlp.surface import Surface
from store.types import Relevance, RelevanceLabel

_MOST_REASONS = 8
_TELLS = 0.1  # points: less decides nothing
_UNNAMED = "không nêu địa danh nào của tỉnh"


def judge_relevance(title: Surface, text: Surface, evidence: Evidence, model: Linear) -> Relevance:
    """Title, text and what places tell -> the label, how probable `about` is, and what decided, in points.

    An article that names nothing of the province is about something else, whatever its words.
    """
    if not is_named(evidence):
        return Relevance(RelevanceLabel.NONE, 0.0, (_UNNAMED,))
    return weigh(find_relevance_features(title, text, evidence), model)


def weigh(features: Mapping[str, float], model: Linear) -> Relevance:
    """Features by name -> Relevance. The score is the probability of the label, of `about` where it is none
    of sport and company: so that lists by score stay lists by concern.
    """
    totals = model.totals(features)
    label = RelevanceLabel(max(totals, key=lambda name: totals[name]))
    probable = shares(totals)
    decided = label in {RelevanceLabel.SPORT, RelevanceLabel.COMPANY}
    score = probable[label if decided else RelevanceLabel.ABOUT]
    return Relevance(label, round(score, 3), tell(features, label, model))


def tell(features: Mapping[str, float], label: RelevanceLabel, model: Linear) -> tuple[str, ...]:
    """What spoke for and against the label, as words with value and weight, the most telling first."""
    parts = [part for part in model.parts(features, label) if abs(part.points) >= _TELLS]
    return tuple(
        f"{TELLING.get(part.name, part.name)} ({part.value:g} × {part.weight:+.2f})"
        for part in parts[:_MOST_REASONS]
    ) or ("chỉ nhắc qua",)


def is_named(evidence: Evidence) -> bool:
    """Whether a place of the province, or a club or company that bears its name, occurs at all."""
    return any(f.label != "region" for f in evidence.found) or any(
        t.label in {"sport", "company"} for _, t in evidence.trapped
    )

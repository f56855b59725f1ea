"""Whether an article concerns the province: a linear model over named facts about places, traps and cues.

The weights stand in nlp/models/relevance.json, with a card; what they gave to the label is told in `why`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.linear import Linear, shares
from nlp.places.evidence import Evidence
from nlp.relevance_features import TELLING, find_relevance_features
from nlp.relevance_words import WORDS
from nlp.surface import Surface
from store.types import Relevance, RelevanceLabel

_MOST_REASONS = 8
_TELLS = 0.1  # points: less decides nothing
_NAMESAKES = frozenset({"sport", "company"})
_START = 300  # characters
_BY_RULE = 0.5  # the score where a rule decides: surer than not, no more
# "thắng Nam Định 2-0", "lost 1-2 to"
_RESULT = re.compile(
    r"(?<![^\W_])(?:thắng|thua|hòa|hoà|đánh bại|gặp|thang|hoa|danh bai|gap|beats?|wins?|won|loses?|"
    r"lost|draw|draws|drew|defeat\w*|held|hold|edge\w*)(?![^\W_])[^.;!?\n]{0,60}?"
    r"(?<!\d)\d{1,2}\s?[-–]\s?\d{1,2}(?![\d/])"
)
_UNNAMED = "không nêu địa danh nào của tỉnh"


def judge_relevance(title: Surface, text: Surface, evidence: Evidence, model: Linear) -> Relevance:
    """Title, text and what places tell -> the label, how probable `about` is, and what decided, in points.

    An article that names nothing of the province is about something else, whatever its words.
    """
    if not is_named(evidence):
        return Relevance(RelevanceLabel.NONE, 0.0, (_UNNAMED,))
    weighed = weigh(find_relevance_features(title, text, evidence), model)
    return _of_namesake(title, text, evidence) or weighed if _is_doubtful(weighed) else weighed


def _is_doubtful(relevance: Relevance) -> bool:
    return relevance.label in {RelevanceLabel.NONE, RelevanceLabel.MENTION}


def _of_namesake(title: Surface, text: Surface, evidence: Evidence) -> Relevance | None:
    """The label of a short item that names, at its start, only the club or a company of the province's name:
    a result says few of the words that a report says. None where it does not tell which of the two.
    """
    if any(f.label not in _NAMESAKES for f in evidence.found):
        return None
    early = {t.label for field, t in evidence.trapped if field == "title" or t.start <= _START}
    start = f"{title.lower}\n{text.lower[:_START]}"
    words = WORDS.find(start)
    if "company" in early and not words.get("sport"):
        return Relevance(RelevanceLabel.COMPANY, _BY_RULE, ("chỉ nêu tên doanh nghiệp mang tên tỉnh",))
    if "sport" in early and (words.get("sport") or _RESULT.search(start)):
        return Relevance(RelevanceLabel.SPORT, _BY_RULE, ("chỉ nêu tên đội thể thao mang tên tỉnh",))
    return None


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

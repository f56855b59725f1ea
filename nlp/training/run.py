"""One training: fit, score what was held out before and after, say which model may be installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from nlp.knowledge import Knowledge
from nlp.linear import Linear, write_model
from nlp.relevance import weigh
from nlp.topic_model import TopicModel, parts_of
from nlp.trained import RELEVANCE, TOPICS, Models, load_models
from nlp.training.examples import Example, load_own_labels
from nlp.training.prepared import Prepared, prepare
from nlp.training.relevance import fit_relevance, refit_relevance
from nlp.training.topics import decide, fit_topics, load_unlabelled, refit_topics
from store.types import RelevanceLabel

_ABOUT = RelevanceLabel.ABOUT.value
_NONE = RelevanceLabel.NONE.value
_WHAT = {
    RELEVANCE: "relevance: named features of places, traps and cues, linear; five labels by softmax",
    TOPICS: "topics: cues and TF-IDF of syllables and pairs of syllables, a word's weight for each topic",
}
_NOT_USED = "who publishes or writes, country, tone, persons, faiths, peoples; no text is kept here"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of training one model: the file's text, the scores of old and new on the held out."""

    name: str
    text: str
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def is_worse(self) -> bool:
        """Whether any score fell: then the old model stays."""
        return any(self.after[name] < score for name, score in self.before.items())


@dataclass(frozen=True, slots=True)
class Given:
    """What one training is given: examples to learn from and to be judged on, and the models there are."""

    learned: Sequence[Prepared]
    judged: Sequence[Prepared]
    knowledge: Knowledge
    start: Models
    today: date


def train(
    examples: Sequence[Example],
    knowledge: Knowledge,
    *,
    today: date,
    data: Path | None,
    progress: Progress,
    start: Models | None = None,
) -> tuple[Outcome, Outcome]:
    """Examples -> the outcomes for relevance and for topics, beside the present models of `knowledge`.

    With the `data` folder the models are made from the ground up, with what its texts' cues tell; without it
    those of `start` (the shipped ones) are moved by the examples: the same corrections give the same models,
    however often they are trained. What is held out is only scored.

    Raises:
        OSError: when a file of the data folder cannot be read.

    """
    prepared = _prepare_all(examples, knowledge, progress)
    learned = [one for one in prepared if not one.example.held_out]
    judged = [one for one in prepared if one.example.held_out]
    start = start or load_models()
    progress("fit", 0, 2)
    given = Given(learned, judged, knowledge, start, today)
    relevance = _train_relevance(given, fresh=data is not None)
    progress("fit", 1, 2)
    topics = _train_topics(given, data)
    progress("fit", 2, 2)
    return relevance, topics


def score_relevance(prepared: Sequence[Prepared], model: Linear) -> dict[str, float]:
    """Examples whose relevance is known -> accuracy and the F1 of `about`."""
    some = [one for one in prepared if one.example.relevance]
    given = [weigh(one.features, model).label.value if one.features is not None else _NONE for one in some]
    pairs = Counter(zip((one.example.relevance for one in some), given, strict=True))
    right = sum(number for (wanted, got), number in pairs.items() if wanted == got)
    wanted_about = sum(number for (wanted, _), number in pairs.items() if wanted == _ABOUT)
    given_about = sum(number for (_, got), number in pairs.items() if got == _ABOUT)
    return {
        "relevance_accuracy": round(right / max(1, len(some)), 4),
        "about_f1": round(2 * pairs[_ABOUT, _ABOUT] / max(1, wanted_about + given_about), 4),
    }


def score_topics(prepared: Sequence[Prepared], model: TopicModel) -> dict[str, float]:
    """Examples whose topics are known -> micro-F1 over what is known of them."""
    hit = wanted = given = 0
    for one in prepared:
        known = one.example.topics
        if not known:
            continue
        got = decide(one, model) & known.keys()
        right = {topic for topic, holds in known.items() if holds}
        hit, wanted, given = hit + len(got & right), wanted + len(right), given + len(got)
    return {"topics_f1": round(2 * hit / max(1, wanted + given), 4)}


def _prepare_all(examples: Sequence[Example], knowledge: Knowledge, progress: Progress) -> list[Prepared]:
    prepared = []
    for done, example in enumerate(examples):
        if done % 50 == 0:
            progress("prepare", done, len(examples))
        prepared.append(prepare(example, knowledge, with_places=bool(example.relevance)))
    return prepared


def _train_relevance(given: Given, *, fresh: bool) -> Outcome:
    now = given.knowledge.models.relevance
    some = [one for one in given.learned if one.example.relevance and one.features is not None]
    judged = [one for one in given.judged if one.example.relevance]
    rows = [one.features or {} for one in some]
    labels = [one.example.relevance for one in some]
    new = fit_relevance(rows, labels) if fresh else refit_relevance(rows, labels, start=given.start.relevance)
    before, after = score_relevance(judged, now), score_relevance(judged, new)
    card = _card(RELEVANCE, some, judged, given.today, after, fresh=fresh)
    parts = {"card": card, "bias": new.bias, "weights": new.weights}
    return Outcome(RELEVANCE, write_model(parts), before, after)


def _train_topics(given: Given, data: Path | None) -> Outcome:
    now = given.knowledge.models.topics
    topics = tuple(topic.id for topic in given.knowledge.topics)
    some = [one for one in given.learned if one.example.topics]
    judged = [one for one in given.judged if one.example.topics]
    if data is None:
        new = refit_topics(some, given.start.topics, topics)
    else:
        labelled = {one.example.id for one in (*given.learned, *given.judged)} | set(load_own_labels())
        new = fit_topics(some, load_unlabelled(data, given.knowledge, leave_out=labelled), topics)
    before, after = score_topics(judged, now), score_topics(judged, new)
    new = replace(new, card=_card(TOPICS, some, judged, given.today, after, fresh=data is not None))
    return Outcome(TOPICS, write_model(parts_of(new)), before, after)


def _card(
    name: str,
    learned: Sequence[Prepared],
    judged: Sequence[Prepared],
    today: date,
    scores: Mapping[str, float],
    *,
    fresh: bool,
) -> dict[str, Any]:
    return {
        "what": _WHAT[name],
        "data": _kinds(learned),
        "unlabelled": "VNTC (2006, MIT licence file), labelled by cues" if fresh and name == TOPICS else "",
        "date": today.isoformat(),
        "made": "from the ground up" if fresh else "the shipped model, moved by seeds and corrections",
        "not_used": _NOT_USED,
        "judged_on": _kinds(judged),
        "scores_held_out": dict(scores),
    }


def _kinds(examples: Sequence[Prepared]) -> dict[str, int]:
    """How many examples of each origin: seed (ours, invented), desk (corrections), else the corpus."""
    return dict(sorted(Counter(one.example.id.partition(":")[0] for one in examples).items()))

"""What the words of a text say of its topics: TF-IDF of syllables and pairs of syllables, a weight a topic.

The words and weights stand in nlp/models/topics.json. Vietnamese was learned with and without its marks;
English has a table of its own. A word found here tags a topic and does nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.linear import Linear, ModelError, linear_from, number_from
from nlp.surface import Surface
from nlp.text import fold

_SYLLABLE = re.compile(r"[^\W\d_]+")
_LEAD = 300  # characters; they count twice, as the title does
_READ = 3000  # characters of the text: what follows seldom tells another subject
FEW = 20.0  # about ten words of usual rarity: a text of fewer says less
_MOST_TERMS = 6  # told as reasons
_IDF = "idf"
_MOST_TOPICS = 200  # of a model: each has a column in every table
_TOO_LITTLE = 0.05  # a weight that is not written, a word that is not told

_Matrix = NDArray[np.float32]


def count_terms(title: Surface, text: Surface) -> Counter[str]:
    """Title and text as phrases are looked for -> syllables and pairs, with their number."""
    lead, rest = text.compared[:_LEAD], text.compared[_LEAD:_READ]
    counts: Counter[str] = Counter()
    for part, times in ((title.compared, 2), (lead, 2), (rest, 1)):
        syllables = _SYLLABLE.findall(part)
        found = syllables + [f"{one} {other}" for one, other in pairwise(syllables)]
        counts.update(found * times)
    return counts


@dataclass(frozen=True)
class Heard:
    """What a text's words say: a total for each topic, and what each word gave to each."""

    totals: Mapping[str, float]
    topics: tuple[str, ...]
    known: tuple[str, ...]
    given: _Matrix  # one row a word, one column a topic

    def words(self, topic: str) -> tuple[str, ...]:
        """The words that spoke most for a topic, each with what it gave."""
        if topic not in self.topics or not self.known:
            return ()
        column = self.given[:, self.topics.index(topic)]
        best = np.argsort(-column, kind="stable")[:_MOST_TERMS].tolist()
        return tuple(f"{self.known[n]} ({column[n]:+.2f})" for n in best if column[n] >= _TOO_LITTLE)

    def beyond(self, topic: str, phrases: Iterable[str]) -> float:
        """What the words gave to a topic that are no part of these phrases: only what speaks for it."""
        if topic not in self.topics or not self.known:
            return 0.0
        words = " ".join(phrases).lower().split()
        parts = {*words, *(fold(word).text for word in words)}
        column = self.given[:, self.topics.index(topic)].tolist()
        return float(
            sum(
                value
                for term, value in zip(self.known, column, strict=True)
                if value > 0 and not parts & set(term.split())
            )
        )


SILENT = Heard({}, (), (), np.zeros((0, 0), dtype=np.float32))  # where no table speaks the language


@dataclass(frozen=True)
class Terms:
    """The words of one language with their rarity and a weight for each topic."""

    topics: tuple[str, ...]
    bias: _Matrix
    index: Mapping[str, int]
    rarity: _Matrix
    weights: _Matrix  # one row a word, one column a topic

    def vector(self, counts: Mapping[str, int]) -> tuple[list[str], NDArray[np.intp], _Matrix]:
        """Terms with their number -> those that are known, their rows, and their values: of length one
        together, less where a text has only few words that are known.
        """
        index = self.index
        known = [term for term in counts if term in index]
        rows = np.array([index[term] for term in known], dtype=np.intp)
        values = np.array([1 + log(counts[term]) for term in known], dtype=np.float32) * self.rarity[rows]
        return known, rows, values / np.float32(sqrt(float(values @ values) + FEW**2))

    def hear(self, counts: Mapping[str, int]) -> Heard:
        """Terms with their number -> totals, and for each topic that is spoken for the words that did it."""
        known, rows, values = self.vector(counts)
        given = self.weights[rows] * values[:, None]
        totals = (given.sum(axis=0) + self.bias).tolist()
        return Heard(dict(zip(self.topics, totals, strict=True)), self.topics, tuple(known), given)


@dataclass(frozen=True)
class TopicModel:
    """The tables of words by language, and how cues and words together decide (`deciding`)."""

    terms: Mapping[str, Terms]
    deciding: Linear
    card: Mapping[str, Any] = field(default_factory=dict)


def topic_model_from(model: Mapping[str, Any]) -> TopicModel:
    """A parsed model -> TopicModel.

    Raises:
        ModelError: when a part is missing or of the wrong kind.

    """
    try:
        topics = tuple(str(topic) for topic in model["topics"])
        if len(topics) > _MOST_TOPICS:
            raise ModelError(f"more than {_MOST_TOPICS} topics")
        tables = {str(code): _terms_from(table, topics) for code, table in model["terms"].items()}
        deciding = linear_from({"card": {}, **model["deciding"]})
        return TopicModel(tables, deciding, dict(model["card"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"not a model of topics: {error}") from error


def parts_of(model: TopicModel) -> dict[str, Any]:
    """A model -> its parts as they are written."""
    topics = next(iter(model.terms.values())).topics if model.terms else ()
    return {
        "card": dict(model.card),
        "topics": list(topics),
        "deciding": {"bias": dict(model.deciding.bias), "weights": dict(model.deciding.weights)},
        "terms": {code: _parts_of_terms(table) for code, table in model.terms.items()},
    }


def _terms_from(table: Mapping[str, Any], topics: Sequence[str]) -> Terms:
    rows = table["words"]
    columns = {topic: column for column, topic in enumerate(topics)}
    weights = np.zeros((len(rows), len(topics)), dtype=np.float32)
    rarity = np.zeros(len(rows), dtype=np.float32)
    for number, row in enumerate(rows.values()):
        for name, value in row.items():
            if name == _IDF:
                rarity[number] = number_from(value)
            else:
                weights[number, columns[name]] = number_from(value)
    bias = np.array([number_from(table["bias"][topic]) for topic in topics], dtype=np.float32)
    return Terms(tuple(topics), bias, {str(term): n for n, term in enumerate(rows)}, rarity, weights)


def _parts_of_terms(table: Terms) -> dict[str, Any]:
    def row(number: int) -> dict[str, float]:
        told = {
            topic: round(float(weight), 2)
            for topic, weight in zip(table.topics, table.weights[number], strict=True)
            if abs(weight) >= _TOO_LITTLE
        }
        return {_IDF: round(float(table.rarity[number]), 2)} | told

    return {
        "bias": {topic: float(value) for topic, value in zip(table.topics, table.bias, strict=True)},
        "words": {term: row(number) for term, number in sorted(table.index.items())},
    }

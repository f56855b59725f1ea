"""Examples as the models see them: language, cues seen, terms counted, features of relevance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nlp.knowledge import Knowledge
from nlp.language import detect, is_unaccented
from nlp.places.finding import find_places
from nlp.relevance import is_named
from nlp.relevance_features import find_relevance_features
from nlp.surface import Surface, make_surface
from nlp.text import fold
from nlp.topic_model import count_terms
from nlp.topics import Seen, find_cues
from nlp.training.examples import Example
from nlp.training.terms import Document


@dataclass(frozen=True, slots=True)
class Prepared:
    """One example, ready. `features` is None where nothing of the province is named."""

    example: Example
    language: str
    seen: Mapping[str, Seen]
    counts: Mapping[str, int]
    bare: Mapping[str, int]  # the terms of its copy without marks
    length: int  # characters
    features: Mapping[str, float] | None

    def documents(self, topics: tuple[str, ...]) -> list[Document]:
        """The text and its copy without marks, with the signs of its topics."""
        known = self.example.topics
        signs = np.array([(1 if known[t] else -1) if t in known else 0 for t in topics], dtype=np.int8)
        copies = (self.counts,) if self.counts == self.bare else (self.counts, self.bare)
        return [Document(counts, signs, self.example.force / len(copies)) for counts in copies]


def prepare(example: Example, knowledge: Knowledge, *, with_places: bool) -> Prepared:
    """Example -> Prepared, by the same steps as `read`. Places are only needed where relevance is known."""
    title, text, language = surfaces_of(example)
    cues = knowledge.cues_of(language)
    features = None
    if with_places:
        evidence = find_places(title, text, knowledge.names, knowledge.traps, day=None)
        features = find_relevance_features(title, text, evidence) if is_named(evidence) else None
    return Prepared(
        example=example,
        language=language,
        seen=find_cues(title, text, cues),
        counts=count_terms(title, text),
        bare=count_terms(_bare(title), _bare(text)),
        length=len(text.plain),
        features=features,
    )


def surfaces_of(example: Example) -> tuple[Surface, Surface, str]:
    """Title, text and language of an example, as `read` takes them."""
    language = detect(f"{example.title}. {example.text[:2000]}", declared="")
    exact = language.code == "vi" and not is_unaccented(language)
    title = make_surface(example.title, exact=exact and not example.title.isascii())
    return title, make_surface(example.text, exact=exact), language.code


def _bare(surface: Surface) -> Surface:
    return make_surface(fold(surface.plain).text, exact=False)

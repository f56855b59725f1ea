"""What reading knows of the office's world: gazetteer and topics, made ready once for each process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.places.names import Names
from nlp.places.traps import Traps
from nlp.topics import ABROAD, Cues
from nlp.trained import Models, load_models
from store.types import Gazetteer, Topic

READER_VERSION = "rules-14"


@dataclass(frozen=True, repr=False)
class Knowledge:
    """Compiled matchers with what they were made of; another process builds its own with `make_knowledge`."""

    gazetteer: Gazetteer
    topics: tuple[Topic, ...]
    names: Names
    traps: Traps
    cues_vi: Cues
    cues_en: Cues
    cues_abroad: Cues
    models: Models
    version: str  # of rules, models and the office's words together: another one means to read again

    def cues_of(self, language: str) -> Cues:
        """The cues that are looked for in an article of this language."""
        return {"vi": self.cues_vi, "en": self.cues_en}.get(language, self.cues_abroad)

    def __repr__(self) -> str:
        """The version stands for the whole: thousands of places and words in a message help nobody."""
        return f"Knowledge({self.version})"

    def __reduce__(self) -> tuple[object, tuple[Gazetteer, tuple[Topic, ...], Models]]:
        """Automata cannot be pickled: the other side makes them anew (about 30 ms)."""
        return make_knowledge, (self.gazetteer, self.topics, self.models)


def make_knowledge(gazetteer: Gazetteer, topics: Sequence[Topic], models: Models | None = None) -> Knowledge:
    """Gazetteer, topics and models (None: those shipped) -> everything `read` needs besides the article."""
    listed = tuple(topics)
    models = models or load_models()
    digest = hashlib.sha256(repr((gazetteer, listed)).encode()).hexdigest()[:8]
    return Knowledge(
        gazetteer=gazetteer,
        topics=listed,
        names=Names(gazetteer),
        traps=Traps(gazetteer.traps),
        cues_vi=Cues(listed, "vi"),
        cues_en=Cues(listed, "en"),
        cues_abroad=Cues(listed, ABROAD),
        models=models,
        version=f"{READER_VERSION}+{digest}.{models.version}",
    )

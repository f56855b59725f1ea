"""What the quick filters offer: topics, today's places, outlets in use. Never a person."""

from __future__ import annotations

from dataclasses import dataclass

from desk.web.names import NAMES
from desk.web.narrowing import EVERYTHING
from store.types import Configuration, PlaceLevel

_OFFERED = {PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.COMMUNE, PlaceLevel.LANDMARK}


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of value and name; place names stand for themselves."""

    relevances: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    outlets: tuple[tuple[str, str], ...]


def make_choices(configuration: Configuration, language: str) -> Choices:
    """Configuration -> Choices in "vi" or "en"."""
    return Choices(
        relevances=(*((label, name) for label, name in NAMES.relevances.items()), (EVERYTHING, "everything")),
        topics=tuple(sorted(name_topics(configuration, language).items())),
        places=tuple(sorted({p.names[0] for p in configuration.gazetteer.places if p.level in _OFFERED})),
        outlets=tuple(sorted((s.id, s.name) for s in configuration.sources if s.feeds)),
    )


def name_topics(configuration: Configuration, language: str) -> dict[str, str]:
    """Topic id -> its name in "vi" or "en"."""
    return {topic.id: topic.en if language == "en" else topic.vi for topic in configuration.topics}


def name_places(configuration: Configuration) -> dict[str, str]:
    """Place id -> its first name."""
    return {place.id: place.names[0] for place in configuration.gazetteer.places}

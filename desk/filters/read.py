"""`diembao read`: articles in, readings out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from config.load import load
from desk.filters.lines import Record, identity_of, pass_on, text_of
from desk.filters.times import notes_of, published_of
from nlp.read import Knowledge, make_knowledge, read
from nlp.trained import load_models
from store.types import Article, Claim, PlaceMention, PublicationDate, Quantity, Reading, Scope

KNOWN = frozenset({"id", "title", "text", "url", "outlet", "published", "language"})
CAPTURED = datetime(1970, 1, 1, tzinfo=UTC)  # a filter has no capture: nothing may depend on it


@dataclass(frozen=True, slots=True)
class ReadWork:
    """Makes the reader from the configuration named by the environment; pickles small."""

    config: Path | None
    models: Path | None  # the folder of the office's own models

    def __call__(self) -> Callable[[Record], Record]:
        """Load and compile once a process."""
        configuration = load(self.config)
        knowledge = make_knowledge(configuration.gazetteer, configuration.topics, load_models(self.models))
        return partial(read_record, knowledge=knowledge)


def read_record(record: Record, *, knowledge: Knowledge) -> Record:
    """`id, title, text` (and `url, outlet, published, language`) -> the reading in the filter's format.

    Raises:
        desk.filters.lines.BadRecordError: a field is missing or of the wrong kind.

    """
    identity = identity_of(record)
    published = published_of(record, "published")
    reading = read(article_of(record, published.at), knowledge)
    return pass_on(record, KNOWN, {"id": identity, **reading_as_record(reading), **notes_of(published)})


def article_of(record: Record, published: datetime | None) -> Article:
    """The record as an article that was given, not captured."""
    return Article(
        url=text_of(record, "url", default=""),
        outlet=text_of(record, "outlet", default=""),
        outlet_name=text_of(record, "outlet", default=""),
        scope=Scope.DOMESTIC,
        title=text_of(record, "title", default=""),
        text=text_of(record, "text"),
        language=text_of(record, "language", default=""),
        published=PublicationDate(published, "given", 1.0) if published else None,
        fetched_at=CAPTURED,
    )


def reading_as_record(reading: Reading) -> Record:
    """A reading in the filter's format."""
    return {
        "language": reading.language.code,
        "relevance": {
            "label": reading.relevance.label.value,
            "score": round(reading.relevance.score, 4),
            "why": list(reading.relevance.why),
        },
        "topics": [{"id": t.id, "score": round(t.score, 4), "why": list(t.why)} for t in reading.topics],
        "places": [place_as_record(p) for p in reading.places],
        "claims": [claim_as_record(c) for c in reading.claims],
    }


def place_as_record(place: PlaceMention) -> Record:
    """Offsets are into `text`, or into `title` where `field` says so."""
    return {
        "name": place.name,
        "unit": place.unit,
        "start": place.start,
        "end": place.end,
        "kind": place.kind.value,
        "field": place.field,
        "rule": place.rule,
    }


def claim_as_record(claim: Claim) -> Record:
    """`attributed` is the attribution as written, null where the article speaks itself."""
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "score": round(claim.score, 4),
        "quantities": [quantity_as_record(q) for q in claim.quantities],
        "attributed": claim.attributed or None,
        "why": list(claim.why),
    }


def quantity_as_record(quantity: Quantity) -> Record:
    """A figure with what it counts."""
    return {
        "text": quantity.text,
        "start": quantity.start,
        "end": quantity.end,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "thing": quantity.thing,
        "certainty": quantity.certainty,
    }

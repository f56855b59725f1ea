"""From the evidence to the mentions that are stored: the parts places play, offsets, today's units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from nlp.places.events import EventModel, features_of, gather, load_event_model, reasons
from nlp.places.evidence import Found
from nlp.surface import Surface
from store.types import MentionKind, Place, PlaceMention, RelevanceLabel


def settle(
    found: Iterable[Found],
    label: RelevanceLabel,
    *,
    places: Mapping[str, Place],
    length: int,
    model: EventModel | None = None,
) -> list[Found]:
    """The parts places play, once it is known whether the article is about the province.

    An event of an article that is not about the province is not here. In one that is, a linear model over
    named features (events.py) decides for each place together of all its mentions; a home is one only where
    nothing else is named. `places` are those of the
    gazetteer by id, `length` the characters of the text; `model` is the shipped one.
    """
    settled = list(found)
    if label is not RelevanceLabel.ABOUT:
        return [_demoted(f, "bài không nói về tỉnh") for f in settled]
    used = model or load_event_model()
    candidates = gather(settled, places)
    only_homes = not any(candidate.here for candidate in candidates)
    decided: dict[Found, Found] = {}
    for candidate in candidates:
        features = features_of(candidate, candidates, length)
        probability = used.probability(features)
        why = reasons(features, used, probability)
        for one in candidate.found:
            if probability < used.least:
                decided[one] = _demoted(one, why)
            elif only_homes or one.kind is not MentionKind.ORIGIN:
                decided[one] = replace(one, kind=MentionKind.EVENT_PLACE, rule=f"{one.rule}; {why}")
    return [decided.get(one, one) for one in settled]


def _demoted(found: Found, why: str) -> Found:
    if found.kind is not MentionKind.EVENT_PLACE:
        return found
    return replace(found, kind=MentionKind.MENTION, rule=f"{found.rule}; {why}")


def mentions_from(
    found: Iterable[Found], surfaces: Mapping[str, Surface], originals: Mapping[str, str]
) -> tuple[PlaceMention, ...]:
    """Found names -> mentions with offsets into the original title and text, in order."""
    mentions = []
    for one in found:
        start, end = surfaces[one.field].span(one.start, one.end)
        name = originals[one.field][start:end]
        unit = unit_today(one.place)
        mentions.append(PlaceMention(name, unit, start, end, one.kind, one.rule, one.field))
    return tuple(sorted(mentions, key=lambda m: (m.field != "title", m.start, m.end)))


def unit_today(place: Place) -> str:
    """The id of today's unit, where the whole place went to one; else its own (districts were divided)."""
    if place.valid_to is not None and len(place.successors) == 1:
        return place.successors[0]
    return place.id

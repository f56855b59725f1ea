"""Which office is proposed to answer: by topic, by the place of the event. A person assigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from alerts.edition import ProposedUnit
from alerts.material import Office
from alerts.phrases import make_phrase
from alerts.sections.stories import topic_name, topics_of
from store.types import MentionKind, Place, PlaceLevel, StoryMember, Unit

MOST_PROPOSED = 3  # a list of ten addressees is no addressee


def valid_units(units: Iterable[Unit], day: date) -> tuple[Unit, ...]:
    """The units that exist on a day."""
    return tuple(
        u for u in units if (u.valid_from or date.min) <= day and (u.valid_to is None or day <= u.valid_to)
    )


def _grounds(place: Place) -> Iterator[str]:
    """Ids of the units that answer for a place: itself, its one successor, the unit a landmark lies in."""
    yield place.id
    # An old unit split among several of today's says nothing about which one has to answer.
    if len(place.successors) == 1:
        yield place.successors[0]
    if place.level is PlaceLevel.LANDMARK and place.parent:
        yield place.parent


def _event_places(members: Iterable[StoryMember], places: Mapping[str, Place]) -> list[str]:
    """Ids of the places where it happened and of the units that answer for them, the most told first.

    Each article tells a place once, twice where its headline names it: a hospital in town that one report
    mentions must not stand before the commune that all of them are about.
    """
    told: Counter[str] = Counter()
    for member in members:
        voices: dict[str, int] = {}
        for mention in member.item.reading.places:
            if mention.kind is MentionKind.EVENT_PLACE and mention.unit in places:
                voices[mention.unit] = max(voices.get(mention.unit, 0), 2 if mention.field == "title" else 1)
        told.update(voices)
    return [ground for place, _ in told.most_common() for ground in _grounds(places[place])]


def _by_place(
    members: Iterable[StoryMember], units: Iterable[Unit], office: Office
) -> Iterator[ProposedUnit]:
    places = {place.id: place for place in office.places}
    # The province's own name, also as the ground of a river or road, tells no office from another.
    provinces = {place.id for place in office.places if place.level is PlaceLevel.PROVINCE}
    rows = list(units)
    for place in dict.fromkeys(_event_places(members, places)):
        if place in provinces:
            continue
        name = places[place].names[0] if place in places else place
        for unit in rows:
            if place in unit.places:
                yield ProposedUnit(unit.id, unit.name, make_phrase("by place: {place}", place=name))


def _by_topic(
    members: Iterable[StoryMember], units: Iterable[Unit], office: Office
) -> Iterator[ProposedUnit]:
    rows = list(units)
    for topic in topics_of(members, office.topics)[:1]:
        for unit in rows:
            if topic.id in unit.topics:
                yield ProposedUnit(
                    unit.id, unit.name, make_phrase("by topic: {topic}", topic=topic_name(topic))
                )


def propose_units(members: tuple[StoryMember, ...], office: Office, *, day: date) -> tuple[ProposedUnit, ...]:
    """The members of a story -> at most three offices: two of its main topic, then those of its places."""
    units = valid_units(office.units, day)
    found: dict[str, ProposedUnit] = {}
    for unit in [*list(_by_topic(members, units, office))[:2], *_by_place(members, units, office)]:
        found.setdefault(unit.id, unit)
    return tuple(found.values())[:MOST_PROPOSED]

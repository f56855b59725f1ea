"""From the evidence to the mentions that are stored: the parts places play, offsets, today's units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nlp.places.evidence import Found
from nlp.surface import Surface
from store.types import MentionKind, Place, PlaceLevel, PlaceMention, RelevanceLabel

_MOST = 6  # places of one event; more is a tour or a table


def settle(found: Iterable[Found], label: RelevanceLabel) -> list[Found]:
    """The parts places play, once it is known whether the article is about the province.

    An event of an article that is not about the province is not here. Where an article about the province
    names no other place inside it, the home of the people concerned is where it happens.
    """
    settled = list(found)
    if label is not RelevanceLabel.ABOUT:
        return [_as(f, MentionKind.MENTION, "bài không nói về tỉnh") for f in settled]
    if any(f.kind is MentionKind.EVENT_PLACE for f in settled):
        return _foremost(_without_locators(settled))
    return _without_locators([_promoted(f) for f in settled])


def _without_locators(found: list[Found]) -> list[Found]:
    """A district named once, and only to say where a commune lies, is not itself where it happens."""
    times = Counter(f.place.id for f in found if f.kind is MentionKind.EVENT_PLACE)
    why = "chỉ nêu một lần để chỉ chỗ của nơi khác"
    return [_as(f, MentionKind.MENTION, why) if _locates(f, times) else f for f in found]


def _locates(found: Found, times: Counter[str]) -> bool:
    return found.locates and found.place.level is PlaceLevel.DISTRICT and times[found.place.id] == 1


def _foremost(found: list[Found]) -> list[Found]:
    """An article happens in a few places, mostly named early: of many, the first and oftenest remain."""
    events = [f for f in found if f.kind is MentionKind.EVENT_PLACE]
    times = Counter(f.place.id for f in events)
    first = {f.place.id: index for index, f in reversed(list(enumerate(events)))}
    kept = sorted(times, key=lambda place: first[place] - 2 * times[place])[:_MOST]
    why = "một trong nhiều nơi, không thuộc những nơi đầu"
    return [f if f.place.id in kept else _as(f, MentionKind.MENTION, why) for f in found]


def _as(found: Found, kind: MentionKind, why: str) -> Found:
    if found.kind is not MentionKind.EVENT_PLACE:
        return found
    return replace(found, kind=kind, rule=f"{found.rule}; {why}")


def _promoted(found: Found) -> Found:
    inside = found.place.level not in {PlaceLevel.PROVINCE, PlaceLevel.NEIGHBOUR}
    if found.kind is not MentionKind.ORIGIN or not inside or found.label != "origin":
        return found
    return replace(found, kind=MentionKind.EVENT_PLACE, rule=f"{found.rule}; là nơi duy nhất được nêu")


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

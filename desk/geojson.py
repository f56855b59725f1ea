"""`diembao export places`: where the news happened, counted by place; as GeoJSON ready for a map.

Only places of the gazetteer occur here, by their own names: never a person, an author or a text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from zoneinfo import ZoneInfo

from store.types import Gazetteer, MentionKind, Place, Story

Record = dict[str, Any]
_LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Happening:
    """An article of a story tells of an event in a place, on the local day of its publication."""

    place: str  # Place.id
    story: str
    article: int
    day: date


def iter_happenings(stories: Iterable[Story]) -> Iterator[Happening]:
    """Stories -> each event place of each of their articles once."""
    for story in stories:
        for member in story.members:
            item = member.item
            day = item.article.when.astimezone(_LOCAL).date()
            here = {p.unit for p in item.reading.places if p.kind is MentionKind.EVENT_PLACE}
            yield from (Happening(place, story.id, item.number, day) for place in sorted(here))


def place_records(happenings: Iterable[Happening], gazetteer: Gazetteer) -> list[Record]:
    """Happenings -> a record for each place they name, the most told of first.

    A place the gazetteer does not hold (any more) keeps its id, and has neither name nor coordinates.
    """
    groups: dict[str, list[Happening]] = defaultdict(list)
    for one in happenings:
        groups[one.place].append(one)
    known = {place.id: place for place in gazetteer.places}
    records = [_record(place, group, known.get(place)) for place, group in groups.items()]
    return sorted(records, key=lambda record: (-record["stories"], -record["articles"], record["id"]))


def feature_collection(records: Sequence[Record]) -> Record:
    """Records -> a FeatureCollection (RFC 7946): WGS 84, longitude before latitude.

    A place for which no source gives coordinates has the geometry null (section 3.2), and stands in the list.
    `bbox` (section 5: west, south, east, north) is there where any place has coordinates.
    """
    features = [_feature(record) for record in records]
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    edges = [edge(axis) for edge in (min, max) for axis in zip(*points, strict=True)]
    return {"type": "FeatureCollection", **({"bbox": edges} if edges else {}), "features": features}


def write_geojson(records: Sequence[Record], out: IO[bytes]) -> int:
    """One FeatureCollection, UTF-8, a feature a line; returns how many features were written."""
    collection = feature_collection(records)
    body = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in collection.pop("features"))
    out.write(f'{json.dumps(collection)[:-1]}, "features": [\n{body}\n]}}\n'.encode())
    return len(records)


def _record(identifier: str, group: Sequence[Happening], place: Place | None) -> Record:
    return {
        "id": identifier,
        **_described(place),
        "stories": len({one.story for one in group}),
        "articles": len({one.article for one in group}),
        "first_day": min(one.day for one in group).isoformat(),
        "last_day": max(one.day for one in group).isoformat(),
        "stories_by_month": _by_month(group),
    }


def _described(place: Place | None) -> Record:
    """The place's name with the days on which it bore it, and what is known of where it lies."""
    return {
        "name": place.names[0] if place else None,
        "unit": place.unit_words[0] if place and place.unit_words else None,
        "level": place.level.value if place else None,
        "valid_from": place.valid_from.isoformat() if place and place.valid_from else None,
        "valid_to": place.valid_to.isoformat() if place and place.valid_to else None,
        "parent": (place.parent or None) if place else None,
        "successors": list(place.successors) if place else [],
        "longitude": place.longitude if place else None,
        "latitude": place.latitude if place else None,
    }


def _by_month(group: Sequence[Happening]) -> dict[str, int]:
    """Month (local) -> how many stories had an article in it."""
    months: dict[str, set[str]] = defaultdict(set)
    for one in group:
        months[f"{one.day:%Y-%m}"].add(one.story)
    return {month: len(months[month]) for month in sorted(months)}


def _feature(record: Record) -> Record:
    properties = {k: v for k, v in record.items() if k not in {"id", "longitude", "latitude"}}
    return {"type": "Feature", "id": record["id"], "geometry": _point(record), "properties": properties}


def _point(record: Record) -> Record | None:
    if record["longitude"] is None or record["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}

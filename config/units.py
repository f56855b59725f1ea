"""units.yaml -> Unit values; the committees of today's communes are made from places, one each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from config.checks import check_reference, read_email, read_id, read_period, read_references
from config.entries import Entry
from config.faults import in_english as _t
from store.types import Place, PlaceLevel, Unit


def read_units(
    root: Entry, *, topics: Collection[str] | None, places: Sequence[Place] | None
) -> tuple[Unit, ...]:
    """The offices of the file, then a committee for each of today's communes that the file leaves out.

    `topics` are the ids of topics.yaml; both are None where their file could not be read.
    """
    ids: dict[str, int] = {}
    known_places = None if places is None else {place.id for place in places}
    pairs = [
        (entry, _read_unit(entry, ids, topics, known_places))
        for entry in root.entries("units", is_needed=True)
    ]
    communes = _read_communes(root, topics, places or ())
    root.close()
    names = {unit.id for _, unit in pairs} | {unit.id for unit in communes}
    for entry, unit in pairs:
        check_reference(entry, "successor", unit.successor, names, what="units.yaml")
        entry.close()
    return (*(unit for _, unit in pairs), *(unit for unit in communes if unit.id not in ids))


def _read_unit(
    entry: Entry, ids: dict[str, int], topics: Collection[str] | None, places: Collection[str] | None
) -> Unit:
    first, last = read_period(entry)
    return Unit(
        id=read_id(entry, ids),
        name=entry.text("name"),
        topics=read_references(entry, "topics", topics, what="topics.yaml"),
        places=read_references(entry, "places", places, what="places.yaml"),
        email=read_email(entry, "email", ""),
        valid_from=first,
        valid_to=last,
        successor=entry.text("successor", ""),
    )


def _read_communes(root: Entry, topics: Collection[str] | None, places: Sequence[Place]) -> list[Unit]:
    """`communes` holds what the committees share: the pattern of their name, topics, first day."""
    section = root.section("communes")
    if section is None:
        return []
    pattern = section.text("name")
    if "{name}" not in pattern or pattern.count("{") != pattern.count("{unit_word}") + pattern.count(
        "{name}"
    ):
        section.fault(
            "name",
            _t("{braces} must stand in it, and no other braces"),
            _t("mend it"),
            braces="{unit_word} {name}",
        )
        pattern = "{name}"
    first, last = read_period(section)
    shared = Unit(
        id="",
        name="",
        topics=read_references(section, "topics", topics, what="topics.yaml"),
        valid_from=first,
        valid_to=last,
    )
    section.close()
    return [_committee_of(place, pattern, shared) for place in places if _is_todays_commune(place)]


def _is_todays_commune(place: Place) -> bool:
    return place.level is PlaceLevel.COMMUNE and place.valid_to is None


def _committee_of(place: Place, pattern: str, shared: Unit) -> Unit:
    word = place.unit_words[0] if place.unit_words else ""
    name = " ".join(pattern.format(unit_word=word, name=place.names[0] if place.names else "").split())
    return replace(shared, id=f"ubnd-{place.id}", name=name, places=(place.id,))

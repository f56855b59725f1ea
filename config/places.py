"""places.yaml (made by scripts/make_places.py) and places_extra.yaml (written by hand) -> one Gazetteer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from config.checks import check_reference, read_id, read_period, read_references
from config.entries import Entry
from config.faults import in_english as _t
from store.types import Gazetteer, Place, PlaceLevel, Trap

TRAP_LABELS = ("sport", "company", "street", "history", "origin", "product", "list", "homonym")
_MOST_NAMES = 40  # of one place; more is a slip in the spelling groups
_BRACED = re.compile(r"\{[^}]*\}?|\}")


@dataclass(slots=True)
class _Sheet:
    """What one file holds of places, with their entries, for the checks that need all of them."""

    version: str
    places: list[tuple[Entry, Place]]


def read_gazetteer(root: Entry | None, extra: Entry | None) -> Gazetteer:
    """Both files together: places with every spelling of their names, and traps.

    Either may be None: there is no such file, or it could not be read.
    """
    ids: dict[str, int] = {}
    generated = _read_sheet(root, ids, is_needed=True)
    by_hand = _read_sheet(extra, ids, is_needed=False)
    both = generated.places + by_hand.places
    known = {place.id for _, place in both}
    _check_references(both, known if root is not None else None)
    spellings = extra.lists("spellings") if extra else []
    aliases = _read_aliases(extra, known if root is not None else None)
    traps = _read_traps(extra)
    for sheet in filter(None, (root, extra)):
        sheet.close()
    places = tuple(_with_spellings(place, spellings, aliases.get(place.id, ())) for _, place in both)
    version = " + ".join(filter(None, (generated.version, by_hand.version)))
    return Gazetteer(places=places, traps=traps, version=version)


def _read_sheet(root: Entry | None, ids: dict[str, int], *, is_needed: bool) -> _Sheet:
    if root is None:
        return _Sheet("", [])
    entries = root.entries("places", is_needed=is_needed)
    return _Sheet(root.text("version"), [(entry, _read_place(entry, ids)) for entry in entries])


def _read_place(entry: Entry, ids: dict[str, int]) -> Place:
    first, last = read_period(entry)
    return Place(
        id=read_id(entry, ids),
        names=entry.texts("names", is_needed=True),
        level=entry.choice("level", tuple(PlaceLevel)),
        unit_words=entry.texts("unit_words"),
        valid_from=first,
        valid_to=last,
        successors=entry.texts("successors"),
        parent=entry.text("parent", ""),
        ambiguous=entry.flag("ambiguous"),
        latitude=_read_measure(entry, "latitude", -90, 90),
        longitude=_read_measure(entry, "longitude", -180, 180),
        area_km2=_read_measure(entry, "area_km2", 0, 1_000_000),
        note=entry.text("note", "", lines=True),
    )


def _read_measure(entry: Entry, key: str, low: float, high: float) -> float | None:
    return entry.number(key, low, high) if entry.has(key) else None


def _check_references(both: Sequence[tuple[Entry, Place]], known: Collection[str] | None) -> None:
    """Parents and successors must be places; then the entries have said all they had to say."""
    for entry, place in both:
        read_references(entry, "successors", known, what="places.yaml")
        check_reference(entry, "parent", place.parent, known, what="places.yaml")
        entry.close()


def _read_aliases(extra: Entry | None, known: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    section = extra.section("aliases") if extra else None
    if section is None:
        return {}
    for place in section.all_keys():
        check_reference(section, place, place, known, what="places.yaml")
    return {place: section.texts(place) for place in section.all_keys()}


def _read_traps(extra: Entry | None) -> tuple[Trap, ...]:
    entries = extra.entries("traps") if extra else []
    return tuple(_read_trap(entry) for entry in entries)


def _read_trap(entry: Entry) -> Trap:
    trap = Trap(
        pattern=entry.text("pattern"),
        label=entry.choice("label", TRAP_LABELS),
        note=entry.text("note", "", lines=True),
    )
    if set(_BRACED.findall(trap.pattern)) - {"{place}"}:
        entry.fault("pattern", _t("only {braces} may stand in braces"), _t("mend it"), braces="{place}")
    entry.close()
    return trap


def _with_spellings(place: Place, groups: Sequence[tuple[str, ...]], aliases: Sequence[str]) -> Place:
    """The place with its aliases and with every spelling that the groups allow, the written names first."""
    names = dict.fromkeys((*place.names, *aliases))
    for group in groups:
        for name in list(names):
            names |= dict.fromkeys(_respelt(name, group))
    return replace(place, names=tuple(names)[:_MOST_NAMES])


def _respelt(name: str, group: Sequence[str]) -> Iterator[str]:
    """A name -> the same name with a word (or words) of the group written as each other one of it."""
    padded = f" {name} "
    for written in group:
        if f" {written} " in padded:
            yield from (padded.replace(f" {written} ", f" {other} ").strip() for other in group)
            return

"""calendar.yaml -> CalendarEntry values: public holidays, swapped working days, dates that bring coverage."""

from __future__ import annotations

from datetime import date

from config.checks import read_period
from config.entries import Entry
from config.faults import in_english as _t
from store.types import CalendarEntry

KINDS = ("holiday", "working_day", "event")


def read_calendar(root: Entry) -> tuple[CalendarEntry, ...]:
    """The entries of the file by day. A day is a holiday or a working day at most once."""
    seen: dict[date, int] = {}
    entries = [_read_entry(entry, seen) for entry in root.entries("calendar", is_needed=True)]
    root.close()
    return tuple(sorted(entries, key=lambda e: (e.day, e.kind, e.name)))


def _read_entry(entry: Entry, seen: dict[date, int]) -> CalendarEntry:
    day, until = read_period(entry, "day", "until")
    if not entry.has("day"):
        entry.fault("day", _t("this key is missing"), _t("add it"))
    kind = entry.choice("kind", KINDS)
    if day and kind != "event":
        _check_once(entry, day, seen)
    source = entry.text("source", "")
    note = " ".join(filter(None, (entry.text("note", "", lines=True), f"[{source}]" if source else "")))
    name = entry.text("name")
    entry.close()
    return CalendarEntry(day=day or date.min, name=name, kind=kind, until=until, note=note)


def _check_once(entry: Entry, day: date, seen: dict[date, int]) -> None:
    if day in seen:
        entry.fault(
            "day",
            _t("this day stands already at line {line}"),
            _t("keep one: a day is a holiday or a working day, once"),
            line=str(seen[day]),
        )
    seen.setdefault(day, entry.line_of("day"))

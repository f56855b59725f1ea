"""rules.yaml -> Rules: who hears what and when, and the limits the law sets."""

from __future__ import annotations

import re
from collections.abc import Collection
from zoneinfo import ZoneInfo

from config.checks import check_reference, read_email, read_id, read_period
from config.entries import Entry
from config.faults import in_english as _t
from store.types import Deadline, Recipient, Rules

EDITIONS = ("leaders", "press", "unit")
LANGUAGES = ("vi", "en")
SPANS = ("day", "week", "month")
DEADLINE_UNITS = ("hours", "days", "working_days")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LIST_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")  # RFC 2919, without the name in front


def read_rules(root: Entry, *, units: Collection[str] | None) -> Rules:
    """The rules of the file. `units` are the ids of units.yaml, None where that could not be read."""
    recipients: dict[str, int] = {}
    deadlines: dict[str, int] = {}
    rules = Rules(
        recipients=tuple(
            _read_recipient(e, recipients, units) for e in root.entries("recipients", is_needed=True)
        ),
        deadlines=tuple(_read_deadline(e, deadlines) for e in root.entries("deadlines", is_needed=True)),
        digest_at=_read_time(root, "digest_at", "06:30"),
        timezone=_read_timezone(root, "timezone", "Asia/Ho_Chi_Minh"),
        quotation_words=root.whole("quotation_words", 1, 200, default=40),
        sender=read_email(root, "sender"),
        reply_to=read_email(root, "reply_to", ""),
        list_id=_read_list_id(root),
        office=root.text("office", ""),
        superior=root.text("superior", ""),
    )
    root.close()
    return rules


def _read_recipient(entry: Entry, ids: dict[str, int], units: Collection[str] | None) -> Recipient:
    recipient = Recipient(
        id=read_id(entry, ids),
        name=entry.text("name"),
        email=read_email(entry, "email"),
        edition=entry.choice("edition", EDITIONS, "leaders"),
        language=entry.choice("language", LANGUAGES, "vi"),
        unit=entry.text("unit", ""),
        every=_read_spans(entry),
    )
    check_reference(entry, "unit", recipient.unit, units, what="units.yaml")
    if recipient.edition == "unit" and not recipient.unit:
        entry.fault("unit", _t("the edition for a unit needs one"), _t("name a unit of units.yaml"))
    entry.close()
    return recipient


def _read_spans(entry: Entry) -> tuple[str, ...]:
    """How often a recipient is written to; every day where nothing is said."""
    found = entry.texts("every") if entry.has("every") else SPANS[:1]
    listed = ", ".join(SPANS)
    for span in found:
        if span not in SPANS:
            entry.fault(
                "every",
                _t("{found} is not one of them"),
                _t("choose from {allowed}"),
                found=span,
                allowed=listed,
            )
    if not found:
        entry.fault("every", _t("this is empty"), _t("choose from {allowed}"), allowed=listed)
    return tuple(span for span in SPANS if span in found)


def _read_deadline(entry: Entry, ids: dict[str, int]) -> Deadline:
    first, last = read_period(entry)
    deadline = Deadline(
        id=read_id(entry, ids),
        name=entry.text("name"),
        amount=entry.whole("amount", 1, 1_000),
        unit=entry.choice("unit", DEADLINE_UNITS),
        starts=entry.text("starts", lines=True),
        legal_basis=entry.text("legal_basis"),
        valid_from=first,
        valid_to=last,
    )
    entry.close()
    return deadline


def _read_time(entry: Entry, key: str, default: str) -> str:
    time = entry.text(key, default)
    if time and not _TIME.fullmatch(time):
        entry.fault(key, _t("{found} is not a time of day"), _t("write it like 06:30"), found=time)
    return time


def _read_timezone(entry: Entry, key: str, default: str) -> str:
    name = entry.text(key, default)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a zone's name, the name of a folder
        entry.fault(key, _t("{found} is not a time zone"), _t("write it like Asia/Ho_Chi_Minh"), found=name)
    return name


def _read_list_id(entry: Entry) -> str:
    name = entry.text("list_id", "")
    if name and not _LIST_ID.fullmatch(name):
        entry.fault(
            "list_id", _t("{found} is not a host"), _t("write it like diem-bao.example.org"), found=name
        )
    return name

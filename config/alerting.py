"""alerts.yaml -> AlertRules: who hears at once of what."""

from __future__ import annotations

import re
from collections.abc import Collection

from config.checks import check_reference, read_id
from config.entries import Entry
from config.faults import in_english as _t
from config.rules import EDITIONS
from store.search import QueryError, parse
from store.types import MAIL, AlertRule, Condition, QuietHours
from store.types.alerting import EDITION, SEARCHING

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CONDITIONS = tuple(condition.value for condition in Condition)
_MOST_AN_HOUR = 60


def read_alerts(
    root: Entry, *, recipients: Collection[str] | None, channels: Collection[str] | None
) -> tuple[AlertRule, ...]:
    """The rules of the file; ids of recipients and channels are None where their files could not be read."""
    ids: dict[str, int] = {}
    ways = None if channels is None else {MAIL, *channels}
    found = tuple(_read_rule(entry, ids, recipients, ways) for entry in root.entries("alerts"))
    root.close()
    return found


def _read_rule(
    entry: Entry, ids: dict[str, int], recipients: Collection[str] | None, ways: Collection[str] | None
) -> AlertRule:
    rule = AlertRule(
        id=read_id(entry, ids),
        name=entry.text("name"),
        when=_read_conditions(entry),
        recipients=entry.texts("to", is_needed=True),
        search=_read_search(entry),
        outlets=entry.whole("outlets", 2, 100, default=3),
        channels=entry.texts("channels") or (MAIL,),
        quiet=_read_quiet(entry),
        at_most=entry.whole("at_most", 1, _MOST_AN_HOUR, default=6),
        paused=entry.text("paused", ""),
    )
    known = None if recipients is None else {*recipients, *(f"{EDITION}{edition}" for edition in EDITIONS)}
    for key, given in (("when", entry.texts("when")), ("to", rule.recipients)):
        if not given:
            entry.fault(key, _t("the rule would never speak"), _t("name at least one"))
    for recipient in rule.recipients:
        check_reference(entry, "to", recipient, known, what="rules.yaml")
    for way in rule.channels:
        check_reference(entry, "channels", way, ways, what="channels.yaml")
    if rule.search and rule.when and not SEARCHING & {*rule.when}:
        entry.fault(
            "search",
            _t("a search says nothing to these conditions"),
            _t("leave it out, or add a condition of stories"),
        )
    entry.close()
    return rule


def _read_conditions(entry: Entry) -> tuple[Condition, ...]:
    known = []
    for word in entry.texts("when", is_needed=True):
        if word in _CONDITIONS:
            known.append(Condition(word))
        else:
            allowed = ", ".join(_CONDITIONS)
            entry.fault(
                "when",
                _t("{found} is no condition"),
                _t("write one of: {allowed}"),
                found=word,
                allowed=allowed,
            )
    return tuple(dict.fromkeys(known))


def _read_search(entry: Entry) -> str:
    search = entry.text("search", "")
    try:
        parse(search)
    except QueryError as fault:
        entry.fault(
            "search", _t("the search cannot be read: {problem}"), _t("try it at the desk"), problem=str(fault)
        )
    return search


def _read_quiet(entry: Entry) -> QuietHours | None:
    section = entry.section("quiet")
    if section is None:
        return None
    quiet = QuietHours(section.text("from"), section.text("until"))
    for key, time in (("from", quiet.start), ("until", quiet.end)):
        if time and not _TIME.fullmatch(time):
            section.fault(key, _t("{found} is not a time of day"), _t("write it like 06:30"), found=time)
    section.close()
    return quiet

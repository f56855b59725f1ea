"""Alerts at the edge: look at what came in, keep what came true, tell what may be told now.

Steps: 1. each rule's window · 2. stories touched in it that its search finds · 3. what came true, kept once ·
4. what may be told now becomes notices in the outbox, in the transaction that marks it told.
Killed between any two, nothing is lost and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from alerts.phrases import Translate
from alerts.rules.composing import Told, make_notices, subjects_of
from alerts.rules.finding import Window, find_in_matters, find_in_sources, find_in_story
from alerts.rules.looking import Look, Looks
from alerts.rules.peaks import Names, find_peaks
from alerts.rules.rises import find_rises_within
from alerts.rules.timing import fold, is_quiet, room_of
from alerts.volume.rising import BACK
from store import alerting
from store.courses import courses_since
from store.database import Sessions
from store.notices import enqueue
from store.search import parse
from store.types import AlertRule, Condition, Configuration, Happening, Saved
from store.types.alerting import OF_STORIES
from store.volume import collecting_since, stories_begun

HOUR = timedelta(hours=1)
LATE = timedelta(
    minutes=10
)  # what was being saved while a rule looked last is looked at again; it is kept once
WEEKS = timedelta(days=35)  # of stories that a day is set against
_MOMENT = timedelta(seconds=1)
LONGEST = timedelta(days=7)  # a machine that was off longer tells of the last week
_PORTION = 200  # stories loaded at once
_MOST_EVENTS = 5_000


@dataclass(frozen=True, slots=True)
class Alerted:
    """One round: how much came true that was not known, and how many notices went into the outbox."""

    new: int
    notices: int


def raise_alerts(
    sessions: Sessions,
    configuration: Configuration,
    *,
    now: datetime,
    translator: Callable[[str], Translate],
    base: str = "",
) -> Alerted:
    """Let every rule that is on look and tell.

    A rule that never looked starts now: what came before it is no news.

    Args:
        sessions: makes sessions of the store.
        configuration: rules, recipients and places.
        now: UTC.
        translator: a language's words.
        base: the desk's address for links, "" for none.

    """
    rules = [rule for rule in configuration.alerts if not rule.paused]
    with sessions.begin() as session:
        looks = Looks(session)
        new = sum(_look(looks, configuration, rule, now=now) for rule in rules)
    notices = 0
    for rule in rules:
        notices += _tell(sessions, configuration, rule, now=now, translator=translator, base=base)
    return Alerted(new, notices)


def _look(looks: Looks, configuration: Configuration, rule: AlertRule, *, now: datetime) -> int:
    session = looks.session
    before = alerting.looked_until(session, rule.id)
    alerting.mark_looked(session, rule.id, now)
    window = Window(max((before or now) - LATE, now - LONGEST), now)
    found = find_happenings(looks.at(window), rule)
    if before is None:  # known from now on: the next look goes back over the same while
        alerting.save_happenings(session, found)
        alerting.pass_over_waiting(session, rule.id, now=now)
        return 0
    if Condition.VOLUME in rule.when and before.hour != now.hour:  # once an hour: it reads five weeks
        found += find_peaks_of(session, configuration, rule, now)
    if before.hour != now.hour:
        found += find_rises_of(session, rule, Window(now, now + _MOMENT))
    return alerting.save_happenings(session, found)


def find_happenings(look: Look, rule: AlertRule) -> list[Happening]:
    """What came true for a rule in a window; nothing is written."""
    found: list[Happening] = []
    if Condition.SOURCE in rule.when:
        found += find_in_sources(rule, look.source_events, look.window)
    if Condition.DEADLINE in rule.when:
        found += find_in_matters(rule, look.matters, look.window.end)
    if OF_STORIES & {*rule.when}:
        stories = look.answering(rule.search)
        changes = look.changes_of(stories) if Condition.CHANGED in rule.when else {}
        for story in stories:
            found += find_in_story(rule, story, look.window, changes.get(story.id, ()))
    return found


def find_peaks_of(
    session: Session, configuration: Configuration, rule: AlertRule, now: datetime
) -> tuple[Happening, ...]:
    """Where the day of `now` (UTC) brings unusually much of what a search finds; nothing is written."""
    return find_peaks(
        rule,
        stories_begun(session, parse(rule.search), since=now - WEEKS),
        now,
        since=collecting_since(session) or now,
        zone=ZoneInfo(configuration.rules.timezone),
        calendar=configuration.calendar,
        names=Names(
            {topic.id: topic.vi for topic in configuration.topics},
            {place.id: place.names[0] for place in configuration.gazetteer.places},
        ),
    )


def find_rises_of(session: Session, rule: AlertRule, window: Window) -> tuple[Happening, ...]:
    """Which stories that a rule's search finds rose within a window; nothing is written."""
    since = collecting_since(session)
    if since is None or Condition.RISING not in rule.when:
        return ()
    courses = courses_since(session, parse(rule.search), since=window.start - BACK)
    return find_rises_within(rule, courses, window, since=since)


def _tell(
    sessions: Sessions,
    configuration: Configuration,
    rule: AlertRule,
    *,
    now: datetime,
    translator: Callable[[str], Translate],
    base: str,
) -> int:
    """Put what may be told now into the outbox, and mark it told in the same transaction."""
    if is_quiet(rule.quiet, now, ZoneInfo(configuration.rules.timezone)):
        return 0
    written = 0
    with sessions.begin() as session:
        waiting = alerting.find_waiting(session, rule.id)
        room = room_of(rule, alerting.count_told(session, rule.id, since=now - HOUR))
        for group in fold(waiting, room=room):
            told = _told_from(session, configuration, rule, group, now=now, base=base)
            written += sum(enqueue(session, notice) for notice in make_notices(told, translator=translator))
            alerting.mark_told(session, [saved.number for saved in group], told_in=told.key, now=now)
    return written


def _told_from(
    session: Session,
    configuration: Configuration,
    rule: AlertRule,
    group: tuple[Saved[Happening], ...],
    *,
    now: datetime,
    base: str,
) -> Told:
    stories = alerting.glance_at(session, subjects_of(group))
    return Told(rule, group, stories, configuration.rules, base.rstrip("/"), now)

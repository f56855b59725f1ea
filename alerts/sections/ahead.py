"""What the coming days are expected to bring, in words that say how sure. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.phrases import Name, Phrase, make_phrase
from alerts.volume.ahead import Outlook, look_ahead
from alerts.volume.counting import ALL, DatedStory, count_by_day
from alerts.volume.rising import Rise
from alerts.volume.unusual import is_day_off
from store.types import CalendarEntry, Topic

HORIZONS = (7, 14)  # days
BACK = timedelta(days=150)  # of stories that are looked at
RISES = (
    "{outlets} independent outlets after {hours} hour(s); of {others} other stories of these weeks "
    "{as_many} had as many at that age."
)
_SAID = (
    "{subject}: {low} to {high} stories in the next {days} days "
    "(four times in five; set back {trials} times, the interval held {held})"
)


def find_outlooks(
    begun: Iterable[tuple[str, datetime, frozenset[str]]],
    day: date,
    *,
    zone: ZoneInfo,
    calendar: Collection[CalendarEntry],
    topics: Sequence[Topic],
    since: datetime,
) -> tuple[Outlook, ...]:
    """Stories by id, beginning (UTC) and topics -> what can honestly be said of the days after `day`.

    Everything together, and each topic that the office reads first. `since`: when collecting began (UTC).
    """
    stories = (DatedStory(id_, at, found) for id_, at, found in begun)
    counts = count_by_day(stories, zone=zone)
    subjects = [ALL, *(topic.id for topic in topics if topic.priority == "read")]
    tried = (
        look_ahead(
            subject,
            counts.get(subject, {}),
            day,
            days,
            is_off=lambda one: is_day_off(one, calendar),
            known_since=since.astimezone(zone).date(),
        )
        for subject in subjects
        for days in HORIZONS
    )
    return tuple(outlook for outlook in tried if outlook is not None)


def say_rise(rise: Rise) -> Phrase:
    """A story that rises, as a phrase: how wide, how old, and against what."""
    spread = make_phrase(
        RISES, outlets=rise.outlets, hours=hours_of(rise), as_many=rise.as_many, others=rise.others
    )
    return make_phrase("“{title}”: {spread}", title=rise.title, spread=spread)


def hours_of(rise: Rise) -> int:
    """The age of a story in whole hours, at least one."""
    return max(1, round(rise.age.total_seconds() / 3600))


def say_outlooks(outlooks: Iterable[Outlook], topics: Sequence[Topic]) -> Iterator[Phrase]:
    """Each as a phrase."""
    names = {topic.id: Name(topic.vi, topic.en) for topic in topics}
    for outlook in outlooks:
        yield make_phrase(
            _SAID,
            subject=names.get(outlook.subject, make_phrase("About the province in all")),
            low=outlook.low,
            high=outlook.high,
            days=outlook.days,
            trials=outlook.trials,
            held=outlook.held,
        )

"""`diembao group`: articles in order of time in, stories and copies out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from config.faults import in_english
from desk.filters.lines import BadRecordError, Record, identity_of, pass_on, text_of
from desk.filters.times import notes_of, published_before
from nlp.stories import Grouper, GroupItem

_t = in_english
KNOWN = frozenset({"id", "title", "text", "published"})
WINDOW = timedelta(days=14)


def make() -> Callable[[Record], Record]:
    """A grouper with its memory: the answers depend on the order, so this runs in one process."""
    grouper = Grouper(window=WINDOW)
    seen: dict[str, str | int] = {}

    def group_record(record: Record) -> Record:
        identity = identity_of(record)
        name = str(identity)
        if name in seen:
            raise BadRecordError(_t("the id {id} stood on an earlier line"), id=repr(identity))
        published = published_before(record, datetime.now(UTC), "published")
        item = GroupItem(
            id=name,
            title=text_of(record, "title", default=""),
            text=text_of(record, "text"),
            published=published.at,
        )
        found = grouper.add(item)
        seen[name] = identity
        answer: Record = {"id": identity, "story": found.story, "copy_of": seen.get(found.copy_of or "")}
        reasons = {"score": round(found.score, 4), "why": list(found.why)}
        return pass_on(record, KNOWN, {**answer, **reasons, **notes_of(published)})

    return group_record

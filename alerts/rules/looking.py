"""What a round of rules looks at, loaded once however many rules ask. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from alerts.material import SeenChange
from alerts.noticing import find_changes_of
from alerts.rules.finding import Window
from store import alerting
from store.events import list_events
from store.matters import list_matters
from store.search import parse
from store.types import Event, EventKind, Glance, Matter, Saved

LATE_EVENTS = timedelta(days=7)  # an event tells when its page was seen so, and is saved when that is sure
OLDEST = timedelta(days=60)  # members saved before count no more towards what a search finds of a story
_MOST_EVENTS = 5_000


@dataclass
class Look:
    """One window's material within one session."""

    session: Session
    window: Window
    _answers: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def glances(self) -> dict[str, Glance]:
        """The stories that something happened to in the window."""
        touched = alerting.stories_touched(self.session, self.window.start, self.window.end)
        return alerting.glance_at(self.session, touched, flags_since=self.window.start)

    @cached_property
    def source_events(self) -> Sequence[Saved[Event]]:
        """Changed conditions of sources."""
        since = self.window.start - LATE_EVENTS
        return list_events(self.session, kinds=(EventKind.SOURCE_STATE,), since=since, limit=_MOST_EVENTS)

    @cached_property
    def matters(self) -> Sequence[Matter]:
        """The open ones."""
        return list_matters(self.session, is_open=True)

    def answering(self, search: str) -> list[Glance]:
        """The stories among them that a search finds, in a fixed order."""
        if search not in self._answers:
            since = self.window.start - OLDEST
            self._answers[search] = alerting.stories_answering(
                self.session, parse(search), self.glances.keys(), since=since
            )
        return [self.glances[id_] for id_ in sorted(self._answers[search])]

    def changes_of(self, stories: Collection[Glance]) -> dict[str, list[SeenChange]]:
        """What happened to the pages of some stories, by story."""
        story_of = {member.number: story.id for story in stories for member in story.members}
        found: dict[str, list[SeenChange]] = {}
        for change in find_changes_of(self.session, story_of):
            found.setdefault(story_of[change.item.number], []).append(change)
        return found


@dataclass
class Looks:
    """The looks of one round, one for each window: rules that looked together last time share theirs."""

    session: Session
    _by_window: dict[tuple[datetime, datetime], Look] = field(default_factory=dict)

    def at(self, window: Window) -> Look:
        """The look at a window."""
        return self._by_window.setdefault((window.start, window.end), Look(self.session, window))

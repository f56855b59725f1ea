"""A rule laid over what came in: which of its conditions came true, and why. Pure.

Counted are independent outlets, not copies. Nothing here asks who an outlet is, but for Condition.FOREIGN: a
fact for routing that says nothing of what is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.material import SeenChange
from store.differences import fold_flags
from store.types import AlertRule, Condition, Event, EventKind, Glance, Happening, Matter, Saved

_CHANGES = {
    EventKind.HEADLINE_CHANGED: "Its headline was changed: “{before}” became “{after}” ({outlet}).",
    EventKind.FIGURE_CHANGED: "A figure was changed: “{before}” became “{after}” ({outlet}).",
    EventKind.REMOVED: "A captured page is there no more ({outlet}).",
}
_DIFFERENCE = "Outlets tell it differently: “{sentence}” – “{other}”"
_SHORT = 160  # characters of a quotation within a reason
NEAR = timedelta(hours=24)  # before a limit ends, so that a working day is left for it


@dataclass(frozen=True, slots=True)
class Window:
    """What is new: saved in [start, end), UTC."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether something saved at this moment is new."""
        return self.start <= moment < self.end


Finder = Callable[[AlertRule, Glance, Window, Sequence[SeenChange]], Iterator[Happening]]


def find_in_story(
    rule: AlertRule, story: Glance, window: Window, changes: Sequence[SeenChange] = ()
) -> tuple[Happening, ...]:
    """A story that the rule's search finds -> what came true of it in the window.

    `changes` are the events of its members' pages.
    """
    return tuple(
        happening
        for condition in rule.when
        if condition in _FINDERS
        for happening in _FINDERS[condition](rule, story, window, changes)
    )


def _make(
    rule: AlertRule,
    condition: Condition,
    story: Glance,
    at: datetime,
    why: str,
    *,
    detail: str = "",
    **values: str,
) -> Happening:
    told = tuple((name, value[:_SHORT]) for name, value in values.items())
    return Happening(rule.id, condition, story.id, detail, at, story.title, why, told)


def _new_story(
    rule: AlertRule, story: Glance, window: Window, _changes: Sequence[SeenChange]
) -> Iterator[Happening]:
    begun = min(member.saved_at for member in story.members)
    if window.holds(begun):
        outlet = story.members[0].outlet_name
        yield _make(rule, Condition.NEW_STORY, story, begun, "A new story, first at {outlet}.", outlet=outlet)


def _outlets(
    rule: AlertRule, story: Glance, window: Window, _changes: Sequence[SeenChange]
) -> Iterator[Happening]:
    first_of: dict[str, datetime] = {}
    for member in sorted(story.originals, key=lambda m: m.saved_at):
        first_of.setdefault(member.outlet, member.saved_at)
    reached = sorted(first_of.values())
    if len(reached) >= rule.outlets and window.holds(reached[rule.outlets - 1]):
        why, count = "{count} independent outlets carry it.", str(len(reached))
        yield _make(rule, Condition.OUTLETS, story, reached[rule.outlets - 1], why, count=count)


def _foreign(
    rule: AlertRule, story: Glance, window: Window, _changes: Sequence[SeenChange]
) -> Iterator[Happening]:
    abroad = [member for member in story.originals if member.is_foreign]
    first = min(abroad, key=lambda member: member.saved_at, default=None)
    if first is not None and window.holds(first.saved_at):
        why, outlet = "{outlet} reports it from abroad.", first.outlet_name
        yield _make(rule, Condition.FOREIGN, story, first.saved_at, why, outlet=outlet)


def _flagged(
    rule: AlertRule, story: Glance, window: Window, _changes: Sequence[SeenChange]
) -> Iterator[Happening]:
    """One happening for each difference: its other side comes with the story."""
    seen = set()
    new = tuple(flag for flag in story.flags if window.holds(flag.saved_at))
    for flag, *others in fold_flags(new, lambda saved: saved.value):
        key = flag.value.claim.key
        if key not in seen:
            seen.add(key)
            why = _DIFFERENCE if others else "A sentence needs checking: “{sentence}”"
            said = {"sentence": flag.value.claim.text}
            said |= {"other": others[0].value.claim.text} if others else {}
            yield _make(rule, Condition.FLAGGED, story, flag.saved_at, why, detail=key, **said)


def _changed(
    rule: AlertRule, story: Glance, window: Window, changes: Sequence[SeenChange]
) -> Iterator[Happening]:
    for change in changes:
        event = change.event.value
        if event.kind in _CHANGES and window.holds(change.event.saved_at):
            yield _make(
                rule, Condition.CHANGED, story, change.event.saved_at, _CHANGES[event.kind], detail=event.key,
                before=event.before, after=event.after, outlet=change.item.article.outlet_name,
            )  # fmt: skip


_FINDERS: dict[Condition, Finder] = {
    Condition.NEW_STORY: _new_story,
    Condition.OUTLETS: _outlets,
    Condition.FOREIGN: _foreign,
    Condition.FLAGGED: _flagged,
    Condition.CHANGED: _changed,
}


def find_in_sources(rule: AlertRule, events: Sequence[Saved[Event]], window: Window) -> tuple[Happening, ...]:
    """Events of sources -> what came true for a rule that asks for them."""
    if Condition.SOURCE not in rule.when:
        return ()
    return tuple(
        Happening(
            rule=rule.id,
            condition=Condition.SOURCE,
            subject=saved.value.source,
            detail=saved.value.key,
            at=saved.saved_at,
            title=saved.value.source,
            why="The source {source} was {before} and is {after}: {detail}",
            values=(
                ("source", saved.value.source),
                ("before", saved.value.before),
                ("after", saved.value.after),
                ("detail", saved.value.detail[:_SHORT]),
            ),
        )
        for saved in events
        if saved.value.kind is EventKind.SOURCE_STATE and window.holds(saved.saved_at)
    )


def find_in_matters(rule: AlertRule, matters: Sequence[Matter], now: datetime) -> tuple[Happening, ...]:
    """Open matters -> those whose limit ends within a day, or has ended; each limit is told of once."""
    if Condition.DEADLINE not in rule.when:
        return ()
    return tuple(
        Happening(
            rule=rule.id,
            condition=Condition.DEADLINE,
            subject=f"matter {matter.number}",
            detail=matter.due_at.isoformat(),
            at=now,
            title=matter.claim_text,
            why="Matter {number} is due on {day}.",
            values=(("number", str(matter.number)), ("day", matter.due_at.isoformat())),
        )
        for matter in matters
        if matter.due_at is not None and matter.due_at - now <= NEAR
    )

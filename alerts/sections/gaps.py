"""What the digest may be missing: sources not in order, priority sources that gave nothing. Pure.

How a source is was judged when it was collected; here it is only said. The silence of a priority source is a
plain count, so that a dead one is noticed within a day also where it never gave enough to judge by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from alerts.edition import Gap, Gaps, Silence
from alerts.material import Arrivals, DigestMaterial
from alerts.phrases import make_phrase
from store.types import Event, FeedKind, FeedOutcome, FeedState, Source, SourceCondition

MOST_NAMED = 15  # sources in one list of a mail; the whole list stands at the desk

OUTCOMES = {
    FeedOutcome.BLOCKED: make_phrase("refuses to be read by programs; recorded, not evaded"),
    FeedOutcome.DEAD: make_phrase("does not answer"),
    FeedOutcome.NOT_A_FEED: make_phrase("answers, but with something that is no feed"),
    FeedOutcome.FAILED: make_phrase("could not be read"),
    FeedOutcome.NEVER: make_phrase("has not been looked at yet"),
}
GOOD = frozenset([FeedOutcome.OK, FeedOutcome.UNCHANGED])
# Conditions as events name them (Event.after), the worst first.
UNREAD = {
    SourceCondition.BLOCKED.value: OUTCOMES[FeedOutcome.BLOCKED],
    SourceCondition.FAILING.value: OUTCOMES[FeedOutcome.FAILED],
}
ODD = {
    SourceCondition.CHANGED.value: make_phrase("its pages or dates no longer read as they did"),
    SourceCondition.LATE.value: make_phrase("silent for longer than is usual for it"),
}


def is_in_use(source: Source) -> bool:
    """Whether anything is read of a source: switched on, with an address in use."""
    readable = (f for f in source.feeds if f.kind is not FeedKind.NONE and not f.disabled)
    return not source.disabled and any(readable)


def _condition_gaps(
    standing: Iterable[Event], used: Mapping[str, Source], names: Mapping[str, object]
) -> Iterator[tuple[Source, Gap]]:
    """The sources whose condition is one of `names`; what is no longer collected from is no gap."""
    for event in standing:
        source = used.get(event.source)
        phrase = (UNREAD | ODD).get(event.after)
        if source is not None and phrase is not None and event.after in names:
            yield source, Gap(source.name, 0, phrase, event.detail, since=event.at)


def _look_gaps(troubles: Iterable[FeedState], used: Mapping[str, Source]) -> Iterator[tuple[Source, Gap]]:
    """Feeds whose last look failed -> one gap for each source and kind of failure."""
    bad = (state for state in troubles if state.outcome not in GOOD and state.source in used)
    rows = sorted(bad, key=lambda state: (state.source, state.outcome))
    for (source, outcome), group in groupby(rows, key=lambda state: (state.source, state.outcome)):
        states = list(group)
        answered = [state.succeeded_at for state in states if state.succeeded_at]
        last = max(answered, default=None)
        yield used[source], Gap(used[source].name, len(states), OUTCOMES[outcome], states[0].detail, last)


def _ordered(rows: Iterable[tuple[Source, Gap]]) -> list[Gap]:
    """Priority sources first, then by name."""
    return [gap for _, gap in sorted(rows, key=lambda row: (not row[0].priority, row[1].outlet))]


def find_silence(sources: Iterable[Source], arrivals: Arrivals) -> Silence:
    """Priority sources without a new article in the last day; who gave most in the week before stands first.

    That order keeps the newly dead on the list where it is cut: those that seldom give anything come last.
    """
    watched = [source for source in sources if source.priority]
    silent = [source for source in watched if not arrivals.day.get(source.id)]
    silent.sort(key=lambda source: (-arrivals.week.get(source.id, 0), source.name))
    names = tuple(source.name for source in silent[:MOST_NAMED])
    return Silence(len(watched), names, len(silent) - len(names))


def compose_gaps(material: DigestMaterial) -> Gaps:
    """What of the press the digest may be missing.

    A source that a condition is known of is told by it alone; else a failed last look is told.
    """
    used = {source.id: source for source in material.office.sources if is_in_use(source)}
    told = {event.source for event in material.standing if event.after in UNREAD}
    looks = (row for row in _look_gaps(material.troubles, used) if row[0].id not in told)
    unread = _ordered([*_condition_gaps(material.standing, used, UNREAD), *looks])
    odd = _ordered(_condition_gaps(material.standing, used, ODD))
    return Gaps(
        unread=tuple(unread[:MOST_NAMED]),
        more_unread=len(unread[MOST_NAMED:]),
        odd=tuple(odd[:MOST_NAMED]),
        more_odd=len(odd[MOST_NAMED:]),
        silence=find_silence(used.values(), material.arrivals),
        off=len(material.office.sources) - len(used),
    )

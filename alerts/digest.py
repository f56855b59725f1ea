"""A press digest (điểm báo) of a day, a week or a month: material -> sections, as in context 3.2 A. Pure.

1 header · 2 highlights · 3 matters · 4 claims to check · 5 domestic press · 6 foreign press · 7 corrections
printed · 8 pages changed or taken down · 9 figures and gaps · 10 follow-up · recipients.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from alerts.edition import Digest, Header, Undelivered
from alerts.material import DigestMaterial
from alerts.sections.ahead import say_outlooks, say_rise
from alerts.sections.changes import compose_changes
from alerts.sections.claims import compose_claims, compose_follow_up
from alerts.sections.figures import compose_figures
from alerts.sections.matters import compose_clocks, compose_highlights, compose_matters, compose_to_correct
from alerts.sections.press import compose_corrections, compose_press
from store.types import Recipient, Scope

AHEAD = timedelta(days=7)  # how far the calendar is looked into
MOST_RISING = 5  # stories; what rises is rare, or it is not rising
LATE = timedelta(minutes=15)  # a digest that comes so much after its time says so


def _header(material: DigestMaterial) -> Header:
    office, made_at = material.office, material.made_at or material.period_end
    return Header(
        superior=office.rules.superior,
        office=office.rules.office,
        place=office.place,
        day=office.local_day(material.period_end),
        period_start=material.period_start,
        period_end=material.period_end,
        timezone=office.rules.timezone,
        late_since=material.due if material.due and made_at - material.due > LATE else None,
        span=material.span,
    )


def _coming(material: DigestMaterial) -> tuple[tuple[date, str], ...]:
    """The dates of the calendar from the digest's day on, a week ahead."""
    day = material.office.local_day(material.period_end)
    entries = (e for e in material.office.calendar if day <= (e.until or e.day) and e.day <= day + AHEAD)
    return tuple(sorted((entry.day, entry.name) for entry in entries))


def _readers(material: DigestMaterial, edition: str) -> Iterator[Recipient]:
    recipients = material.office.rules.recipients
    return (one for one in recipients if one.edition == edition and material.span in one.every)


def _undelivered(material: DigestMaterial) -> Iterator[Undelivered]:
    """Whom a notice did not reach. By name: an address is nobody else's business."""
    names = {one.id: one.name for one in material.office.rules.recipients}
    for row in material.undelivered:
        notice = row.notice
        yield Undelivered(
            recipient=names.get(notice.recipient, notice.recipient),
            channel=notice.channel,
            subject=notice.subject,
            at=row.failed_at or notice.created_at,
            why=row.detail,
        )


def compose(material: DigestMaterial, *, edition: str = "leaders") -> Digest:
    """One period's material -> Digest. `edition` names whose recipients stand at its foot."""
    matters, more = compose_matters(material)
    changes, more_changes = compose_changes(material)
    return Digest(
        header=_header(material),
        highlights=compose_highlights(material),
        matters=matters,
        more_matters=more,
        clocks=compose_clocks(material),
        claims=compose_claims(material),
        domestic=compose_press(material, Scope.DOMESTIC),
        foreign=compose_press(material, Scope.FOREIGN),
        corrections=compose_corrections(material),
        changes=changes,
        more_changes=more_changes,
        figures=compose_figures(material),
        follow_up=compose_follow_up(material),
        to_correct=compose_to_correct(material),
        undelivered=tuple(_undelivered(material)),
        coming=_coming(material),
        outlooks=tuple(say_outlooks(material.outlooks, material.office.topics)),
        rising=tuple(map(say_rise, material.rising[:MOST_RISING])),
        recipients=tuple(r.name for r in _readers(material, edition)),
        quotation_words=material.office.rules.quotation_words,
    )

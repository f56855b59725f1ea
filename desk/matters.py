"""Matters as verdicts open and end them: a unit is proposed by topic and place, never a person."""

from __future__ import annotations

from sqlalchemy.orm import Session

from alerts.run import office_from
from alerts.sections.units import propose_units
from store.matters import add_act, find_open, open_matter
from store.types import Configuration, MatterAct, MatterStep, Review, Story, Verdict


def follow_verdict(session: Session, review: Review, story: Story, configuration: Configuration) -> int:
    """Open a matter where a verdict says *Đúng – ta cần sửa*, in the verdict's own transaction.

    Returns:
        The matter's number; 0 for another verdict.

    """
    if review.verdict is not Verdict.TRUE_WE_CORRECT:
        return 0
    return open_matter(session, review, story=story.id, unit=propose_unit(story, configuration, review))


def end_with_verdict(session: Session, undoing: Review, story: str) -> None:
    """Close the open matter of a sentence whose verdict was taken back, with the reason given for that."""
    matter = find_open(session, undoing.claim, story)
    if matter is not None and undoing.verdict is not Verdict.TRUE_WE_CORRECT:
        act = MatterAct(MatterStep.CLOSED, undoing.reviewer, undoing.at, words=undoing.reason)
        add_act(session, matter.number, act)


def propose_unit(story: Story, configuration: Configuration, review: Review) -> str:
    """Unit.id of the first office that a digest would propose; "" where none can be told."""
    office = office_from(configuration)
    proposed = propose_units(story.members, office, day=office.local_day(review.at))
    return proposed[0].id if proposed else ""

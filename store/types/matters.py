"""Việc cần sửa: a claim was right, the office must correct something. About a claim and a unit, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import ImpossibleValueError, require_aware


class MatterStep(StrEnum):
    """What can be done with a matter; every step is kept."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    LIMITED = "limited"  # a person says that a limit of law runs
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class MatterAct:
    """One step, by whom and when. `words`: what was done or why; `unit`, `limit` only where they change."""

    step: MatterStep
    by: str  # user name of the desk
    at: datetime
    words: str = ""
    unit: str = ""  # Unit.id
    limit: str = ""  # Deadline.id
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        require_aware(self.at, "MatterAct.at")
        if not self.by.strip():
            raise ImpossibleValueError("a step in a matter needs a named person")
        if self.step in (MatterStep.CLOSED, MatterStep.REOPENED) and not self.words.strip():
            raise ImpossibleValueError("closing or reopening a matter says what was done, or why")


@dataclass(frozen=True, slots=True)
class Matter:
    """A claim that is right, and the unit that has to correct what it concerns. The newest step decides.

    `unit` is "" where none is proposed yet; `due_at` None where no limit of law runs.
    """

    number: int
    claim: str  # Claim.key
    claim_text: str
    article: int
    story: str
    acts: tuple[MatterAct, ...]  # in order, the opening first

    @property
    def opened_at(self) -> datetime:
        """When it was opened (UTC)."""
        return self.acts[0].at

    @property
    def is_open(self) -> bool:
        """Whether it still waits for something to be done."""
        ends = [act.step for act in self.acts if act.step in (MatterStep.CLOSED, MatterStep.REOPENED)]
        return not ends or ends[-1] is MatterStep.REOPENED

    @property
    def unit(self) -> str:
        """Unit.id of who has to act, "" for nobody yet."""
        return next((act.unit for act in reversed(self.acts) if act.unit), "")

    @property
    def running(self) -> MatterAct | None:
        """The step that set the limit that runs now."""
        return next((act for act in reversed(self.acts) if act.step is MatterStep.LIMITED), None)

    @property
    def due_at(self) -> datetime | None:
        """When the limit that runs is over (UTC)."""
        return self.running.due_at if self.running else None

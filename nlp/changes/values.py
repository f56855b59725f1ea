"""The nouns of a comparison: steps from one text to another, changed figures, a changed headline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.sentences import Span
from store.types import Quantity


class StepKind(StrEnum):
    """What became of a sentence."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


class Weight(StrEnum):
    """How much a step says. Only PLAIN ones are told of; all are shown."""

    NONE = "none"  # kept
    FURNITURE = "furniture"  # of the page, not of the article: a time stamp, "Xem thêm", a list of links
    MOVED = "moved"  # the same sentence stands elsewhere in the other text
    SLIGHT = "slight"  # the size of a typing error: marks, case, punctuation, one letter
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in a sentence that stayed: another value, come or gone (None). Offsets into its own text."""

    before: Quantity | None
    after: Quantity | None


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the old text, of the new, or of both; an absent side is an empty range where it lacks.

    `old_marks` and `new_marks` are the words that differ, as ranges of the whole texts; of CHANGED only.
    """

    kind: StepKind
    old: Span
    new: Span
    weight: Weight = Weight.NONE
    old_marks: tuple[Span, ...] = ()
    new_marks: tuple[Span, ...] = ()
    figures: tuple[FigureChange, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether words changed here beyond the figures that changed."""
        if self.weight is not Weight.PLAIN:
            return False
        old = [f.before for f in self.figures if f.before]
        new = [f.after for f in self.figures if f.after]
        return not (self.figures and _all_within(self.old_marks, old) and _all_within(self.new_marks, new))


@dataclass(frozen=True, slots=True)
class Headline:
    """A changed headline, both as written."""

    before: str
    after: str
    weight: Weight
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """From one version to the next. `headline` is None when its words stayed.

    `steps` go through both texts in order: the old sides of all but ADDED are the old text's sentences, the
    new sides of all but REMOVED the new one's. `lead` is the same for the leads.
    """

    headline: Headline | None
    lead: tuple[Step, ...]
    steps: tuple[Step, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether no word differs."""
        kept = all(step.kind is StepKind.KEPT for step in (*self.lead, *self.steps))
        return self.headline is None and kept


def _all_within(marks: tuple[Span, ...], figures: list[Quantity]) -> bool:
    return all(any(f.start <= mark.start and mark.end <= f.end for f in figures) for mark in marks)

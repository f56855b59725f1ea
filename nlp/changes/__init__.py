"""changes: what differs between two versions of an article, and which of it somebody should hear of."""

from nlp.changes.comparing import compare
from nlp.changes.events import events_between
from nlp.changes.values import Change, FigureChange, Headline, Step, StepKind, Weight

__all__ = [
    "Change",
    "FigureChange",
    "Headline",
    "Step",
    "StepKind",
    "Weight",
    "compare",
    "events_between",
]

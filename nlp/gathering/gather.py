"""A story -> its case: one function for each kind of material, each in a file of its own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from nlp.checks.case import Case
from nlp.gathering.answers import find_answers
from nlp.gathering.changes import find_changes, find_edits
from nlp.gathering.older import find_older
from nlp.gathering.outlets import Catalogue
from nlp.gathering.passages import find_passages
from nlp.shelf import Shelf
from store.types import Story

_NONE = Catalogue()


def gather(session: Session, story: Story, catalogue: Catalogue = _NONE, shelf: Shelf | None = None) -> Case:
    """Everything in the store that may speak for or against a story's sentences."""
    changes = find_changes(session, story)
    return Case(
        story,
        passages=find_passages(session, story, shelf),
        answers=find_answers(session, story),
        older=find_older(session, story),
        changes=changes,
        edits=find_edits(session, story, changes, catalogue.atlas),
        outlets=catalogue.outlets,
        atlas=catalogue.atlas,
    )

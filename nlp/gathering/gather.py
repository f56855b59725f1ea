"""A story -> its case: one function for each kind of material, each in a file of its own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from nlp.checks.case import Case
from nlp.gathering.answers import find_answers
from nlp.gathering.passages import find_passages
from store.types import Story


def gather(session: Session, story: Story) -> Case:
    """Everything in the store that may speak for or against a story's sentences."""
    return Case(story, passages=find_passages(session, story), answers=find_answers(session, story))

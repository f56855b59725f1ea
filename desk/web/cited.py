"""What a verdict cites: whether it can be looked up, and whether a document of the library still stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desk.library_words import say_state
from desk.web.links import is_linkable
from desk.web.pages.evidence import PASSAGES_A_PAGE
from desk.web.story_view import Question
from store.library.documents import find_documents

_ID = re.compile(r"kho:(\d{1,18})(?:#(\d{1,18}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document. `state` says in words why one may not go by it today, "" where one may."""

    number: int
    title: str
    state: str
    ordinal: int = 0  # of the passage, 0 for the whole document

    @property
    def place(self) -> str:
        """Where on the desk it is read."""
        if not self.ordinal:
            return f"/evidence/{self.number}"
        page = (self.ordinal - 1) // PASSAGES_A_PAGE + 1
        return f"/evidence/{self.number}?page={page}#p{self.ordinal}"


def cited_in(questions: Iterable[Question]) -> tuple[str, ...]:
    """Every line of evidence of the verdicts on a page."""
    return tuple(line for q in questions for review in q.reviews for line in review.evidence)


def find_cited(
    session: Session, lines: Iterable[str], today: date, t: Callable[[str], str]
) -> dict[str, Cited]:
    """Lines of evidence that name a document of the library (kho:12, kho:12#3) -> that document."""
    ids = {line: id_ for line in lines if (id_ := _id(line))}
    found = find_documents(session, (number for number, _ in ids.values()))
    return {
        line: Cited(number, found[number].document.title, say_state(found[number], today, t), ordinal or 0)
        for line, (number, ordinal) in ids.items()
        if number in found
    }


def find_unknown(session: Session, lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that name a document, or a passage of one, which is not in the library."""
    ids = {line: id_ for line in lines if (id_ := _id(line))}
    found = find_documents(session, (number for number, _ in ids.values()))
    return tuple(
        line
        for line, (number, ordinal) in ids.items()
        if number not in found or not (ordinal is None or 1 <= ordinal <= found[number].passages)
    )


def has_evidence(lines: Iterable[str], claimed_at: str) -> bool:
    """Whether a line can be looked up: a document or passage of the library, or an address of the web.

    The page that makes the claim (`claimed_at`) bears no witness for itself; words alone are a reason.
    """
    return any(_id(line) or (is_linkable(line) and line != claimed_at) for line in lines)


def _id(line: str) -> tuple[int, int | None] | None:
    """The document's number and the passage's ordinal, None for the whole document."""
    match = _ID.fullmatch(line.strip())
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None

"""Documents of the library that a verdict cites: whether they are there, and whether they still stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desk.library_words import say_state
from desk.web.story_view import Question
from store.library.documents import find_documents

_ID = re.compile(r"kho:(\d{1,18})(?:#\d{1,18})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document. `state` says in words why one may not go by it today, "" where one may."""

    number: int
    title: str
    state: str


def cited_in(questions: Iterable[Question]) -> tuple[str, ...]:
    """Every line of evidence of the verdicts on a page."""
    return tuple(line for q in questions for review in q.reviews for line in review.evidence)


def find_cited(
    session: Session, lines: Iterable[str], today: date, t: Callable[[str], str]
) -> dict[str, Cited]:
    """Lines of evidence that name a document of the library (kho:12, kho:12#3) -> that document."""
    numbers = {line: number for line in lines if (number := _number(line))}
    found = find_documents(session, numbers.values())
    return {
        line: Cited(number, found[number].document.title, say_state(found[number], today, t))
        for line, number in numbers.items()
        if number in found
    }


def find_unknown(session: Session, lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that name a document which is not in the library."""
    numbers = {line: number for line in lines if (number := _number(line)) is not None}
    found = find_documents(session, numbers.values())
    return tuple(line for line, number in numbers.items() if number not in found)


def _number(line: str) -> int | None:
    match = _ID.fullmatch(line.strip())
    return int(match[1]) if match else None

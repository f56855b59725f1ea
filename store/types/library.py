"""The evidence library (kho luận cứ): documents that named people add, and the passages they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from store.types.foundation import ImpossibleValueError, require_aware


class DocumentKind(StrEnum):
    """What a document is. It is shown beside a quotation and never enters a score."""

    REPORT = "report"
    STATISTICS = "statistics"
    DECISION = "decision"
    ANSWER = "answer"  # what the office said before
    RELEASE = "release"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know of a document: an English msgid and its values by name."""

    msgid: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def english(self) -> str:
        """The words in English."""
        return self.msgid.format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number (`value`, as shown) and what it is said of: a row's and column's headings, or its sentence."""

    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class DocumentPassage:
    """A stretch of a document that can be quoted, and where it stands in it.

    `page` counts from 1, 0 where the format has no pages; `sheet` and `cell` ("B5:D5") only in tables.
    """

    text: str
    page: int = 0
    sheet: str = ""
    cell: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """What is known of a document. Days are calendar days of Viet Nam; None where nothing is known."""

    title: str
    name: str  # of the file, or the address
    format: str  # pdf, docx, xlsx, csv, html, txt
    sha256: str  # of its bytes, which are kept as they came
    added_by: str
    kind: DocumentKind = DocumentKind.OTHER
    publisher: str = ""  # for citation; never enters a score
    published: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None  # the last day
    url: str = ""
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if not self.added_by.strip():
            raise ImpossibleValueError("a document needs the name of who added it")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ImpossibleValueError("a document cannot end before it begins to be valid")


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document in the library. `superseded_by` is another's number, 0 for none; nothing is ever removed."""

    number: int
    added_at: datetime
    document: LibraryDocument
    passages: int
    superseded_by: int = 0
    superseded_at: datetime | None = None

    def __post_init__(self) -> None:
        require_aware(self.added_at, "KeptDocument.added_at")

    @property
    def id(self) -> str:
        """How it is cited, also as `Evidence.document`."""
        return f"kho:{self.number}"

    def is_standing(self, day: date) -> bool:
        """Whether its figures are the ones to go by on a day: neither superseded nor out of its validity."""
        said = self.document
        begun = said.valid_from is None or said.valid_from <= day
        ended = said.valid_until is not None and said.valid_until < day
        return begun and not ended and not self.superseded_by


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage in the library: the `ordinal`th (from 1) of a document, at `start` of the document's text.

    A document's text is its passages' texts with a line end between them; offsets in characters.
    """

    document: int
    ordinal: int
    start: int
    passage: DocumentPassage

    @property
    def id(self) -> str:
        """How it is cited."""
        return f"kho:{self.document}#{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The same thing with two numbers, in two passages of the library. Which is right, people say."""

    subject: str
    here: str
    there: str
    there_id: str  # the other passage
    there_title: str

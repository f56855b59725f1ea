"""What reading a document gives: passages and what to know of it, or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.types import DocumentPassage, Note

MOST_PASSAGES = 60_000  # of one document; the largest yearbook has some 15,000 rows
MOST_CHARACTERS = 20_000_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as read; "" and None for what it does not say itself."""

    format: str
    passages: tuple[DocumentPassage, ...]
    title: str = ""
    publisher: str = ""
    published: date | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file gives nothing, and what to do."""

    why: Note
    do: Note


class UnreadableError(Exception):
    """A file that gives nothing: two English msgids, why and what to do, with their values."""

    def __init__(self, why: str, do: str, **values: object) -> None:
        said = tuple((name, str(value)) for name, value in values.items())
        self.told = Unreadable(Note(why, said), Note(do, said))
        super().__init__(self.told.why.english)


def make_note(msgid: str, **values: object) -> Note:
    """An English msgid and its values -> a note."""
    return Note(msgid, tuple((name, str(value)) for name, value in values.items()))


def in_english(text: str) -> str:
    """Mark a msgid for the catalogue where it is written, not where it is said."""
    return text


def enormous() -> UnreadableError:
    """Of a file that would fill memory or hours when unpacked."""
    return UnreadableError(
        in_english("Unpacked it would be enormous, as files are that are made to do harm."),
        in_english("If it is what it should be, open it and save it again."),
    )


def damaged(kind: str) -> UnreadableError:
    """The refusal of a file of a kind ("PDF") whose parser gave up; the parser's own words are for nobody."""
    return UnreadableError(
        in_english("The file is damaged, or no {kind}."), in_english("Save or download it again."), kind=kind
    )


def require_bounds(passages: tuple[DocumentPassage, ...]) -> None:
    """Raise UnreadableError for a document of more passages or characters than the library takes."""
    if len(passages) > MOST_PASSAGES or sum(len(passage.text) for passage in passages) > MOST_CHARACTERS:
        raise UnreadableError(
            in_english("It holds more than {most} passages or {characters} characters."),
            in_english("Split it and add the parts that are needed."),
            most=MOST_PASSAGES,
            characters=MOST_CHARACTERS,
        )

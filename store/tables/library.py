"""Tables of the evidence library."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class DocumentRow(Base):
    """A document, once by its bytes; only what supersedes it is ever changed."""

    __tablename__ = "library_documents"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    name: Mapped[str]
    format: Mapped[str]
    kind: Mapped[str]
    publisher: Mapped[str]
    publisher_key: Mapped[str] = mapped_column(index=True)
    published: Mapped[date | None] = mapped_column(index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    url: Mapped[str]
    notes: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    passages: Mapped[int]
    words: Mapped[int] = mapped_column(Number)
    superseded_by: Mapped[int | None] = mapped_column(Number, ForeignKey("library_documents.number"))
    superseded_at: Mapped[datetime | None]


class PassageRow(Base):
    """A passage; never changed."""

    __tablename__ = "library_passages"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    document: Mapped[int] = mapped_column(Number, ForeignKey("library_documents.number"))
    ordinal: Mapped[int]
    start: Mapped[int] = mapped_column(Number)
    text: Mapped[str]
    page: Mapped[int]
    sheet: Mapped[str]
    cell: Mapped[str]

    __table_args__ = (UniqueConstraint("document", "ordinal"),)


class FigureRow(Base):
    """A number of a passage under the key of what it is said of."""

    __tablename__ = "library_figures"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    passage: Mapped[int] = mapped_column(Number, ForeignKey("library_passages.id"))
    key: Mapped[str]
    subject: Mapped[str]
    value: Mapped[str]

    __table_args__ = (Index(None, "key"), Index(None, "passage"))


class LibraryAddressRow(Base):
    """What an address of the library held when last asked, and the server's validators of what is kept."""

    __tablename__ = "library_addresses"

    url: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[str]
    at: Mapped[datetime]
    etag: Mapped[str]
    last_modified: Mapped[str]


class WordRow(Base):
    """How many passages hold a folded word, in their text or their document's title."""

    __tablename__ = "library_words"

    word: Mapped[str] = mapped_column(primary_key=True)
    passages: Mapped[int] = mapped_column(Number)


class VectorRow(Base):
    """What a passage means to a model; without bytes where the model does not read its language."""

    __tablename__ = "library_vectors"

    passage: Mapped[int] = mapped_column(Number, ForeignKey("library_passages.id"), primary_key=True)
    model: Mapped[str]
    tongue: Mapped[str]
    vector: Mapped[bytes]

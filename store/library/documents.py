"""Documents of the evidence library: added once by their bytes, superseded, never removed or changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from store.archive import Archive
from store.audit import append
from store.codec import from_text, to_text
from store.errors import LibraryError
from store.folding import name_key
from store.library.figures import find_contradictions, save_figures
from store.library.index import index_passages
from store.loading import in_portions
from store.tables import DocumentRow, PassageRow
from store.types import (
    Contradiction,
    DocumentKind,
    DocumentPassage,
    KeptDocument,
    KeptPassage,
    LibraryDocument,
    Note,
)
from store.upsert import insert_absent, insert_all, table_of

ADD, SUPERSEDE, RESTORE = "add evidence", "supersede evidence", "restore evidence"
_AS_THEY_ARE = (
    "title", "name", "format", "sha256", "added_by", "publisher", "published", "valid_from", "valid_until",
    "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of adding a document; `is_new` is false when its bytes were in the library before."""

    number: int
    is_new: bool
    contradictions: tuple[Contradiction, ...] = ()


def save_document(
    session: Session,
    archive: Archive,
    document: LibraryDocument,
    passages: Sequence[DocumentPassage],
    body: bytes,
    *,
    now: datetime,
) -> Kept:
    """Keep a document's bytes, its passages and who added it, in the caller's transaction.

    Args:
        session: in a writing transaction.
        archive: where the bytes are kept as they came.
        document: what is known of it; its `sha256` is that of `body`.
        passages: what was read in it, in order.
        body: the bytes.
        now: the time (aware).

    Raises:
        ArchiveError: when the bytes cannot be kept; then nothing is.

    """
    number = insert_absent(session, DocumentRow, _values_of(document, passages, now), unique=("sha256",))
    if number is None:
        known = session.scalars(select(DocumentRow.number).where(DocumentRow.sha256 == document.sha256))
        return Kept(known.one(), is_new=False)
    archive.keep(body)
    ids = _save_passages(session, number, passages)
    words = index_passages(session, document.title, dict(zip(ids, (p.text for p in passages), strict=True)))
    table = table_of(DocumentRow)
    session.execute(update(table).where(table.c.number == number).values(words=words))
    save_figures(
        session, [(id_, figure) for id_, p in zip(ids, passages, strict=True) for figure in p.figures]
    )
    detail = f"{document.name}; sha256 {document.sha256}; {len(passages)} passages"
    append(session, actor=document.added_by, act=ADD, subject=f"kho:{number}", detail=detail, now=now)
    return Kept(number, is_new=True, contradictions=find_contradictions(session, number))


def supersede(session: Session, old: int, new: int, *, by: str, now: datetime) -> None:
    """Say that a newer document takes the place of an older one, which stays, marked and dated.

    Raises:
        LibraryError: one of them is not there, they are the same, the old one has been superseded already, or
            the new one was itself superseded by the old one, directly or not.

    """
    found = find_documents(session, [old, new])
    for number in (old, new):
        if number not in found:
            raise LibraryError("There is no document kho:{number} in the library.", number=number)
    if found[old].superseded_by:
        raise LibraryError(
            "kho:{number} was superseded by kho:{other} already.", number=old, other=found[old].superseded_by
        )
    if old in _successors(session, new):
        raise LibraryError("kho:{number} cannot take the place of itself.", number=old)
    _set_superseded(session, old, new, now)
    append(session, actor=by, act=SUPERSEDE, subject=f"kho:{old}", detail=f"by kho:{new}", now=now)


def restore(session: Session, number: int, *, by: str, now: datetime) -> None:
    """Take back that a document was superseded.

    Raises:
        LibraryError: there is no such document, or it was not superseded.

    """
    kept = find_document(session, number)
    if kept is None:
        raise LibraryError("There is no document kho:{number} in the library.", number=number)
    if not kept.superseded_by:
        raise LibraryError("kho:{number} is not superseded.", number=number)
    _set_superseded(session, number, None, None)
    detail = f"no longer superseded by kho:{kept.superseded_by}"
    append(session, actor=by, act=RESTORE, subject=f"kho:{number}", detail=detail, now=now)


def find_document(session: Session, number: int) -> KeptDocument | None:
    """A document by its number."""
    return find_documents(session, [number]).get(number)


def find_by_hash(session: Session, sha256: str) -> KeptDocument | None:
    """The document with these bytes."""
    row = session.execute(_documents().where(DocumentRow.sha256 == sha256)).first()
    return document_from(row) if row else None


def find_by_address(session: Session, url: str) -> KeptDocument | None:
    """The document that was last added from this address; the page may have changed since."""
    wanted = _documents().where(DocumentRow.url == url, DocumentRow.url != "")
    row = session.execute(wanted.order_by(DocumentRow.number.desc()).limit(1)).first()
    return document_from(row) if row else None


def find_documents(session: Session, numbers: Iterable[int]) -> dict[int, KeptDocument]:
    """Documents by number; numbers without one are left out."""
    found: dict[int, KeptDocument] = {}
    for some in in_portions(sorted(set(numbers))):
        for row in session.execute(_documents().where(DocumentRow.number.in_(some))):
            found[row.number] = document_from(row)
    return found


def list_documents(session: Session, *, limit: int = 200, offset: int = 0) -> list[KeptDocument]:
    """Documents, the last added first."""
    statement = _documents().order_by(DocumentRow.number.desc()).limit(limit).offset(offset)
    return [document_from(row) for row in session.execute(statement)]


def passages_of(session: Session, number: int, *, limit: int = 0, offset: int = 0) -> list[KeptPassage]:
    """The passages of a document in order; `limit` 0 for all."""
    statement = select(PassageRow.__table__).where(PassageRow.document == number).order_by(PassageRow.ordinal)
    if limit:
        statement = statement.limit(limit).offset(offset)
    return [passage_from(row) for row in session.execute(statement)]


def document_from(row: Row[Any]) -> KeptDocument:
    """A row of the table -> the document."""
    values = {name: getattr(row, name) for name in _AS_THEY_ARE}
    document = LibraryDocument(
        kind=DocumentKind(row.kind), notes=from_text(tuple[Note, ...], row.notes), **values
    )
    return KeptDocument(
        number=row.number,
        added_at=row.added_at,
        document=document,
        passages=row.passages,
        superseded_by=row.superseded_by or 0,
        superseded_at=row.superseded_at,
    )


def passage_from(row: Row[Any]) -> KeptPassage:
    """A row of the table -> the passage; its figures stay in their own table."""
    passage = DocumentPassage(row.text, row.page, row.sheet, row.cell)
    return KeptPassage(row.document, row.ordinal, row.start, passage)


def _documents() -> Select[Any]:
    return select(DocumentRow.__table__)


def _values_of(
    document: LibraryDocument, passages: Sequence[DocumentPassage], now: datetime
) -> dict[str, Any]:
    return {name: getattr(document, name) for name in _AS_THEY_ARE} | {
        "kind": document.kind.value,
        "publisher_key": name_key(document.publisher),
        "notes": to_text(document.notes),
        "added_at": now,
        "passages": len(passages),
        "words": 0,
    }


def _save_passages(session: Session, number: int, passages: Sequence[DocumentPassage]) -> list[int]:
    rows, start = [], 0
    for ordinal, passage in enumerate(passages, 1):
        row = {"document": number, "ordinal": ordinal, "start": start}
        rows.append(
            row | {"text": passage.text, "page": passage.page, "sheet": passage.sheet, "cell": passage.cell}
        )
        start += len(passage.text) + 1
    return insert_all(session, PassageRow, rows)


def _successors(session: Session, number: int) -> list[int]:
    """A document, what superseded it, what superseded that, and so on."""
    chain = [number]
    while (kept := find_document(session, chain[-1])) and kept.superseded_by:
        chain.append(kept.superseded_by)
    return chain


def _set_superseded(session: Session, old: int, new: int | None, now: datetime | None) -> None:
    table = table_of(DocumentRow)
    session.execute(update(table).where(table.c.number == old).values(superseded_by=new, superseded_at=now))

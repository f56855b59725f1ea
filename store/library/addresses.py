"""The addresses from which documents of the library came, and what was found there when last asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.library.documents import find_documents
from store.loading import in_portions
from store.tables import DocumentRow, LibraryAddressRow
from store.types import KeptDocument
from store.types.foundation import require_aware


class Found(StrEnum):
    """What an address of the library held when it was asked again."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    MISSED = "missed"  # it could not be asked, or did not answer: nothing is known


@dataclass(frozen=True, slots=True)
class AddressLook:
    """The last time an address was asked. `etag` and `last_modified` are of what the library holds."""

    url: str
    found: Found
    at: datetime
    etag: str = ""
    last_modified: str = ""

    def __post_init__(self) -> None:
        require_aware(self.at, "AddressLook.at")


def save_look(session: Session, look: AddressLook) -> None:
    """Keep what was found, in the caller's transaction; it takes the place of the look before."""
    values = {
        "url": look.url,
        "found": look.found.value,
        "at": look.at,
        "etag": look.etag,
        "last_modified": look.last_modified,
    }
    session.merge(LibraryAddressRow(**values))


def looks_at(session: Session, urls: Iterable[str]) -> dict[str, AddressLook]:
    """The last look by address; addresses never asked are left out."""
    found: dict[str, AddressLook] = {}
    for some in in_portions(sorted(set(urls))):
        wanted = select(LibraryAddressRow.__table__).where(LibraryAddressRow.url.in_(some))
        for row in session.execute(wanted):
            found[row.url] = AddressLook(row.url, Found(row.found), row.at, row.etag, row.last_modified)
    return found


def find_look(session: Session, kept: KeptDocument) -> AddressLook | None:
    """The last look at a document's address; None without one, or where a later document came from there."""
    url = kept.document.url
    later = select(DocumentRow.number).where(DocumentRow.url == url, DocumentRow.number > kept.number)
    if not url or session.scalar(later.limit(1)) is not None:
        return None
    return looks_at(session, [url]).get(url)


def documents_with_address(session: Session) -> list[KeptDocument]:
    """The last document of each address, the first added first; what was superseded is not asked again."""
    last = select(func.max(DocumentRow.number)).where(DocumentRow.url != "").group_by(DocumentRow.url)
    found = find_documents(session, session.scalars(last))
    return [found[number] for number in sorted(found) if not found[number].superseded_by]

"""What notices say, kept once under its own digest, however many recipients hear it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import UnknownRowError
from store.tables import ContentRow, clean_text
from store.upsert import insert_absent

_CHUNK = 500  # digests in one statement: SQLite allows 999 variables in old versions


@dataclass(frozen=True, slots=True)
class Content:
    """The two forms of what a notice says."""

    text: str
    html: str

    @property
    def digest(self) -> str:
        """Hex SHA-256 of both forms; their lengths keep one from passing for the other's end."""
        text, html = (clean_text(form).encode() for form in (self.text, self.html))
        return hashlib.sha256(b"%d %d\n" % (len(text), len(html)) + text + html).hexdigest()


def keep_content(session: Session, content: Content) -> str:
    """Keep what a notice says, once.

    Returns:
        Its digest.

    """
    digest = content.digest
    if session.scalars(select(ContentRow.digest).where(ContentRow.digest == digest)).first() is None:
        values = {"digest": digest, "text": content.text, "html": content.html}
        insert_absent(session, ContentRow, values, unique=("digest",))
    return digest


def find_contents(session: Session, digests: Collection[str]) -> dict[str, Content]:
    """Contents by their digests.

    Raises:
        UnknownRowError: when one of them is not there.

    """
    wanted, found = sorted(digests), dict[str, Content]()
    for start in range(0, len(wanted), _CHUNK):
        chosen = ContentRow.digest.in_(wanted[start : start + _CHUNK])
        for row in session.execute(select(ContentRow.__table__).where(chosen)):
            found[row.digest] = Content(row.text, row.html)
    missing = set(wanted) - found.keys()
    if missing:
        raise UnknownRowError(f"what a notice says is not in the store: {min(missing)[:12]}…")
    return found

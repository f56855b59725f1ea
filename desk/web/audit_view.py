"""An entry of the log as people read it; what is stored, and chained, stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from desk.web.audit_words import say_detail, say_subject
from desk.web.names import NAMES
from store.audit import AuditEntry
from store.reviews import reviews_by_claim
from store.types import Verdict


def find_sentences(session: Session, rows: Sequence[AuditEntry]) -> dict[str, str]:
    """The sentences that were judged, by Claim.key, of the entries that name one."""
    keys = {row.subject.removeprefix("claim ") for row in rows if row.subject.startswith("claim ")}
    return {key: reviews[0].claim_text for key, reviews in reviews_by_claim(session, keys).items() if reviews}


def read_aloud(
    row: AuditEntry, sentences: Mapping[str, str], t: Callable[[str], str], topics: Mapping[str, str]
) -> AuditEntry:
    """The entry with the sentence for its key, the matter by its name, and the verdict in words."""
    kind, _, key = row.subject.partition(" ")
    subject = say_subject(row.subject, t)
    if kind == "claim" and key in sentences:
        subject = f"“{sentences[key]}”"
    code, colon, reason = row.detail.partition(": ")
    if row.act != "review" or not colon or code not in set(Verdict):
        return replace(row, subject=subject, detail=say_detail(row.detail, t, topics))
    return replace(row, subject=subject, detail=f"{t(NAMES.verdicts[Verdict(code)])}: {reason}")

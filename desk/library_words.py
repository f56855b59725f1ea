"""Documents and passages of the evidence library in words and as records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from crawler.documents.parsed import in_english
from crawler.words import localise
from desk.filters.times import rfc3339
from desk.library import OFFICE, Outcome
from store.library.search import Hit
from store.types import Contradiction, DocumentKind, KeptDocument, KeptPassage, Note

Translator = Callable[[str], str]

_t = in_english
_ID = re.compile(r"(?:kho:)?(\d{1,12})(?:#(\d{1,9}))?")
KINDS: dict[str, str] = {
    DocumentKind.REPORT: _t("report"),
    DocumentKind.STATISTICS: _t("statistics"),
    DocumentKind.DECISION: _t("decision"),
    DocumentKind.ANSWER: _t("earlier answer"),
    DocumentKind.RELEASE: _t("press release"),
    DocumentKind.PRESS: _t("press document"),
    DocumentKind.OTHER: _t("other document"),
}


def read_id(text: str) -> tuple[int, int] | None:
    """An id as "kho:12", "12", "kho:12#3" -> number and ordinal (0 for none); None when it is none."""
    match = _ID.fullmatch(text.strip())
    return (int(match[1]), int(match[2] or 0)) if match else None


def say_note(note: Note, t: Translator) -> str:
    """A note in words."""
    return t(note.msgid).format(**{name: localise(value, t) for name, value in note.values})


def say_place(kept: KeptPassage, t: Translator) -> str:
    """Where a passage stands in its document."""
    passage = kept.passage
    parts = [t("page {number}").format(number=passage.page)] if passage.page else []
    if passage.sheet.startswith("#"):
        parts.append(t("table {number}").format(number=passage.sheet[1:]))
    elif passage.sheet:
        parts.append(t("sheet {name}").format(name=passage.sheet))
    if passage.cell:
        parts.append(t("cells {cells}").format(cells=passage.cell))
    return ", ".join(parts) or t("passage {number}").format(number=kept.ordinal)


def say_day(day: date | None, t: Translator) -> str:
    """A day for people."""
    return f"{day:%d/%m/%Y}" if day else t("no date")


def say_state(kept: KeptDocument, today: date, t: Translator) -> str:
    """Whether one may go by a document today; "" when nothing speaks against it."""
    said = kept.document
    if kept.superseded_by and kept.superseded_at:
        return t("superseded by kho:{number} on {day}").format(
            number=kept.superseded_by, day=f"{kept.superseded_at.astimezone(OFFICE):%d/%m/%Y}"
        )
    if said.valid_until and said.valid_until < today:
        return t("valid until {day}").format(day=say_day(said.valid_until, t))
    if said.valid_from and said.valid_from > today:
        return t("valid only from {day}").format(day=say_day(said.valid_from, t))
    if said.published and said.published > today:
        return t("dated in the future")
    return ""


def say_contradiction(found: Contradiction, t: Translator) -> str:
    """Two numbers of one thing, side by side."""
    words = t("“{subject}”: {here} here, {there} in {id} ({title}).")
    return words.format(
        subject=found.subject, here=found.here, there=found.there, id=found.there_id, title=found.there_title
    )


def outcome_record(outcome: Outcome, t: Translator) -> dict[str, Any]:
    """What came of adding one, for programs."""
    return {
        "what": outcome.what,
        "id": f"kho:{outcome.number}" if outcome.number else None,
        "new": outcome.is_new,
        "title": outcome.title,
        "passages": outcome.passages,
        "notes": [say_note(note, t) for note in outcome.notes],
        "contradictions": [contradiction_record(found) for found in outcome.contradictions],
        "reason": say_note(outcome.why, t) if outcome.why else "",
    }


def contradiction_record(found: Contradiction) -> dict[str, str]:
    """Two numbers of one thing, for programs."""
    return {
        "subject": found.subject, "here": found.here, "there": found.there, "passage": found.there_id,
        "title": found.there_title,
    }  # fmt: skip


def document_record(kept: KeptDocument, today: date, t: Translator) -> dict[str, Any]:
    """A document for programs."""
    said = kept.document
    return {
        "id": kept.id,
        "title": said.title,
        "kind": said.kind.value,
        "publisher": said.publisher,
        "published": said.published.isoformat() if said.published else None,
        "valid_from": said.valid_from.isoformat() if said.valid_from else None,
        "valid_until": said.valid_until.isoformat() if said.valid_until else None,
        "standing": kept.is_standing(today),
        "superseded_by": f"kho:{kept.superseded_by}" if kept.superseded_by else None,
        "superseded_at": rfc3339(kept.superseded_at) if kept.superseded_at else None,
        "name": said.name,
        "format": said.format,
        "url": said.url,
        "sha256": said.sha256,
        "added_by": said.added_by,
        "added_at": rfc3339(kept.added_at),
        "passages": kept.passages,
        "notes": [say_note(note, t) for note in said.notes],
    }


def passage_record(kept: KeptPassage) -> dict[str, Any]:
    """A passage for programs; `start` counts characters of the document's text."""
    passage = kept.passage
    return {
        "id": kept.id,
        "text": passage.text,
        "page": passage.page or None,
        "sheet": passage.sheet,
        "cell": passage.cell,
        "start": kept.start,
        "end": kept.start + len(passage.text),
    }


def hit_record(hit: Hit, today: date) -> dict[str, Any]:
    """What a search found, for programs."""
    said = hit.document.document
    return passage_record(hit.passage) | {
        "score": round(hit.score, 3),
        "document": hit.document.id,
        "title": said.title,
        "publisher": said.publisher,
        "published": said.published.isoformat() if said.published else None,
        "standing": hit.document.is_standing(today),
    }

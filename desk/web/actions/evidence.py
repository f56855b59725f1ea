"""The buttons of the evidence library: add a document, supersede it by a newer one, take that back."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from crawler.documents.reading import File
from desk.library import Said, add_document, restore, supersede
from desk.library_words import read_id, say_note
from desk.web.accounts import may_judge
from desk.web.answers import RefusedError, go_to
from desk.web.form import Form
from desk.web.pages.evidence import answer_document, answer_library
from desk.web.uploads import Upload
from desk.web.visit import Visit
from store.errors import LibraryError
from store.types import DocumentKind

_LONGEST = 300  # characters of a title or a publisher


def add_evidence(visit: Visit, form: Form, upload: Upload) -> Response:
    """POST /evidence/add: a file with `kind`, `title`, `publisher`, `published`, `valid_from`, `valid_until`.

    Who adds it is who is signed in, whatever the form says. It is read in a process of its own.
    """
    said, fault = _said(visit, form)
    if not upload.name or not upload.body:
        fault = fault or visit.t("Choose a file that is not empty.")
    if said is None or fault:
        return answer_library(visit, fault=fault)
    given = visit.desk.given
    outcome = add_document(
        given.sessions,
        given.archive,
        File(upload.name, upload.body, visit.now),
        said,
        by=visit.colleague.name,
        progress=lambda _done, _total: None,
    )
    if outcome.why is not None:
        words = " ".join(say_note(note, visit.t) for note in (outcome.why, outcome.do) if note)
        return answer_library(visit, fault=f"{upload.name}: {words}")
    return go_to(f"/evidence/{outcome.number}?done={'added' if outcome.is_new else 'known'}")


def supersede_evidence(visit: Visit, form: Form) -> Response:
    """POST /evidence/supersede: `old`, `new`, ids such as kho:12."""
    if not may_judge(visit.colleague):
        raise RefusedError(403, "Not allowed", "Your account can look, but not add.")
    old, new = read_id(form.text("old")), read_id(form.text("new"))
    if old is None:
        raise RefusedError(400, "Not a form", "The desk only takes its own forms.")
    if new is None:
        return answer_document(
            visit, old[0], fault=visit.t("Write the newer document's number, such as kho:12.")
        )
    try:
        with visit.desk.given.sessions.begin() as session:
            supersede(session, old[0], new[0], by=visit.colleague.name, now=visit.now)
    except LibraryError as fault:
        return answer_document(visit, old[0], fault=visit.t(fault.template).format(**fault.values))
    return go_to(f"/evidence/{old[0]}?done=superseded")


def restore_evidence(visit: Visit, form: Form) -> Response:
    """POST /evidence/restore: `id`, such as kho:12; takes back that it was superseded."""
    if not may_judge(visit.colleague):
        raise RefusedError(403, "Not allowed", "Your account can look, but not add.")
    id_ = read_id(form.text("id"))
    if id_ is None:
        raise RefusedError(400, "Not a form", "The desk only takes its own forms.")
    try:
        with visit.desk.given.sessions.begin() as session:
            restore(session, id_[0], by=visit.colleague.name, now=visit.now)
    except LibraryError as fault:
        return answer_document(visit, id_[0], fault=visit.t(fault.template).format(**fault.values))
    return go_to(f"/evidence/{id_[0]}?done=restored")


def _said(visit: Visit, form: Form) -> tuple[Said | None, str]:
    """What the form says of the document, or what is wrong with it, in words."""
    if form.text("kind") not in set(DocumentKind):
        return None, visit.t("Choose what kind of document it is.")
    try:
        days = [_day(form.text(name)) for name in ("published", "valid_from", "valid_until")]
    except ValueError:
        return None, visit.t("One of the days cannot be read.")
    if days[1] and days[2] and days[2] < days[1]:
        return None, visit.t("It would end before it begins to be valid.")
    title, publisher = (form.text(name)[:_LONGEST] for name in ("title", "publisher"))
    return Said(title, publisher, DocumentKind(form.text("kind")), *days), ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

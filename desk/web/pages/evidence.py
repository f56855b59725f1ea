"""The evidence library: its documents, a search through their passages, one document with its passages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.responses import Response

from crawler.documents.formats import MOST_BYTES
from desk.library import OFFICE
from desk.library_words import KINDS, say_contradiction, say_day, say_note, say_place, say_state
from desk.web.accounts import may_judge
from desk.web.answers import NotFoundError, answer_page
from desk.web.texts import Piece, make_pieces
from desk.web.visit import Visit
from store.archive import Archive
from store.errors import ArchiveError
from store.library.addresses import Found, find_look
from store.library.documents import find_document, list_documents, passages_of
from store.library.figures import find_contradictions
from store.library.search import Hit, search_library
from store.search import Query, QueryError, highlight_spans, parse
from store.types import KeptDocument

DOCUMENTS = 200
PASSAGES_A_PAGE = 200
_MOST_HITS = 25
_DONE = {
    "added": "The document is in the library; read through what was made of it.",
    "known": "This file was in the library already; nothing was changed.",
    "superseded": "The document is marked as superseded; it stays in the library.",
    "restored": "The document stands again; both steps are in the log of decisions.",
}
_LOOKED = {
    Found.SAME: "the address still holds the same",
    Found.CHANGED: "the address holds something else now",
    Found.GONE: "gone from its address; what was kept stays",
    Found.MISSED: "the address was not asked or gave no answer",
}


@dataclass(frozen=True, slots=True)
class HitView:
    """A passage found: where it stands in words, and the words that were hit."""

    hit: Hit
    place: str
    state: str
    pieces: tuple[Piece, ...]


def show_library(visit: Visit) -> Response:
    """GET /evidence?q=…: the documents, or the passages that answer a search."""
    return answer_library(visit)


def answer_library(visit: Visit, *, fault: str = "") -> Response:
    """The page; `fault` says why a document was not taken."""
    asked = visit.request.query_params.get("q", "").strip()[:500]
    today = visit.now.astimezone(OFFICE).date()
    wrong = ""
    with visit.desk.given.sessions() as session:
        listed = list_documents(session, limit=DOCUMENTS)
        try:
            hits = _find(session, parse(asked), visit) if asked else []
        except QueryError as error:
            hits, wrong = [], visit.t(error.template).format(**error.values)
    return answer_page(
        visit,
        "evidence.html",
        status=400 if fault or wrong else 200,
        asked=asked,
        wrong=wrong,
        fault=fault,
        hits=hits,
        most=_MOST_HITS,
        documents=[(kept, say_state(kept, today, visit.t)) for kept in listed],
        say_day=say_day,
        kinds=KINDS,
        may_add=may_judge(visit.colleague),
        limit=MOST_BYTES >> 20,
    )


def show_document(visit: Visit) -> Response:
    """GET /evidence/{number}?page=2: what is known of a document, and its passages."""
    return answer_document(visit, visit.request.path_params["number"])


def answer_document(visit: Visit, number: int, *, fault: str = "") -> Response:
    """The page; `fault` says why something was not done.

    Raises:
        NotFoundError: when the library has no such document, or it has no such page.

    """
    wanted = visit.request.query_params.get("page", "1")
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    with visit.desk.given.sessions() as session:
        kept = find_document(session, number)
        if kept is None:
            raise NotFoundError
        start = (page - 1) * PASSAGES_A_PAGE
        passages = passages_of(session, number, limit=PASSAGES_A_PAGE, offset=start) if page else []
        contradictions = find_contradictions(session, number)
        look = find_look(session, kept)
    if not passages:
        raise NotFoundError
    today = visit.now.astimezone(OFFICE).date()
    return answer_page(
        visit,
        "evidence_document.html",
        status=400 if fault else 200,
        kept=kept,
        said=kept.document,
        state=say_state(kept, today, visit.t),
        is_intact=_is_intact(visit.desk.given.archive, kept),
        notes=[say_note(note, visit.t) for note in kept.document.notes],
        contradictions=[say_contradiction(found, visit.t) for found in contradictions],
        passages=[(passage, say_place(passage, visit.t)) for passage in passages],
        page=page,
        last=-(-kept.passages // PASSAGES_A_PAGE),
        say_day=say_day,
        kinds=KINDS,
        look=look,
        looked=_LOOKED[look.found] if look else "",
        done=_DONE.get(visit.request.query_params.get("done", ""), ""),
        fault=fault,
        may_add=may_judge(visit.colleague),
    )


def _find(session: Session, query: Query, visit: Visit) -> list[HitView]:
    today = visit.now.astimezone(OFFICE).date()
    return [
        HitView(
            hit,
            say_place(hit.passage, visit.t),
            say_state(hit.document, today, visit.t),
            make_pieces(hit.passage.passage.text, highlight_spans(hit.passage.passage.text, query)),
        )
        for hit in search_library(session, query, limit=_MOST_HITS)
    ]


def _is_intact(archive: Archive, kept: KeptDocument) -> bool:
    """Whether the bytes still are what was added."""
    try:
        archive.body(kept.document.sha256)
    except ArchiveError:
        return False
    return True

"""What was kept of one article: its text as plain text, its versions, and what changed between them."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response

from desk.web.accounts import may_judge
from desk.web.answers import NotFoundError, answer_page
from desk.web.changes_view import find_changes
from desk.web.choices import name_topics
from desk.web.differences import Change, compare
from desk.web.foreign_view import view_foreign
from desk.web.visit import Visit
from nlp.summaries.standing import find_standing
from store.archive import Archive
from store.articles import StoredArticle, versions_of
from store.corrections import corrections_of
from store.errors import ArchiveError
from store.looks import find_look
from store.readings import find_read
from store.snapshots import find_snapshot
from store.types import Article, Saved, Snapshot

SAME = "same"
_DONE = {
    "corrected": "The correction is kept; later readings give way to it.",
    "as-it-was": "Nothing was changed.",
}
_DAMAGED = "the bytes are missing or not what was captured"
_UNKNOWN = "no capture with this hash is in the store"


def show_capture(visit: Visit) -> Response:
    """GET /articles/{number}?version=2&against=1: never the page itself, only its text, escaped."""
    fields = visit.request.query_params
    with visit.desk.given.sessions() as session:
        versions = versions_of(session, visit.request.path_params["number"])
        shown = _choose(versions, fields.get("version", ""))
        changes = find_changes(session, [shown.number])
        look = find_look(session, shown.article.url)
        proof, capture = _prove(session, visit.desk.given.archive, shown.article.snapshot_sha256)
        read = find_read(session, shown.number)
        corrections = corrections_of(session, shown.number)
    against = fields.get("against", "")
    reading = read.reading if read and read.version == shown.version else None
    before = _choose(versions, against) if against else None
    return answer_page(
        visit,
        "capture.html",
        shown=shown,
        versions=versions,
        story=fields.get("story", ""),
        proof=proof,
        headers=capture.value.headers if capture else (),
        status_code=capture.value.status if capture else 0,
        against=before.version if before else 0,
        pieces=_compare(before.article, shown.article) if before else (),
        standing=find_standing(shown.article, reading),
        foreign_view=view_foreign(
            shown.article,
            reading,
            lexicon=visit.desk.lexicon,
            gazetteer=visit.desk.given.configuration.gazetteer,
            translator=visit.desk.given.translator,
            is_wanted=fields.get("translate", "") == "yes",
        ),
        changes=changes,
        look=look,
        reading=read.reading if read else None,
        corrections=corrections,
        topics=name_topics(visit.desk.given.configuration, visit.language),
        can_judge=may_judge(visit.colleague),
        done=visit.t(_DONE[code]) if (code := fields.get("done", "")) in _DONE else "",
    )


def _choose(versions: list[StoredArticle], wanted: str) -> StoredArticle:
    """The version asked for, the newest when none is."""
    fitting = [version for version in versions if wanted in {"", str(version.version)}]
    if not fitting:
        raise NotFoundError
    return fitting[-1]


def _compare(before: Article, after: Article) -> tuple[Change, ...]:
    return compare(_seen(before), _seen(after))


def _seen(article: Article) -> str:
    return "\n\n".join(part for part in (article.title, article.lead, article.text) if part)


def _prove(session: Session, archive: Archive, sha256: str) -> tuple[str, Saved[Snapshot] | None]:
    """Whether the bytes still have their hash: SAME or a message id, and the capture."""
    if not sha256:
        return SAME, None
    try:
        capture = find_snapshot(session, archive, sha256)
    except ArchiveError:
        return _DAMAGED, None
    return (SAME if capture else _UNKNOWN), capture

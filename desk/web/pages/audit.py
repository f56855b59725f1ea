"""The log of decisions, to read only."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.audit_view import find_sentences, read_aloud
from desk.web.choices import name_topics
from desk.web.visit import Visit
from store.audit import first_broken, list_entries

MOST_ROWS = 200
_MOST_DIGITS = 18  # what SQLite can count to


def show_audit(visit: Visit) -> Response:
    """GET /audit: the latest entries, and whether the chain of hashes is whole; `?before=N` shows those
    older than entry N.
    """
    asked = visit.request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS else 0
    with visit.desk.given.sessions() as session:
        rows = list_entries(session, limit=MOST_ROWS, before=before)
        sentences = find_sentences(session, rows)
        broken = first_broken(session)
    topics = name_topics(visit.desk.given.configuration, visit.language)
    told = [read_aloud(row, sentences, visit.t, topics) for row in rows]
    older = rows[-1].number if len(rows) == MOST_ROWS else 0
    return answer_page(visit, "audit.html", rows=told, broken=broken, older=older, is_first=not before)

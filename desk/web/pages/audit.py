"""The log of decisions, to read only."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.visit import Visit
from store.audit import first_broken, list_entries

MOST_ROWS = 200


def show_audit(visit: Visit) -> Response:
    """GET /audit: the latest entries, and whether the chain of hashes is whole."""
    with visit.desk.given.sessions() as session:
        rows = list_entries(session, limit=MOST_ROWS)
        broken = first_broken(session)
    return answer_page(visit, "audit.html", rows=rows, broken=broken)

"""What was written to whom, and whether it arrived."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.visit import Visit
from store.notices import list_notices

MOST_ROWS = 100


def show_outbox(visit: Visit) -> Response:
    """GET /outbox: the latest notices with their states."""
    with visit.desk.given.sessions() as session:
        rows = list_notices(session, limit=MOST_ROWS)
    return answer_page(visit, "outbox.html", rows=rows)

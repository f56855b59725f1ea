"""The state of every source, so that a dead one is noticed."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.board import count_kinds, find_without, make_board
from desk.web.visit import Visit
from store.sources import list_states


def show_health(visit: Visit) -> Response:
    """GET /health: every feed in words, the worst first."""
    with visit.desk.given.sessions() as session:
        states = list_states(session)
    sources = visit.desk.given.configuration.sources
    rows = make_board(sources, states, now=visit.now)
    return answer_page(
        visit, "health.html", rows=rows, summary=count_kinds(rows), without=find_without(sources)
    )

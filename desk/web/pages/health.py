"""How every source is, so that a dead one is noticed."""

from __future__ import annotations

from starlette.responses import Response

from crawler.words import localise
from desk.sources import find_sources, find_unwatched
from desk.web.answers import answer_page
from desk.web.board import count_conditions, make_board
from desk.web.visit import Visit


def show_health(visit: Visit) -> Response:
    """GET /health: every source in words, the worst first, each with its feeds."""
    configuration = visit.desk.given.configuration
    with visit.desk.given.sessions() as session:
        views = find_sources(session, configuration, now=visit.now)
    return answer_page(
        visit,
        "health.html",
        rows=make_board(views),
        summary=count_conditions(views),
        without=find_unwatched(configuration.sources),
        say=lambda detail: localise(detail, visit.t),
    )

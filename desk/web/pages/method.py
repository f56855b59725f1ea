"""The method note: what this desk does and what it never does."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.choices import name_topics
from desk.web.visit import Visit


def show_method(visit: Visit) -> Response:
    """GET /method."""
    topics = sorted(name_topics(visit.desk.given.configuration, visit.language).items())
    return answer_page(visit, "method.html", topics=topics)

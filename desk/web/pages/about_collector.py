"""For engineers of the outlets: who fetches their pages, how, and how to make it stop."""

from __future__ import annotations

from starlette.responses import Response

from crawler.settings import ROBOTS_NAME, CrawlSettings
from desk.web.answers import answer_page
from desk.web.visit import Visit


def show_about_collector(visit: Visit) -> Response:
    """GET /about-collector without sign-in: what docs/what-we-fetch.md says, in short, with the contact."""
    settings = CrawlSettings()
    return answer_page(
        visit,
        "about_collector.html",
        name=ROBOTS_NAME,
        contact=visit.desk.given.contact,
        pause=round(settings.default_pause),
        daily=settings.daily_requests,
    )

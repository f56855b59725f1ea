"""The page behind a one-time link: choose a name and a password."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import is_link_open
from desk.web.answers import answer_page
from desk.web.visit import Visit


def show_welcome(visit: Visit) -> Response:
    """GET /welcome/{token}; looking does not use the link up."""
    return answer_welcome(visit, visit.request.path_params["token"])


def answer_welcome(visit: Visit, token: str, *, name: str = "", fault: str = "") -> Response:
    """The page, also after a form that could not be taken: the name kept, the `fault` in words."""
    is_open = is_link_open(visit.desk.given.sessions, token, now=visit.now)
    status = 410 if not is_open else 400 if fault else 200
    return answer_page(
        visit, "welcome.html", status=status, token=token, is_open=is_open, name=name, fault=fault
    )

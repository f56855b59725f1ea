"""Answers: a page from a template, the way on after a form, and a refusal in words."""

from __future__ import annotations

from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.web.cookies import SESSION_SECONDS
from desk.web.visit import Visit


class RefusedError(Exception):
    """A request that is not done: HTTP status, and a heading and words as message ids of the catalogue."""

    def __init__(self, status: int, heading: str, words: str) -> None:
        super().__init__(f"{status} {heading}: {words}")
        self.status = status
        self.heading = heading
        self.words = words


class NotFoundError(RefusedError):
    """What was asked for is not in the store."""

    def __init__(self) -> None:
        super().__init__(404, "Not found", "There is nothing under this address. It may have been mistyped.")


def answer_page(visit: Visit, template: str, *, status: int = 200, **values: object) -> Response:
    """Template and its values -> HTML; a first-time visitor gets the cookie that binds his forms."""
    html = visit.desk.templates.get_template(template).render(visit=visit, t=visit.t, **values)
    response = HTMLResponse(html, status_code=status)
    if visit.user is None:
        cookies = visit.desk.cookies
        cookies.write(response, cookies.visitor, visit.binding, seconds=SESSION_SECONDS)
    return response


def answer_refusal(visit: Visit, refused: RefusedError) -> Response:
    """A refusal as a page in the visitor's language."""
    heading, words = visit.t(refused.heading), visit.t(refused.words)
    return answer_page(visit, "problem.html", status=refused.status, heading=heading, words=words)


def go_to(path: str) -> Response:
    """After a form: look at `path` (a path of ours) with GET."""
    return RedirectResponse(path, status_code=303)

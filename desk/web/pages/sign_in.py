"""The page to sign in."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import answer_page, go_to
from desk.web.origins import local_path
from desk.web.visit import Visit


def show_sign_in(visit: Visit) -> Response:
    """GET /sign-in?next=/path; who is signed in already goes on."""
    wanted = local_path(visit.request.query_params.get("next", "/"))
    if visit.user is not None:
        return go_to(wanted)
    return answer_sign_in(visit, wanted=wanted)


def answer_sign_in(
    visit: Visit, *, wanted: str, name: str = "", fault: str = "", status: int = 200
) -> Response:
    """The page, also after a failure: the name kept, the `fault` in words."""
    return answer_page(visit, "sign_in.html", status=status, next=wanted, name=name, fault=fault)

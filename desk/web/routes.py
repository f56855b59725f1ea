"""From an address to a page or an action, with what every one of them must pass first.

A page: 1. who asks; 2. signed in, or sent to sign in; 3. the page.
An action: 1. the form, with limits; 2. asked for by our own page: origin and token; 3. signed in; 4. it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.web.answers import RefusedError, answer_refusal, go_to
from desk.web.csrf import is_token_good
from desk.web.desk import Desk
from desk.web.form import Form, read_form
from desk.web.origins import is_from_home
from desk.web.visit import Visit, make_visit

Page = Callable[[Visit], Response]
Action = Callable[[Visit, Form], Response]


def page_route(desk: Desk, path: str, show: Page, *, is_public: bool = False) -> Route:
    """GET `path` -> what `show` answers; without sign-in only when `is_public`."""

    def endpoint(request: Request) -> Response:
        visit = make_visit(desk, request)
        if visit.user is None and not is_public:
            return go_to(f"/sign-in?next={quote(visit.here, safe='')}")
        try:
            return show(visit)
        except RefusedError as refused:
            return answer_refusal(visit, refused)

    return Route(path, endpoint, methods=["GET"], name=f"page {path}")


def action_route(desk: Desk, path: str, act: Action, *, is_public: bool = False) -> Route:
    """POST `path` -> what `act` answers; token and origin are checked for public actions too."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request)
        except RefusedError as refused:
            return await run_in_threadpool(_refuse, desk, request, refused)
        return await run_in_threadpool(_act, desk, request, form, act, is_public=is_public)

    return Route(path, endpoint, methods=["POST"], name=f"action {path}")


def _refuse(desk: Desk, request: Request, refused: RefusedError) -> Response:
    return answer_refusal(make_visit(desk, request), refused)


def _act(desk: Desk, request: Request, form: Form, act: Action, *, is_public: bool) -> Response:
    visit = make_visit(desk, request)
    try:
        require_own_form(visit, form)
        if visit.user is None and not is_public:
            return go_to("/sign-in")
        return act(visit, form)
    except RefusedError as refused:
        return answer_refusal(visit, refused)


def require_own_form(visit: Visit, form: Form) -> None:
    """Raise RefusedError unless our own page asked: by origin and token."""
    headers = visit.request.headers
    is_ours = is_from_home(
        visit.desk.home, origin=headers.get("origin"), fetch_site=headers.get("sec-fetch-site")
    )
    if not is_ours or not is_token_good(visit.desk.given.secret, visit.binding, form.text("csrf")):
        raise RefusedError(
            403, "Form refused", "The form has run out or was not ours. Go back, reload, try again."
        )

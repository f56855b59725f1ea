"""The button that ends a session: in the store, not only in the browser."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import end_session
from desk.web.answers import go_to
from desk.web.form import Form
from desk.web.visit import Visit


def sign_out(visit: Visit, _form: Form) -> Response:
    """POST /sign-out."""
    end_session(visit.desk.given.sessions, visit.binding, now=visit.now)
    response = go_to("/sign-in")
    visit.desk.cookies.clear(response, visit.desk.cookies.session)
    return response

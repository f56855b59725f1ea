"""The button to sign in."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from desk.web.accounts import start_session
from desk.web.answers import go_to
from desk.web.cookies import SESSION_SECONDS
from desk.web.form import Form
from desk.web.origins import local_path
from desk.web.pages.sign_in import answer_sign_in
from desk.web.visit import Visit
from store.accounts import SignedIn

_WRONG = "The name or the password is not right."
_WAIT = (
    "The name or the password is not right, or there were too many attempts. Try again in {seconds} seconds."
)


def sign_in(visit: Visit, form: Form) -> Response:
    """POST /sign-in: `name`, `password`, `next`; a failure never says which of the two was wrong."""
    throttle, name, wanted = visit.desk.throttle, form.text("name"), local_path(form.text("next"))
    wait = throttle.find_wait(visit.address, now=visit.now)
    if wait:
        return _answer_failure(visit, name=name, wanted=wanted, wait=wait)
    answer = start_session(visit.desk.given.sessions, name, form.raw("password"), now=visit.now)
    if isinstance(answer, SignedIn):
        return welcome_in(visit, answer.token, wanted=wanted)
    throttle.record_failure(visit.address, now=visit.now)
    return _answer_failure(visit, name=name, wanted=wanted, wait=answer.retry_at - visit.now)


def welcome_in(visit: Visit, token: str, *, wanted: str) -> Response:
    """The way on, with the cookie of the new session."""
    response = go_to(wanted)
    cookies = visit.desk.cookies
    cookies.write(response, cookies.session, token, seconds=SESSION_SECONDS)
    cookies.clear(response, cookies.visitor)
    return response


def _answer_failure(visit: Visit, *, name: str, wanted: str, wait: timedelta) -> Response:
    seconds = max(0, -int(-wait.total_seconds() // 1))
    words = visit.t(_WAIT).format(seconds=seconds) if seconds else visit.t(_WRONG)
    response = answer_sign_in(visit, wanted=wanted, name=name, fault=words, status=429 if seconds else 401)
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response

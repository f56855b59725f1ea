"""The button behind a one-time link: opens the account and signs in."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import open_account, start_session
from desk.web.actions.sign_in import welcome_in
from desk.web.answers import go_to
from desk.web.form import Form
from desk.web.pages.welcome import answer_welcome
from desk.web.visit import Visit
from store.accounts import SignedIn
from store.errors import AccountError

_DIFFER = "The two passwords are not the same."


def accept_invitation(visit: Visit, form: Form) -> Response:
    """POST /welcome/{token}: `name`, `password`, `again`; a form not taken does not use the link up."""
    link, name, password = visit.request.path_params["token"], form.text("name"), form.raw("password")
    if password != form.raw("again"):
        return answer_welcome(visit, link, name=name, fault=visit.t(_DIFFER))
    sessions = visit.desk.given.sessions
    try:
        open_account(sessions, link, name, password, now=visit.now)
    except AccountError as error:
        return answer_welcome(visit, link, name=name, fault=visit.t(error.template).format(**error.values))
    answer = start_session(sessions, name, password, now=visit.now)
    # the name may be held up because somebody guessed at it before it existed: then sign in later, by hand
    return welcome_in(visit, answer.token, wanted="/") if isinstance(answer, SignedIn) else go_to("/sign-in")

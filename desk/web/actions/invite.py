"""The button that makes a one-time link for a colleague."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import make_invitation_link, may_invite
from desk.web.answers import RefusedError
from desk.web.form import Form
from desk.web.pages.people import answer_people
from desk.web.visit import Visit
from store.accounts import Role


def invite(visit: Visit, form: Form) -> Response:
    """POST /people/invite: `role`; the link is shown once and kept only as a hash.

    Raises:
        RefusedError: when the colleague may not invite, or there is no such role.

    """
    if not may_invite(visit.colleague) or form.text("role") not in set(Role):
        raise RefusedError(403, "Not allowed", "Only who keeps the desk's accounts can do this.")
    given = visit.desk.given
    role, by = Role(form.text("role")), visit.colleague.name
    link = make_invitation_link(given.sessions, given.base_address, role=role, by=by, now=visit.now)
    return answer_people(visit, link=link)

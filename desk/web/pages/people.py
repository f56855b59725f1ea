"""The page to invite a colleague."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import may_invite
from desk.web.answers import answer_page
from desk.web.visit import Visit
from store.accounts import Role


def show_people(visit: Visit) -> Response:
    """GET /people."""
    return answer_people(visit)


def answer_people(visit: Visit, *, link: str = "") -> Response:
    """The page, with a fresh one-time `link` once."""
    roles = [role.value for role in (Role.ANALYST, Role.READER, Role.ADMIN)]
    return answer_page(visit, "people.html", roles=roles if may_invite(visit.colleague) else [], link=link)

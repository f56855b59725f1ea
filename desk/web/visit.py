"""One request as pages and actions see it: who asks, in which language, when."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from desk.web.accounts import find_colleague
from desk.web.csrf import make_token
from desk.web.dependencies import Translator
from desk.web.desk import Desk
from desk.web.origins import local_path
from store.accounts import User

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Visit:
    """`binding` is the cookie value that forms are bound to; `user` is None before sign-in."""

    desk: Desk
    request: Request
    user: User | None
    binding: str
    language: str
    has_keys: bool
    now: datetime
    t: Translator

    @property
    def csrf(self) -> str:
        """The token for the hidden field of every form on the page."""
        return make_token(self.desk.given.secret, self.binding)

    @property
    def here(self) -> str:
        """Path and query of the page, to come back to."""
        query = self.request.url.query
        return local_path(self.request.url.path + (f"?{query}" if query else ""))

    @property
    def address(self) -> str:
        """The visitor's network address, for counting failures only; never kept."""
        return self.request.client.host if self.request.client else ""

    @property
    def colleague(self) -> User:
        """The signed-in colleague.

        Raises:
            LookupError: when nobody is signed in: a route was made public by mistake.

        """
        if self.user is None:
            raise LookupError(f"{self.request.url.path} needs somebody who is signed in")
        return self.user

    def is_at(self, address: str) -> bool:
        """Whether the page belongs under this entry of the menu."""
        path = self.request.url.path
        if address in ("/evidence", "/digests"):
            return path.startswith(address)
        return path == address or (address == "/" and path.startswith(("/stories/", "/articles/")))


def make_visit(desk: Desk, request: Request) -> Visit:
    """Request -> Visit; looks the session up in the store."""
    now = desk.given.now()
    token = desk.cookies.read(request, desk.cookies.session)
    user = find_colleague(desk.given.sessions, token, now=now) if token else None
    visitor = desk.cookies.read(request, desk.cookies.visitor)
    wanted = desk.cookies.read(request, desk.cookies.language)
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    return Visit(
        desk=desk,
        request=request,
        user=user,
        binding=token if user else visitor or secrets.token_urlsafe(18),
        language=language,
        has_keys=desk.cookies.read(request, desk.cookies.keys) != "off",
        now=now,
        t=desk.given.words(language),
    )

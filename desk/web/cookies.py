"""The cookies: session, visitor (binds forms before sign-in), language, shortcuts. None has a domain."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

SESSION_SECONDS = 12 * 3600
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookies:
    """Names and writing of cookies; on https with __Host-: no other host can set them (RFC 6265bis)."""

    secure: bool

    @property
    def session(self) -> str:
        """The name of the cookie that holds the session's token."""
        return self._name("diembao_session")

    @property
    def visitor(self) -> str:
        """The name of the cookie that binds forms to a browser that is not signed in."""
        return self._name("diembao_visitor")

    @property
    def language(self) -> str:
        """The name of the cookie that holds vi or en."""
        return self._name("diembao_language")

    @property
    def keys(self) -> str:
        """The name of the cookie that switches the keyboard shortcuts off."""
        return self._name("diembao_keys")

    def read(self, request: Request, name: str) -> str:
        """The cookie's value, "" where there is none."""
        return request.cookies.get(name, "")

    def write(self, response: Response, name: str, value: str, *, seconds: int) -> None:
        """Set a cookie for `seconds`: HttpOnly, SameSite=Lax, Secure on https."""
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def clear(self, response: Response, name: str) -> None:
        """Take a cookie away."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="lax")

    def _name(self, plain: str) -> str:
        return f"__Host-{plain}" if self.secure else plain

"""The headers of every answer: nothing from outside is loaded, nothing of ours is framed or cached."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

LETTERS = "/digests/letter/"
# A letter is shown as it was sent, with its own styles; so it may do nothing else, and only we may frame it.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: under that policy browsers send "Origin: null" with our own forms (Fetch, 3.2.6)
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """ASGI middleware: adds SECURITY_HEADERS, no-store outside /static/ and feeds, and HSTS on https."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: passes everything on and writes the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_security(MutableHeaders(scope=message), path=scope["path"], secure=self.secure)
            await send(message)

        await self.app(scope, receive, send_guarded)


def add_security(headers: MutableHeaders, *, path: str, secure: bool) -> None:
    """Write the headers of one answer in place; `path` decides whether it may be cached."""
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    if path.startswith(LETTERS):
        headers["Content-Security-Policy"] = LETTER_POLICY
        headers["X-Frame-Options"] = "SAMEORIGIN"
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if path.startswith("/static/"):
        # the address carries a digest of the file, so an upgrade is a new address
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif path.startswith("/feeds/") and path.endswith((".atom", ".json")):
        # a reader keeps it and asks each time whether it has changed; nobody between may keep it
        headers["Cache-Control"] = "private, no-cache"
    else:
        headers["Cache-Control"] = "no-store"

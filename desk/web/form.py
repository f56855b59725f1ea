"""The body of a form, read with limits: url-encoded only, so that no file and no parser surprise comes in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from desk.web.answers import RefusedError

MOST_BYTES = 256 * 1024
MOST_FIELDS = 300


@dataclass(frozen=True, slots=True)
class Form:
    """The fields as sent, in order."""

    fields: tuple[tuple[str, str], ...]

    def text(self, name: str) -> str:
        r"""The last value of a field with line ends as \\n and no space around it; "" where it is absent."""
        values = self.many(name)
        return values[-1].replace("\r\n", "\n").strip() if values else ""

    def raw(self, name: str) -> str:
        """The last value of a field as it was typed, for passwords."""
        values = self.many(name)
        return values[-1] if values else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(value for field, value in self.fields if field == name)


async def read_form(request: Request) -> Form:
    """Request -> Form.

    Raises:
        RefusedError: 415 for another kind of body, 413 for more than MOST_BYTES, 400 for what is no form.

    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError(415, "Not a form", "The desk only takes its own forms.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise RefusedError(413, "Too much text", "The form holds more than the desk takes. Shorten it.")
    return _form_from(bytes(body))


def _form_from(body: bytes) -> Form:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise RefusedError(400, "Not a form", "The desk only takes its own forms.") from error
    return Form(fields=tuple(pairs))

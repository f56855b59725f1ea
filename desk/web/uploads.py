"""A form with one file: who asks is looked at before the file is read, and nobody sends more than we take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.documents.formats import MOST_BYTES
from desk.web.accounts import may_judge
from desk.web.answers import RefusedError, answer_refusal, go_to
from desk.web.desk import Desk
from desk.web.form import Form
from desk.web.routes import require_own_form
from desk.web.visit import Visit, make_visit

_BESIDES = 64 * 1024  # bytes of the other fields
_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent: its name without a path, and its bytes."""

    name: str
    body: bytes


Receive = Callable[[Visit, Form, Upload], Response]


def upload_route(desk: Desk, path: str, receive: Receive) -> Route:
    """POST `path` with a file -> what `receive` answers; for signed-in colleagues who may judge."""

    async def endpoint(request: Request) -> Response:
        visit = await run_in_threadpool(make_visit, desk, request)
        if visit.user is None:
            return go_to("/sign-in")
        try:
            _require_allowed(visit)
            form, upload = await _read(request)
            require_own_form(visit, form)
            return await run_in_threadpool(receive, visit, form, upload)
        except RefusedError as refused:
            return answer_refusal(visit, refused)

    return Route(path, endpoint, methods=["POST"], name=f"upload {path}")


def _require_allowed(visit: Visit) -> None:
    if not may_judge(visit.colleague):
        raise RefusedError(403, "Not allowed", "Your account can look, but not add.")
    length = visit.request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_BYTES + _BESIDES:
        raise RefusedError(413, "Too large a file", "The file is larger than the library takes. Split it.")


async def _read(request: Request) -> tuple[Form, Upload]:
    """The fields and the file; the server has seen to it that there are no more bytes than announced."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise RefusedError(415, "Not a form", "The desk only takes its own forms.")
    try:
        async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_BESIDES) as sent:
            fields = tuple((name, value) for name, value in sent.multi_items() if isinstance(value, str))
            files = [value for _, value in sent.multi_items() if isinstance(value, UploadFile)]
            body = await files[0].read() if files else b""
            name = (files[0].filename or "") if files else ""
    except HTTPException as error:
        raise RefusedError(400, "Not a form", "The desk only takes its own forms.") from error
    return Form(fields), Upload(name.replace("\\", "/").rsplit("/", 1)[-1][:200], body)

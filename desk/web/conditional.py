"""Answers that are not told twice: ETag and Last-Modified, RFC 9110 section 13."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers
from starlette.responses import Response


def answer_conditionally(asked: Headers, body: bytes, *, media_type: str, changed: datetime) -> Response:
    """200 with the body, or 304 without it where the asker has it already.

    `changed` (UTC) counts only for askers that send no If-None-Match: the tag tells more.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
    if _is_known(asked, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _is_known(asked: Headers, tag: str, changed: datetime) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return tag in known or "*" in known
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False  # no date: the condition is not there (RFC 9110 13.1.3)
    return since.tzinfo is not None and changed.replace(microsecond=0) <= since

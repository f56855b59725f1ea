"""What is asked and what is answered, as values; conditional requests (RFC 9110 13) and gzip. Pure."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `path` without its query, `query` as written, header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. A `body` in pieces is sent as it comes, with `promised` as Content-Length (-1: none).

    With `raw` the body is all that is sent: what should be head and body, or whatever stands in their place.
    """

    status: int
    content_type: str = "text/html; charset=utf-8"
    body: bytes | Iterator[bytes] = b""
    headers: tuple[tuple[str, str], ...] = ()
    modified: datetime | None = None  # None: no Last-Modified, no ETag
    promised: int = -1
    raw: bool = False


def finish(reply: Reply, asked: Asked) -> Reply:
    """Add ETag and Last-Modified, turn the reply into 304 where the client has it, compress where it may."""
    modified = reply.modified
    if not isinstance(reply.body, bytes):
        return reply
    if modified is not None and reply.status == 200:
        etag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:24]}"'
        stamps = (("ETag", etag), ("Last-Modified", format_datetime(modified, usegmt=True)))
        reply = replace(reply, headers=(*reply.headers, *stamps, ("Vary", "Accept-Encoding")))
        if _is_held(asked.headers, etag, modified):
            return replace(reply, status=304, body=b"")
    return _compressed(reply, asked)


def _is_held(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    if (tags := headers.get("if-none-match")) is not None:  # it wins over the date (RFC 9110 13.2.2)
        held = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return held == ["*"] or etag.removeprefix("W/") in held
    since = _http_date(headers.get("if-modified-since", ""))
    return since is not None and modified.replace(microsecond=0) <= since


def _http_date(words: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(words)
    except ValueError:
        return None  # RFC 9110 13.1.3: a date that cannot be read is ignored
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _compressed(reply: Reply, asked: Asked) -> Reply:
    body = reply.body
    if not isinstance(body, bytes) or len(body) < 200 or not _accepts_gzip(asked.headers):
        return reply
    # mtime=0: the same page gives the same bytes
    packed = gzip.compress(body, compresslevel=5, mtime=0)
    return replace(reply, body=packed, headers=(*reply.headers, ("Content-Encoding", "gzip")))


def _accepts_gzip(headers: Mapping[str, str]) -> bool:
    for part in headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False

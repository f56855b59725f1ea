"""Captures -> WARC 1.1 records (ISO 28500:2017) as bytes, written with warcio. Pure.

What came over the wire is told as truly as what was kept allows: docs/decisions/2026-11-23-evidence.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from isal import igzip
from warcio.warcwriter import WARCWriter

from store.types import Snapshot

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# beside the standard's own fields: an offset needs no index to be followed; names as in webarchive-commons
REFERS_TO_FILE = "WARC-Refers-To-Filename"
REFERS_TO_OFFSET = "WARC-Refers-To-File-Offset"

_LEVEL = 2  # of igzip: as small as zlib's 3 in a quarter of its time; packing is most of what keeping costs
_NEVER_KEPT = {"set-cookie", "set-cookie2", "cookie", "cookie2", "authorization", "proxy-authorization"}
# they describe the bytes on the wire, and the payload is the decoded one: a reader would decode it again
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}
_OURS = re.compile(r"(?i:diembao)-[\w-]+")
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_BREAKS = re.compile(r"[\r\n\0]+")
_NO_NAME = re.compile(r"[\r\n\0:\s]+")


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `data`: its bytes before compression; `payload`: its payload's hex SHA-256, "" none."""

    id: str  # urn:uuid:…
    type: str
    url: str
    date: str  # RFC 3339, UTC
    data: bytes = field(repr=False)
    payload: str = ""

    def pack(self) -> bytes:
        """One gzip member, the unit by which WARC files are read from the middle."""
        packed: bytes = igzip.compress(self.data, _LEVEL, mtime=0)
        return packed


@dataclass(frozen=True, slots=True)
class Original:
    """The response that holds a payload that came again."""

    file: str
    offset: int
    record: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class _AsReceived:
    """HTTP headers as the bytes they are; warcio's own way refuses some names and rewrites some values."""

    headers_buff: bytes

    def compute_headers_buffer(self, header_filter: object) -> None:
        """Called by warcio before it writes; there is nothing to compute."""


def make_id(previous: str, kind: str) -> str:
    """A record's id, made from the chain's hash before it: no two share one, and no chance is needed."""
    return uuid5(NAMESPACE_URL, f"diembao:{previous}:{kind}").urn


def say_moment(moment: datetime) -> str:
    """An aware time as WARC-Date, to the microsecond (WARC 1.1, 5.4)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_response(snapshot: Snapshot) -> bool:
    """Whether an outlet answered; what robots.txt kept us from asking for has the status 0."""
    return snapshot.status >= 100


def make_info(record_id: str, filename: str, *, previous: str, now: datetime) -> Record:
    """What stands at the head of each daily file: who wrote it, by which rules, and what it follows."""
    lines = {
        "software": f"diembao/{version('diembao')} warcio/{version('warcio')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "description": (
            "Published news pages, fetched under RFC 9309 and kept as evidence. Payloads are stored after "
            "content and transfer decoding; the headers that described the encoded bytes are named "
            "X-Archive-Orig-*. Status lines are written anew from the status code. Cookies are neither "
            "taken, sent nor kept."
        ),
        "diembao-chain-previous": previous,
    }
    content = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
    headers = {"WARC-Record-ID": f"<{record_id}>", "WARC-Date": say_moment(now), "WARC-Filename": filename}
    return Record(record_id, "warcinfo", "", say_moment(now), _write("warcinfo", "", headers, b"", content))


def make_response(record_id: str, snapshot: Snapshot) -> Record:
    """An answer with its payload."""
    return _record(record_id, "response", snapshot, _answer_headers(snapshot), body=snapshot.body)


def make_revisit(record_id: str, snapshot: Snapshot, original: Original) -> Record:
    """An answer whose payload lies in an earlier record (profile identical-payload-digest)."""
    more = {
        "WARC-Profile": REVISIT_PROFILE,
        "WARC-Refers-To": f"<{original.record}>",
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": original.date,
        REFERS_TO_FILE: original.file,
        REFERS_TO_OFFSET: str(original.offset),
    }
    return _record(record_id, "revisit", snapshot, _answer_headers(snapshot), more=more)


def make_request(record_id: str, snapshot: Snapshot, response: str) -> Record:
    """What we asked with; `response` is the id of the record with the answer."""
    headers = {
        "WARC-Record-ID": f"<{record_id}>",
        "WARC-Date": say_moment(snapshot.fetched_at),
        "WARC-Concurrent-To": f"<{response}>",
        **_address(snapshot),
    }
    url = clean_url(snapshot.url_final)
    data = _write("request", url, headers, _request_block(snapshot), b"")
    return Record(record_id, "request", url, say_moment(snapshot.fetched_at), data)


def clean_url(url: str) -> str:
    """An address that cannot end a header line."""
    return _BREAKS.sub("", url).encode("utf-8", "replace").decode()


def _record(
    record_id: str,
    kind: str,
    snapshot: Snapshot,
    http: bytes,
    *,
    body: bytes = b"",
    more: Mapping[str, str] | None = None,
) -> Record:
    url, date = clean_url(snapshot.url_final), say_moment(snapshot.fetched_at)
    headers = {
        "WARC-Record-ID": f"<{record_id}>",
        "WARC-Date": date,
        "WARC-Payload-Digest": f"sha256:{snapshot.sha256}",
        **_address(snapshot),
        **(more or {}),
    }
    headers |= {f"X-{name}": _BREAKS.sub(" ", value) for name, value in snapshot.headers if _is_ours(name)}
    if snapshot.url_asked != snapshot.url_final:
        headers["X-Diembao-Asked"] = clean_url(snapshot.url_asked)  # redirects led from here
    return Record(record_id, kind, url, date, _write(kind, url, headers, http, body), snapshot.sha256)


def _write(kind: str, url: str, headers: Mapping[str, str], http: bytes, body: bytes) -> bytes:
    digest = hashlib.sha256(http)
    digest.update(body)
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    said = {**headers, "WARC-Block-Digest": f"sha256:{digest.hexdigest()}"}
    if kind == "request":
        said["WARC-Payload-Digest"] = (
            f"sha256:{hashlib.sha256(body).hexdigest()}"  # or warcio adds one in SHA-1
        )
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=said,
        http_headers=_AsReceived(http) if http else None,
    )
    writer.write_record(record)
    return out.getvalue()


def _address(snapshot: Snapshot) -> dict[str, str]:
    try:
        return {"WARC-IP-Address": str(ip_address(snapshot.address))}
    except ValueError:
        return {}  # "": nobody knows which address answered


def _answer_headers(snapshot: Snapshot) -> bytes:
    """The status line and headers of an answer; Content-Length tells the length of what is kept."""
    lines = []
    for name, value in snapshot.headers:
        if name.lower() not in _NEVER_KEPT and not _is_ours(name):
            prefix = "X-Archive-Orig-" if name.lower() in _OF_THE_WIRE else ""
            lines.append((prefix + name, value))
    lines.append(("Content-Length", str(len(snapshot.body))))
    return _block(f"HTTP/1.1 {snapshot.status} {_phrase(snapshot.status)}", lines)


def _is_ours(name: str) -> bool:
    """What we noted beside an answer; no outlet said it, so it stands in the record's own headers."""
    return bool(_OURS.fullmatch(name))


def _request_block(snapshot: Snapshot) -> bytes:
    parts = urlsplit(clean_url(snapshot.url_final))
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    lines = [(name, value) for name, value in snapshot.asked_with if name.lower() not in _NEVER_KEPT]
    if not any(name.lower() == "host" for name, _ in lines):
        lines.insert(0, ("Host", parts.netloc.rpartition("@")[2]))  # the HTTP library adds it last of all
    return _block(f"GET {path} HTTP/1.1", lines)


def _phrase(status: int) -> str:
    return _PHRASES.get(status, "")


def _block(first: str, lines: Iterable[tuple[str, str]]) -> bytes:
    """Lines of HTTP. Headers stay the latin-1 text they were received as; nothing in them ends a line."""
    said = [_BREAKS.sub(" ", first)]
    said += [f"{_NO_NAME.sub('', name)}: {_BREAKS.sub(' ', value)}" for name, value in lines]
    return "".join(f"{line}\r\n" for line in [*said, ""]).encode("latin-1", "replace")

"""WARC files -> the pages in them, one at a time. Damage costs the records it hits and no others.

Files come from anywhere: nothing in them is believed that the file itself can contradict.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from os import SEEK_END
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcHeader, WarcRecord, WarcRecordType

_CHUNK = 1 << 20  # bytes looked through at a time for the next whole record
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")  # of a compressed and of a plain record
_FIRST_YEAR = 1990  # of the web; what is dated before has a broken date
_HTML = ("text/html", "application/xhtml+xml")
_DECODED = {"content-encoding", "transfer-encoding", "content-length", "set-cookie", "set-cookie2"}


class Why(StrEnum):
    """Why a record gave no page, for counting."""

    DAMAGED = "damaged"
    NO_DATE = "without a date"
    TRUNCATED = "cut short when it was captured"
    STATUS = "another status than 200"
    NOT_HTML = "not HTML"
    TOO_BIG = "too big"
    UNWANTED = "left out by the filters"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reading of a file stands: byte offset of the record read last, and its number from 1."""

    offset: int = 0
    count: int = 0


START = Place()


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A page in a WARC file, its body decoded. `at` is WARC-Date (UTC)."""

    url: str
    at: datetime
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    address: str = ""  # WARC-IP-Address

    def header(self, name: str) -> str:
        """The first value of a header, "" without it."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Read:
    """One response as read: a page, or why there is none; and where to go on after it."""

    found: WarcPage | Why
    after: Place
    url: str = ""


class NoWarcError(ValueError):
    """A file that is no WARC file; says what it may be."""


class WarcFile:
    """The responses of a WARC file, compressed or plain; iterated over once.

    Args:
        stream: the file, opened for reading bytes, seekable.
        start: where an earlier reading stood.
        max_bytes: of one body, as it lies in the file and decoded; a larger one is never decoded whole.
        is_wanted: asked with address and date, before a body is read.

    Iterating raises NoWarcError when there is not one record in the file.

    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        start: Place,
        max_bytes: int,
        is_wanted: Callable[[str, datetime], bool] = lambda _url, _at: True,
    ) -> None:
        self._stream = stream
        self._start = start
        self._max_bytes = max_bytes
        self._is_wanted = is_wanted
        self._offset = start.offset
        self._is_damaged = False
        self._is_empty = start == START

    def __iter__(self) -> Iterator[Read]:
        self._size = self._stream.seek(0, SEEK_END)
        self._stream.seek(0)
        self._is_plain = self._stream.read(7) == _STARTS[1]
        self._count = self._go_to_start()
        while True:
            try:
                yield from self._readable()
            except (OSError, EOFError, ValueError) as error:
                if self._is_empty:
                    raise NoWarcError(_explain(self._stream)) from error
                if not self._is_damaged:  # told once, however long the damage is
                    yield Read(Why.DAMAGED, Place(self._offset, self._count))
                if not self._go_on_after_damage():
                    return
            else:
                if self._is_empty:
                    raise NoWarcError(_explain(self._stream))
                return

    def _readable(self) -> Iterator[Read]:
        for record in ArchiveIterator(self._stream, parse_http=False):
            self._is_empty = self._is_damaged = False
            self._offset = record.stream_pos
            self._count += 1
            if self._is_plain and self._offset + record.content_length > self._size:
                raise EOFError("a record is said to be longer than the file")  # and would hide all behind it
            if self._count > self._start.count and record.record_type == WarcRecordType.response:
                found = _read(record, self._max_bytes, self._is_wanted)
                yield Read(found, Place(self._offset, self._count), _address_of(record))

    def _go_to_start(self) -> int:
        """Stand where an earlier reading stood; how many records are passed over by that."""
        self._stream.seek(self._start.offset)
        is_start = self._stream.read(7).startswith(_STARTS)
        # a file compressed as a whole has no way in but its beginning
        self._stream.seek(self._start.offset if is_start else 0)
        return max(0, self._start.count - 1) if is_start else 0  # the last one read comes again

    def _go_on_after_damage(self) -> bool:
        """Stand where the next record may begin; False when none does before the end."""
        self._is_damaged = True
        self._offset = _next_start(self._stream, self._offset + 1)
        if self._offset >= 0:
            self._stream.seek(self._offset)
        return self._offset >= 0


def _next_start(stream: BinaryIO, position: int) -> int:
    """Where the next record may begin, from a position on; -1 when none does before the end."""
    stream.seek(position)
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        found = [at for at in (window.find(sign) for sign in _STARTS) if at >= 0]
        if found:
            return position - len(tail) + min(found)
        position += len(chunk)
        tail = window[-8:]
    return -1


def _explain(stream: BinaryIO) -> str:
    stream.seek(0)
    beginning = stream.read(512)
    if beginning.startswith(_STARTS[0]):
        with contextlib.suppress(zlib.error):  # damaged: then it is told as that
            beginning = zlib.decompressobj(wbits=31).decompress(beginning, 64)
    if not beginning:
        return "an empty file"
    if beginning.startswith(b"filedesc:"):
        return "an ARC file, the older format: convert it to WARC first (`warcio recompress`)"
    return "not a WARC file, or damaged from its beginning on"


def _address_of(record: WarcRecord) -> str:
    return (record.headers.get(WarcHeader.WARC_TARGET_URI) or "").strip("<> ")


def _read(record: WarcRecord, max_bytes: int, is_wanted: Callable[[str, datetime], bool]) -> WarcPage | Why:
    """One response as a page; reads the body only when everything before it is as it should be."""
    at: datetime | None = record.record_date
    url = _address_of(record)
    if at is None or at.year < _FIRST_YEAR:
        return Why.NO_DATE
    if not url or not is_wanted(url, at):
        return Why.UNWANTED
    if record.headers.get(WarcHeader.WARC_TRUNCATED):
        return Why.TRUNCATED
    if record.content_length > max_bytes:
        return Why.TOO_BIG
    raw = record.reader.read(record.content_length)
    if len(raw) < record.content_length:
        raise EOFError("the file ends within a record")
    return _parse(raw, url=url, at=at, max_bytes=max_bytes, place=record.headers.get("WARC-IP-Address") or "")


def _parse(raw: bytes, *, url: str, at: datetime, max_bytes: int, place: str) -> WarcPage | Why:
    """The HTTP answer in a record. Parsed beside the file's own reader, which a bad body must not confuse."""
    record = WarcRecord()
    record.is_http = True
    record.set_bytes_content(raw)
    try:
        record.parse_http(auto_decode="all")
        headers = record.http_headers
        if headers.status_code != 200:
            return Why.STATUS
        if (record.http_content_type or "").lower() not in _HTML:
            return Why.NOT_HTML
        body = record.reader.read(max_bytes + 1)
    except (OSError, EOFError, ValueError):
        return Why.DAMAGED
    if len(body) > max_bytes:
        return Why.TOO_BIG
    kept = tuple((name, value[:2000]) for name, value in headers.items() if name.lower() not in _DECODED)
    return WarcPage(url=url, at=at, headers=kept[:100], body=body, address=place)

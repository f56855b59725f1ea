"""Reading one record from the middle of a daily file, with fastwarc."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from store.errors import ArchiveError
from store.warc.records import REFERS_TO_FILE, REFERS_TO_OFFSET

_CHUNK = 1 << 16
_MOST = 1 << 28  # bytes of one record unpacked; we keep pages of some MB, and a changed file may be a bomb
_HEADERS = 1 << 20  # bytes of headers: a hundred of 2,000 characters are more than readers take by themselves


@dataclass(frozen=True, slots=True)
class Member:
    """One record as read. `said`: the payload digest it names, "" none; `refers_to`: a revisit's original."""

    id: str
    type: str
    url: str
    date: str
    said: str
    payload: bytes = field(repr=False)
    refers_to: tuple[str, int] | None = None

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the payload that is in this record."""
        return hashlib.sha256(self.payload).hexdigest()


def read_member(packed: bytes) -> Member:
    """Read a record from its bytes as stored: exactly one gzip member with exactly one record.

    Raises:
        ArchiveError: when it is no such thing; the message says in which way.

    """
    try:
        return _parse(_unpack(packed))
    except (zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise ArchiveError(f"it cannot be unpacked: {error}") from error


def read_at(file: BinaryIO, offset: int) -> Member:
    """Read the record that begins at an offset of a daily file.

    Raises:
        ArchiveError: when none begins there, or it is damaged.
        OSError: when the file cannot be read.

    """
    file.seek(offset)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts, size = [], 0
    try:
        while not unpacker.eof and (chunk := file.read(_CHUNK)):
            parts.append(unpacker.decompress(chunk, _MOST - size))
            size += len(parts[-1])
            _check_size(size)
    except zlib.error as error:
        raise ArchiveError(f"it cannot be unpacked: {error}") from error
    if not unpacker.eof:
        raise ArchiveError("it ends in the middle")
    return _parse(b"".join(parts))


def _unpack(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = unpacker.decompress(packed, _MOST)
    _check_size(len(data))
    if not unpacker.eof or unpacker.unused_data:
        raise ArchiveError("it is not exactly one record")
    return data


def _check_size(size: int) -> None:
    if size >= _MOST:
        raise ArchiveError(f"it holds more than {_MOST} bytes, which we never write")


def _parse(data: bytes) -> Member:
    record = next(iter(ArchiveIterator(BytesIO(data), parse_http=True, max_header_len=_HEADERS)), None)
    if record is None:
        raise ArchiveError("it is no WARC record")
    headers = record.headers
    digest = headers.get("WARC-Payload-Digest") or ""
    return Member(
        id=(record.record_id or "").strip("<>"),
        type=headers.get("WARC-Type") or "",
        url=headers.get("WARC-Target-URI") or "",
        date=headers.get("WARC-Date") or "",
        said=digest.removeprefix("sha256:"),
        payload=record.reader.read(),
        refers_to=_refers_to(record),
    )


def _refers_to(record: WarcRecord) -> tuple[str, int] | None:
    file, offset = record.headers.get(REFERS_TO_FILE), record.headers.get(REFERS_TO_OFFSET)
    return (file, int(offset)) if file and offset and offset.isdecimal() else None

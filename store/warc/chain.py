"""The chain beside a daily file: a line for each record, each with the hash of the line before it. Pure.

A line ends in `,"hash":"<hex>"}`; the hash is the SHA-256 of the line's text before that ending, so that it
can be checked with `sed` and `sha256sum` alone (docs/evidence.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields
from typing import Any

from store.errors import StoreError

FIRST = "0" * 64  # what the very first line has for the hash of the line before it

_ENDING = re.compile(rb',"hash":"([0-9a-f]{64})"\}\n\Z')


class LineError(StoreError):
    """A line of a chain that cannot be read or was changed; the message says how."""


@dataclass(frozen=True, slots=True)
class Link:
    """One line: which record lies where, and what it is. Offsets and lengths are bytes of the file."""

    number: int  # over all days, from 1
    at: str  # the record's WARC-Date (RFC 3339, UTC)
    kept: str  # when it was written here (RFC 3339, UTC)
    type: str  # warcinfo, response, revisit, request
    record: str  # WARC-Record-ID, without its angle brackets
    url: str  # WARC-Target-URI, "" for warcinfo
    offset: int
    length: int
    sha256: str  # of the record's bytes as stored
    payload: str  # SHA-256 of the payload, "" where there is none to speak of
    previous: str  # `hash` of the line before
    hash: str = ""

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.offset + self.length

    @property
    def line(self) -> bytes:
        """The line as stored, with its line end."""
        return self._covered + f',"hash":"{self.hash}"}}\n'.encode()

    @property
    def _covered(self) -> bytes:
        values = {name: getattr(self, name) for name in _COVERED}
        # ASCII: no line end hides in an address
        return json.dumps(values, separators=(",", ":")).encode()[:-1]


_COVERED = tuple(field.name for field in fields(Link) if field.name != "hash")


def make_link(**values: Any) -> Link:
    """A line with its own hash; `values` are all fields of `Link` but `hash`."""
    bare = Link(**values)
    return Link(**values, hash=hashlib.sha256(bare._covered).hexdigest())  # noqa: SLF001  its own module


def read_line(line: bytes) -> Link:
    """Read a line and check its own hash.

    Raises:
        LineError: when it is torn, has another shape, or is not what was written.

    """
    ending = _ENDING.search(line)
    if ending is None:
        raise LineError("it is torn or no line of a chain")
    covered = line[: ending.start()]
    if hashlib.sha256(covered).hexdigest() != ending[1].decode():
        raise LineError("it does not have its own hash")
    try:
        values = json.loads(covered + b"}")
        link = Link(**values, hash=ending[1].decode())
    except (ValueError, TypeError) as error:
        raise LineError(f"it has another shape: {error}") from error
    if not all(type(values[name]) is kind for name, kind in _SHAPE.items()):
        raise LineError("it has another shape: a value of the wrong kind")
    return link


_SHAPE = dict.fromkeys(("number", "offset", "length"), int) | dict.fromkeys(
    ("at", "kept", "type", "record", "url", "sha256", "payload", "previous"), str
)

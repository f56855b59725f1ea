"""Which payload lies in which record: an index beside the daily files, made from the chains at will.

It proves nothing and is not backed up; losing it costs the time to read the chains once.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from store.warc.chain import LineError, Link, read_line
from store.warc.days import chain_path, file_of, list_days, read_lines, size_of
from store.warc.records import Original

_NAME = "payloads.sqlite3"
_log = logging.getLogger(__name__)

_MAKE = """
CREATE TABLE IF NOT EXISTS payloads (
    sha256 BLOB PRIMARY KEY, file TEXT, offset INTEGER, record TEXT, url TEXT, date TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS covered (
    one INTEGER PRIMARY KEY CHECK (one = 1), day TEXT, size INTEGER, hash TEXT);
"""


class Known:
    """The index, opened by whoever holds the archive's lock."""

    def __init__(self, folder: Path, rows: sqlite3.Connection) -> None:
        self._folder = folder
        self._rows = rows

    def find(self, sha256: str) -> Original | None:
        """The newest record that holds this payload."""
        wanted = "SELECT file, offset, record, url, date FROM payloads WHERE sha256 = ?"
        row = self._rows.execute(wanted, (bytes.fromhex(sha256),)).fetchone()
        return Original(*row) if row else None

    def add(self, day: str, links: Iterable[Link]) -> None:
        """Note lines that were just written to the end of a day's chain."""
        with self._rows:
            self._note(day, links)

    def catch_up(self, end: Link | None) -> None:
        """Read what was written since, or everything where the index does not fit the chains."""
        day, size, last = self._covered()
        if last == (end.hash if end else "") and size == size_of(chain_path(self._folder, day)):
            return
        if last and not self._is_before(day, size, last):
            _log.warning("the index of payloads in %s does not fit the chains: making it anew", self._folder)
            day, size = "", 0
            self._rows.execute("DELETE FROM payloads")
        with self._rows:
            for later in (each for each in list_days(self._folder) if each >= day):
                start = size if later == day else 0
                self._note(later, _links(chain_path(self._folder, later), start))

    def _covered(self) -> tuple[str, int, str]:
        row = self._rows.execute("SELECT day, size, hash FROM covered").fetchone()
        return row or ("0001-01-01", 0, "")

    def _is_before(self, day: str, size: int, last: str) -> bool:
        """Whether the line that was covered last still stands where it stood."""
        lines = list(read_lines(chain_path(self._folder, day), start=max(0, size - (1 << 20)), end=size))
        return bool(lines) and lines[-1].endswith(f',"hash":"{last}"}}\n'.encode())

    def _note(self, day: str, links: Iterable[Link]) -> None:
        last = None
        for last in links:
            if last.type == "response" and last.payload:
                place = (file_of(day), last.offset, last.record, last.url, last.at)
                self._rows.execute(
                    "INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?, ?, ?)",
                    (bytes.fromhex(last.payload), *place),
                )
        if last is not None:
            size = size_of(chain_path(self._folder, day))
            self._rows.execute("REPLACE INTO covered VALUES (1, ?, ?, ?)", (day, size, last.hash))


def _links(chain: Path, start: int) -> Iterator[Link]:
    for line in read_lines(chain, start=start):
        try:
            yield read_line(line)
        except LineError as error:
            _log.warning("%s: a line is left out of the index: %s; see `diembao verify`", chain, error)


@contextmanager
def open_known(folder: Path, end: Link | None) -> Iterator[Known]:
    """The index, up to date with the last line of all. The caller holds the lock; damage is mended."""
    path = folder / _NAME
    try:
        connection = _connect(path, folder, end)
    except sqlite3.DatabaseError as error:
        _log.warning("%s cannot be used (%s): making it anew from the chains", path, error)
        path.unlink(missing_ok=True)
        connection = _connect(path, folder, end)
    with closing(connection):
        yield Known(folder, connection)


def _connect(path: Path, folder: Path, end: Link | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # it can be made anew, so nothing waits for the disk
        connection.executescript(_MAKE)
        Known(folder, connection).catch_up(end)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection

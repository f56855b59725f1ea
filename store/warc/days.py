"""Where the daily files lie: `YYYY/MM/YYYY-MM-DD.warc.gz` and `….chain.jsonl`, days in UTC."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from store.errors import ArchiveError
from store.warc.chain import LineError, Link, read_line

_DAY = re.compile(r"(\d{4})-(\d\d)-\d\d")
_FILE = re.compile(r"\d{4}/\d\d/(\d{4}-\d\d-\d\d)\.warc\.gz")
_BLOCK = 1 << 14


def file_of(day: str) -> str:
    """A day (YYYY-MM-DD) -> its WARC file, as it stands in rows and under the folder."""
    found = _DAY.fullmatch(day)
    if found is None:
        raise ArchiveError(f"{day!r:.40} is no day of the form YYYY-MM-DD")
    return f"{found[1]}/{found[2]}/{day}.warc.gz"


def day_of(file: str) -> str:
    """A WARC file's day. No other text is ever taken for a path.

    Raises:
        ArchiveError: when it is no name that this program gives.

    """
    found = _FILE.fullmatch(file)
    if found is None or file_of(found[1]) != file:
        raise ArchiveError(f"{file!r:.80} is no file of the archive")
    return found[1]


def warc_path(folder: Path, day: str) -> Path:
    """The daily file."""
    return folder / file_of(day)


def chain_path(folder: Path, day: str) -> Path:
    """The chain beside it."""
    return folder / file_of(day).replace(".warc.gz", ".chain.jsonl")


def list_days(folder: Path) -> list[str]:
    """All days that have a file or a chain, the oldest first."""
    names = {path.name[:10] for path in folder.glob("[0-9]*/[0-9]*/*") if _is_ours(path)}
    return sorted(names)


def _is_ours(path: Path) -> bool:
    day, _, ending = path.name.partition(".")
    return ending in {"warc.gz", "chain.jsonl"} and bool(_DAY.fullmatch(day)) and path.parent.name == day[5:7]


def read_lines(path: Path, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The lines of a chain from one byte to another, each with its line end; the last may be torn."""
    if not path.exists():
        return
    at = start
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            at += len(line)
            if end is not None and at > end:
                return
            yield line


def last_link(path: Path) -> Link | None:
    """The last line of a chain; None where there is none.

    Raises:
        LineError: when it is torn or was changed.
        OSError: when the chain cannot be read.

    """
    line = last_line(path)
    return read_line(line) if line else None


def last_line(path: Path) -> bytes:
    """The last line of a file as it is, read from its end; b"" where there is none."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return b""
    with path.open("rb") as file:
        tail = b""
        while size > 0 and b"\n" not in tail[:-1]:
            step = min(_BLOCK, size)
            size -= step
            file.seek(size)
            tail = file.read(step) + tail
    return tail[tail[:-1].rfind(b"\n") + 1 :]


def last_of_day(folder: Path, day: str) -> Link | None:
    """The head of a day's chain as it stands; None where it has none that can be read."""
    try:
        return last_link(chain_path(folder, day))
    except LineError:
        return None


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def sync_folder(folder: Path) -> None:
    """A new name itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""What a killed process or a power cut left at the end of the newest day: cut back to what the chain proves.

Nothing is thrown away: what is cut off is set aside in a file beside (`….cut-<offset>`), since bytes that
somebody took out of a chain look the same as bytes that were never put in.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from store.warc.chain import LineError, Link, read_line
from store.warc.days import chain_path, last_link, last_of_day, list_days, read_lines, size_of, warc_path

_log = logging.getLogger(__name__)


def mend_end(folder: Path) -> tuple[str, Link | None]:
    """Mend the newest day; gives the newest day with a line and its last line, ("", None) for none.

    The caller holds the lock.

    Days before it are finished and are left alone.
    """
    for day in reversed(list_days(folder)):
        end = _mend_day(folder, day)
        if end is not None:
            return day, end
    return "", None


def find_end(folder: Path) -> Link | None:
    """The last line of all that can be read, nothing mended."""
    ends = (last_of_day(folder, day) for day in reversed(list_days(folder)))
    return next((end for end in ends if end is not None), None)


def _mend_day(folder: Path, day: str) -> Link | None:
    warc, chain = warc_path(folder, day), chain_path(folder, day)
    end = _sound_end(warc, chain)
    if end is None:
        proven, end = _proven(chain, size_of(warc))
        _cut(chain, proven)
    _cut(warc, end.end if end else 0)
    return end


def _sound_end(warc: Path, chain: Path) -> Link | None:
    """The last line if it is whole and its record is there, which is so after every orderly end."""
    try:
        end = last_link(chain)
    except LineError:
        return None
    return end if end is not None and end.end <= size_of(warc) else None


def _proven(chain: Path, size: int) -> tuple[int, Link | None]:
    """How many bytes of a chain stand for records that are there (`size` bytes), and their last line."""
    proven, end = 0, None
    for line in read_lines(chain):
        try:
            link = read_line(line)
        except LineError:
            break
        if link.end > size:
            break
        proven, end = proven + len(line), link
    return proven, end


def _cut(path: Path, size: int) -> None:
    """Cut a file back to a size and set the rest aside."""
    rest = size_of(path) - size
    if rest <= 0:
        return
    aside = _free_name(path, size)
    with path.open("r+b") as file:
        file.seek(size)
        with aside.open("wb") as out:
            out.write(file.read())
            out.flush()
            os.fsync(out.fileno())
        file.truncate(size)
        os.fsync(file.fileno())
    _log.warning(
        "%s: the last %s bytes are not proven by the chain (a process was killed, or the power went): "
        "cut off and set aside as %s; `diembao verify` says whether the database misses anything",
        path,
        rest,
        aside.name,
    )


def _free_name(path: Path, size: int) -> Path:
    name, count = f"{path.name}.cut-{size}", 1
    while path.with_name(name).exists():
        count += 1
        name = f"{path.name}.cut-{size}-{count}"
    return path.with_name(name)

"""Real processes, killed while they append, several at once: nothing that was said to be kept is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from store.archive import Archive, Place
from store.database import Sessions
from store.evidence import verify_archive

_KEEPING = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from store.archive import Archive
from store.types import Snapshot

now = datetime(2026, 11, 22, 1, tzinfo=UTC)
archive = Archive(Path(sys.argv[1]), lambda: now)

def snapshot(name):
    url = f"https://bao-thu.example/{sys.argv[2]}/{name}"
    asked = (("User-Agent", "x"),)
    return Snapshot("bao-thu", url, url, 200, (), url.encode() * 500, now, asked_with=asked)

for batch in itertools.count():
    for place in archive.keep_all([snapshot(f"{batch}-{n}") for n in range(3)]):
        print(place.sha256, place.warc_file, place.warc_offset, flush=True)
"""


@contextmanager
def _keeping(folder: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _KEEPING, str(folder), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def _places(lines: list[str]) -> list[Place]:
    """Of whole lines; the last may be torn."""
    words = [line.split() for line in lines if line.endswith("\n")]
    return [Place(sha256, file, int(offset)) for sha256, file, offset in words]


def _kill_after(process: subprocess.Popen[str], count: int) -> list[Place]:
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(count)]
    os.kill(process.pid, signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait()
    return _places(lines)


def _check(archive: Archive, sessions: Sessions) -> None:
    with sessions() as session:
        report = verify_archive(session, archive, progress=lambda *_: None)
    assert report.first is None
    with (archive.daily.folder / "2026/11/2026-11-22.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_processes_killed_again_and_again_lose_nothing_and_leave_an_intact_chain(
    sessions: Sessions, archive: Archive, make: Any, now: Any
) -> None:
    same_day = Archive(archive.folder, lambda: now)
    kept: list[Place] = []
    for run in range(12):
        with _keeping(archive.folder, f"run{run}") as process:
            kept += _kill_after(process, 1 + run * 2)
        last = same_day.keep_all([make.snapshot(f"after{run}", f"after {run}".encode())])
        kept += last
    assert len(kept) > 12 * 3
    assert all(same_day.body(place.sha256, place) for place in kept)
    _check(same_day, sessions)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_processes_that_append_at_once_make_one_chain(sessions: Sessions, archive: Archive) -> None:
    with _keeping(archive.folder, "one") as one, _keeping(archive.folder, "two") as two:
        assert one.stdout is not None
        assert two.stdout is not None
        lines = [stream.readline() for stream in (one.stdout, two.stdout) for _ in range(30)]
        places = _kill_after(one, 3) + _kill_after(two, 3) + _places(lines)
    assert all(archive.body(place.sha256, place) for place in places)
    _check(archive, sessions)

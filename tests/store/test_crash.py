from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from store.archive import Archive
from store.articles import find_article, iter_articles, save_article, save_snapshot, unextracted
from store.database import Sessions, check_database
from store.notices import claim_next, enqueue, list_notices, release_stale
from store.readings import find_read, unread
from store.types import Notice

_PRELUDE = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from store.archive import Archive
from store.articles import *
from store.database import make_sessions, open_engine
from store.notices import claim_next
from store.readings import save_reading
from store.types import *

sessions = make_sessions(open_engine(sys.argv[1]))
archive = Archive(Path(sys.argv[2]))
now = datetime(2026, 11, 22, 1, tzinfo=UTC)
about = Relevance(RelevanceLabel.ABOUT, 1.0, ())
reading = Reading(LanguageGuess("vi", "rule", 1.0), about, (), (), (), "r1")

def article(number):
    url = f"https://bao-thu.example/{number}"
    return Article(url, "bao-thu", "Báo Thử", Scope.DOMESTIC, f"Tin {number}", "Mưa lớn. " * 200)

def snapshot(number):
    url = f"https://bao-thu.example/{number}"
    return Snapshot("bao-thu", url, url, 200, (), f"{number} ".encode() * 20_000, now)
"""

_SAVING = """
for number in itertools.count():
    with sessions.begin() as session:
        saved = save_snapshot(session, archive, snapshot(number), now=now)
        stored = save_article(session, article(number), now=now)
        record_extraction(session, saved, article=stored.number, reason="")
        save_reading(session, stored.number, stored.version, reading, now=now)
    print(stored.number, flush=True)
"""

_CLAIMING = """
with sessions.begin() as session:
    claimed = claim_next(session, channel="mail", worker="killed", now=now)
print(claimed.number, flush=True)
sys.stdin.read()
"""


@contextmanager
def _running(program: str, database_url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", textwrap.dedent(_PRELUDE + program), database_url, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("items", [1, 7, 20])
def test_a_process_killed_while_saving_loses_no_committed_item_and_leaves_no_half_one(
    sessions: Sessions, database_url: str, archive: Archive, items: int
) -> None:
    with _running(_SAVING, database_url, archive.folder) as process:
        assert process.stdout is not None
        committed = [int(process.stdout.readline()) for _ in range(items)]
        os.kill(process.pid, signal.SIGKILL)
        committed += [int(line) for line in process.stdout.read().split()]
        process.wait()
    with sessions() as session:
        kept = [item.number for item in iter_articles(session)]
        assert set(committed) <= set(kept)
        assert len(kept) <= len(committed) + 1  # one may have been committed and not yet printed
        assert all(find_read(session, number) for number in kept)
        assert unread(session, reader_version="r1", limit=9) == []
        captures = session.execute(text("SELECT sha256, article FROM snapshots")).all()
        assert {capture.article for capture in captures} == set(kept)
        assert unextracted(session, archive, limit=9) == []
    assert all(archive.body(capture.sha256) for capture in captures)
    assert check_database(sessions.engine).faults == ()


def test_the_next_run_goes_on_where_a_killed_one_stopped(
    sessions: Sessions, database_url: str, archive: Archive, make: Any, now: datetime
) -> None:
    with _running(_SAVING, database_url, archive.folder) as process:
        assert process.stdout is not None
        first = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with sessions.begin() as session:
        save_snapshot(session, archive, make.snapshot(), now=now)
        stored = save_article(session, make.article(), now=now)
        assert find_article(session, first) is not None
    assert stored.number > first


def test_a_notice_claimed_by_a_killed_worker_is_shown_as_perhaps_sent(
    sessions: Sessions, database_url: str, archive: Archive, now: datetime
) -> None:
    notice = Notice("k", "an", "an@so.example", "mail", "s", "t", "<p>", "r", "<1@so.example>", now)
    with sessions.begin() as session:
        enqueue(session, notice)
    with _running(_CLAIMING, database_url, archive.folder) as process:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    later = now + timedelta(minutes=10)
    with sessions.begin() as session:
        assert claim_next(session, channel="mail", worker="w2", now=later) is None
        assert release_stale(session, older_than=later, now=later) == 1
        (row,) = list_notices(session)
        assert row.perhaps_sent
        again = claim_next(session, channel="mail", worker="w2", now=later)
        assert again is not None
        assert (again.number, again.value.message_id) == (number, notice.message_id)


def test_processes_that_claim_at_once_share_the_notices(
    sessions: Sessions, database_url: str, archive: Archive, now: datetime
) -> None:
    with sessions.begin() as session:
        for number in range(2):
            enqueue(session, Notice(f"k{number}", "an", "a@b", "mail", "s", "t", "", "r", f"<{number}>", now))
    with (
        _running(_CLAIMING, database_url, archive.folder) as one,
        _running(_CLAIMING, database_url, archive.folder) as other,
    ):
        assert one.stdout is not None
        assert other.stdout is not None
        assert {int(one.stdout.readline()), int(other.stdout.readline())} == {1, 2}

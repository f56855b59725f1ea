"""Backups: one moment of a database in use, only what is new of the archive, proven, and brought back."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from store import audit
from store.archive import Archive
from store.backup.copying import StoppedError, check_copy, copy_database
from store.backup.files import copy_archive, copy_grown
from store.backup.generations import DATABASE, MANIFEST, Taken, list_generations, take_backup
from store.backup.restoring import find_generation, restore
from store.database import Sessions, make_sessions, open_engine
from store.errors import BackupError
from store.evidence import verify_archive
from store.snapshots import save_snapshot
from store.types import Snapshot


@dataclass
class Office:
    """A database with its archive, and where its backups go."""

    folder: Path
    sessions: Sessions
    archive: Archive
    now: datetime

    @property
    def database(self) -> Path:
        return self.folder / "office.sqlite3"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def capture(self, snapshot: Snapshot) -> None:
        with self.sessions.begin() as session:
            save_snapshot(session, self.archive, snapshot, now=self.now)

    def back_up(self, *, days: int = 0, keep: int = 7, **more: Any) -> Taken:
        later = self.now + timedelta(days=days)
        return take_backup(self.database, self.archive, self.backups, keep=keep, now=later, **more)


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, now: datetime, make: Any) -> Iterator[Office]:
    shutil.copy(sqlite_template, tmp_path / "office.sqlite3")
    engine = open_engine(f"sqlite:///{tmp_path / 'office.sqlite3'}")
    there = Office(tmp_path, make_sessions(engine), Archive(tmp_path / "archive", lambda: now), now)
    there.backups.mkdir()
    there.capture(make.snapshot("tin-1", b"<p>1</p>"))
    with there.sessions.begin() as session:
        audit.append(session, actor="lan", act="verdict", subject="s", detail="d", now=now)
    yield there
    engine.dispose()


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found if p.name != "lock"}


def test_a_backup_comes_back_as_it_was_with_all_its_proofs(office: Office, tmp_path: Path, make: Any) -> None:
    settings = tmp_path / "rules.yaml"
    settings.write_text("digest_at: '06:30'", encoding="utf-8")
    office.back_up(configuration=[settings])
    office.capture(make.snapshot("tin-2", b"<p>2</p>"))  # after the backup: not in it
    home = tmp_path / "home"
    restore(find_generation(office.backups, ""), home / "x.sqlite3", home / "archive")
    engine = open_engine(f"sqlite:///{home / 'x.sqlite3'}")
    with make_sessions(engine)() as session:
        found = verify_archive(session, Archive(home / "archive"), progress=lambda *_: None)
        assert (found.rows, found.faults, audit.first_broken(session)) == (1, 0, None)
    engine.dispose()
    assert [path.name for path in home.iterdir() if "unfinished" in path.name] == []
    (generation,) = list_generations(office.backups)
    assert generation.manifest.rows["snapshots"] == 1
    assert (generation.folder / "config" / "rules.yaml").read_bytes() == settings.read_bytes()


def test_a_copy_made_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    source, copy, done = tmp_path / "a", tmp_path / "b", threading.Event()
    with closing(sqlite3.connect(source)) as made:
        made.executescript("PRAGMA journal_mode = WAL; CREATE TABLE l (n); CREATE TABLE r (n, x);")
    began = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(source, timeout=30)) as mine:
            while not done.is_set():
                with mine:  # both or none
                    mine.execute("INSERT INTO l VALUES (1)")
                    mine.execute("INSERT INTO r VALUES (1, zeroblob(3000))")
                began.set()

    writer = threading.Thread(target=write)
    writer.start()
    began.wait(10)
    try:
        for number in range(5):
            copy_database(source, copy.with_name(str(number)))
    finally:
        done.set()
        writer.join()
    counted = [check_copy(copy.with_name(str(number))) for number in range(5)]
    assert [rows["l"] - rows["r"] for rows in counted] == [0] * 5
    assert counted[-1]["l"] > 0


def test_a_second_backup_writes_of_the_archive_only_what_is_new(office: Office, make: Any) -> None:
    first = office.back_up()
    size = sum(map(len, tree(office.archive.folder / "warc" / "2026").values()))
    office.archive.keep(b"a pasted text")
    office.capture(make.snapshot("tin-2", b"<p>2</p>"))
    grown = sum(map(len, tree(office.archive.folder / "warc" / "2026").values())) - size
    second = office.back_up(days=1)
    unchanged = office.back_up(days=2)
    loose = next(path for path in office.archive.folder.rglob("*.gz") if "warc" not in path.name)
    assert first.copied.files == 2
    assert (second.copied.files, second.copied.size) == (3, grown + loose.stat().st_size)
    assert (unchanged.copied.files, unchanged.copied.size) == (0, 0)
    kept = tree(office.backups / "archive")
    assert kept == {name: body for name, body in tree(office.archive.folder).items() if name in kept}


def test_what_was_changed_in_the_archive_never_replaces_its_copy_and_is_told(office: Office) -> None:
    office.back_up()
    before = tree(office.backups / "archive")
    (day,) = office.archive.folder.rglob("*.warc.gz")
    day.write_bytes(day.read_bytes()[:300])
    copied = copy_archive(office.archive, office.backups / "archive")
    after = tree(office.backups / "archive")
    assert {name: after[name] for name in before} == before
    assert str(day.relative_to(office.archive.folder)) in {fault.split(":")[0] for fault in copied.faults}
    with pytest.raises(BackupError, match="is not what its copy is"):
        office.back_up(days=1, keep=1)
    assert len(list_generations(office.backups)) == 2  # nothing is dropped while something is wrong


@pytest.mark.parametrize(
    ("there", "source", "written"),
    [
        (None, b"abc", 3),
        (b"ab", b"abcd", 2),
        (b"abc", b"abc", 0),
        (b"abcd", b"abc", None),
        (b"x", b"ab", None),
    ],
    ids=["new", "grown", "the same", "shorter than its copy", "begins otherwise"],
)
def test_a_copy_only_grows(there: bytes | None, source: bytes, written: int | None, tmp_path: Path) -> None:
    here, copy = tmp_path / "here", tmp_path / "to" / "copy"
    copy.parent.mkdir()
    here.write_bytes(source)
    if there is not None:
        copy.write_bytes(there)
    assert copy_grown(here, copy, len(source)) == written
    assert copy.read_bytes() == (there if written is None else source)


def test_only_the_newest_generations_are_kept(office: Office) -> None:
    for day in range(4):
        office.back_up(days=day, keep=2)
    names = [generation.folder.name for generation in list_generations(office.backups)]
    assert names == ["2026-11-25T010000Z", "2026-11-24T010000Z"]


def test_a_stop_in_the_middle_leaves_no_generation_and_the_next_backup_is_whole(office: Office) -> None:
    told = threading.Event()
    told.set()
    with pytest.raises(StoppedError):
        office.back_up(stopping=told)
    assert list_generations(office.backups) == []
    assert [path.name for path in (office.backups / "generations").iterdir()] == []
    assert office.back_up().generation.manifest.rows["snapshots"] == 1


def test_what_a_killed_backup_left_counts_as_nothing_and_is_swept(office: Office) -> None:
    left = office.backups / "generations" / ".unfinished-2026-11-01T000000Z"
    left.mkdir(parents=True)
    (left / DATABASE).write_bytes(b"half")
    assert list_generations(office.backups) == []
    office.back_up()
    assert not left.exists()


REFUSED = {
    "a folder that is not there": ("nowhere", "is not there"),
    "a folder inside the archive": ("archive/here", "inside the archive"),
}


@pytest.mark.parametrize(("name", "said"), REFUSED.values(), ids=REFUSED)
def test_a_folder_that_cannot_serve_is_refused_in_words(name: str, said: str, office: Office) -> None:
    (office.folder / "archive" / "here").mkdir()
    with pytest.raises(BackupError, match=said):
        take_backup(office.database, office.archive, office.folder / name, keep=1, now=office.now)


def test_two_backups_at_once_are_refused(office: Office) -> None:
    with FileLock(office.backups / "lock"), pytest.raises(BackupError, match="Another backup"):
        office.back_up()


def test_a_damaged_database_makes_no_generation(office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupError, match="bad"):
        take_backup(bad, office.archive, office.backups, keep=1, now=office.now)
    assert list_generations(office.backups) == []


def test_nothing_is_ever_overwritten_by_restoring(office: Office, tmp_path: Path) -> None:
    office.back_up()
    generation = find_generation(office.backups, "")
    before = office.database.read_bytes(), tree(office.archive.folder)
    for database, archive in (
        (office.database, tmp_path / "elsewhere"),
        (tmp_path / "new.sqlite3", office.archive.folder),
    ):
        with pytest.raises(BackupError, match="not overwritten"):
            restore(generation, database, archive)
    assert (office.database.read_bytes(), tree(office.archive.folder)) == before
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_generation_that_was_changed_is_not_restored(office: Office, tmp_path: Path) -> None:
    generation = office.back_up().generation
    with (generation.folder / DATABASE).open("r+b") as file:
        file.seek(60)
        file.write(b"\x07")
    with pytest.raises(BackupError, match="not what was backed up"):
        restore(generation, tmp_path / "new.sqlite3", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_generation_whose_archive_is_too_short_is_not_restored(office: Office, tmp_path: Path) -> None:
    generation = office.back_up().generation
    (day,) = (office.backups / "archive").rglob("*.warc.gz")
    day.write_bytes(b"")
    with pytest.raises(BackupError, match="where a capture lies"):
        restore(generation, tmp_path / "new.sqlite3", tmp_path / "new")


def test_a_generation_that_is_asked_for_is_found_or_the_others_are_named(office: Office) -> None:
    with pytest.raises(BackupError, match="none"):
        find_generation(office.backups, "")
    name = office.back_up().generation.folder.name
    assert find_generation(office.backups, name).made_at == office.now
    with pytest.raises(BackupError, match=name):
        find_generation(office.backups, "2020-01-01T000000Z")


def test_a_generation_without_its_manifest_is_told(office: Office) -> None:
    (office.back_up().generation.folder / MANIFEST).unlink()
    with pytest.raises(BackupError, match="not whole"):
        list_generations(office.backups)

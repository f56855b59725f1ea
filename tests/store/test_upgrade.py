"""A database from before the round that brought evidence, hosts and events, with rows in it, upgraded."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from sqlalchemy import Engine, make_url, text

from store.articles import find_article
from store.captures import recent_captures
from store.database import make_sessions, open_engine, upgrade
from store.database.upgrade import alembic_config
from store.errors import DatabaseError
from store.search import parse
from store.stories import list_stories

OLD = "0004_search"
AT = "2026-11-22 03:00:00.000000+00:00"
URL = "https://baotap.vn/tin-12345.html"


def migrate_to(engine: Engine, revision: str) -> None:
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def add(engine: Engine, table: str, **values: Any) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608 - names of ours


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An article with its capture, as the program of then wrote them."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres"), f"old_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url)
    migrate_to(engine, OLD)
    add_article(engine)
    yield engine
    engine.dispose()


def add_article(engine: Engine) -> None:
    plain = {"saved_at": AT, "version": 1, "read_with": "", "read_version": 0, "to_group": True}
    add(engine, "articles", number=1, url=URL, url_key="k", **plain)
    names = ("outlet", "outlet_key", "outlet_name", "title", "lead", "text", "byline", "section")
    words = dict.fromkeys(names, "Gia Lai") | dict.fromkeys(("language", "extractor"), "")
    more = {"when_at": AT, "fetched_at": AT, "saved_at": AT, "summary_only": False, "scope": "domestic"}
    add(engine, "article_versions", article=1, version=1, digest="d", snapshot_sha256="s", **words, **more)
    values = {"number": 1, "source": "bao-tap", "url_asked": URL, "url_final": URL, "url_final_key": "k"}
    more = {"sha256": "s", "status": 200, "headers": "[]", "fetched_at": AT, "saved_at": AT, "reason": ""}
    add(engine, "snapshots", article=1, extracted=True, **values, **more)
    add(engine, "captured", url_key="k", snapshot=1)


def test_a_database_with_rows_in_it_is_upgraded_and_loses_none(old: Engine) -> None:
    upgrade(old)
    with make_sessions(old)() as session:
        assert find_article(session, 1) is not None
        assert list_stories(session, parse("Gia Lai")).total == 0  # it can be asked
        count = session.execute(text("SELECT count(*) FROM captured JOIN snapshots ON number = snapshot"))
        assert count.scalar_one() >= 1
        (capture,) = recent_captures(session, since=find_article(session, 1).saved_at)  # type: ignore[union-attr]  # see above
        assert capture.url_final == URL


@pytest.mark.parametrize("old", ["sqlite"], indirect=True)
def test_references_are_watched_again_after_an_upgrade(old: Engine) -> None:
    upgrade(old)
    with old.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize("old", ["sqlite"], indirect=True)
def test_a_database_with_a_dangling_reference_is_left_as_it_was(old: Engine) -> None:
    with old.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            connection.execute(text("INSERT INTO captured (url_key, snapshot) VALUES ('x', 99)"))
        connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
    with pytest.raises(DatabaseError, match="a row of captured refers to a row of snapshots"):
        upgrade(old)
    with old.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == OLD

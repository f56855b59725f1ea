"""The practice press, collected whole; what comes out is compared with what it printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from practice.server import Press, start_press
from store.archive import Archive
from store.articles import iter_articles
from store.database import make_sessions, open_engine, upgrade
from store.types import Article, Feed, FeedKind, FeedOutcome, Scope, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def source_from(entry: dict[str, Any]) -> Source:
    feeds = tuple(Feed(feed["url"], kind=FeedKind(feed["kind"])) for feed in entry["feeds"])
    plain = ("id", "name", "domain", "country", "language", "kind", "priority")
    return Source(
        **{name: entry[name] for name in plain}, scope=Scope(entry["scope"]), feeds=feeds, pause_seconds=0.01
    )


@dataclass(frozen=True)
class Edition:
    """The press, the report of one collection, and the articles by address."""

    press: Press
    report: CollectReport
    articles: dict[str, Article]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    folder = tmp_path_factory.mktemp("press")
    engine = open_engine(f"sqlite:///{folder / 'store.sqlite'}")
    upgrade(engine)
    sessions = make_sessions(engine)
    with start_press(now=NOW) as press:
        sources = [source_from(entry) for entry in yaml.safe_load(press.sources_yaml())["sources"]]
        settings = CrawlSettings(allow_private=tuple(press.allow_private().split(",")), retries=0)
        report = collect(
            sources, sessions, Archive(folder / "archive"), settings, now=NOW, progress=lambda *_: None
        )
        with sessions() as session:
            articles = {found.article.url: found.article for found in iter_articles(session)}
        yield Edition(press, report, articles)
    engine.dispose()


def printed(edition: Edition) -> list[Any]:
    """Articles that can be read: not behind robots.txt, and without trouble of their own."""
    closed = {"trang-goc-da"}
    return [one for one in edition.press.edition.articles if one.outlet not in closed and not one.trouble]


def test_every_article_that_can_be_read_is_there_under_its_canonical_address(edition: Edition) -> None:
    wanted = {edition.press.url_of(one.key) for one in printed(edition) if "/noi-bo/" not in one.path}
    assert len(wanted) > 150
    assert wanted - set(edition.articles) == set()
    known = {edition.press.url_of(one.key) for one in edition.press.edition.articles}
    assert set(edition.articles) - known == set()


def test_titles_and_paragraphs_are_those_printed(edition: Edition) -> None:
    wrong = []
    for one in printed(edition):
        found = edition.articles.get(edition.press.url_of(one.key))
        if found is not None and not found.summary_only:
            missing = [paragraph for paragraph in one.paragraphs if paragraph not in found.text]
            wrong += [(one.key, found.title)] if missing or found.title != one.title else []
    assert wrong == []


def test_dates_are_right_to_the_minute_in_all_shapes(edition: Edition) -> None:
    wrong = []
    for one in printed(edition):
        found = edition.articles.get(edition.press.url_of(one.key))
        if found is not None:
            date = found.published
            if date is None or abs((date.at - one.published).total_seconds()) >= 60:
                wrong.append((one.key, date, one.published))
    assert wrong == []


def test_feeds_that_go_wrong_have_their_states(edition: Edition) -> None:
    found = {state.url.rpartition("/")[2]: (state.outcome, state.detail) for state in edition.report.troubles}
    assert found["tat-ca.rss"] == (FeedOutcome.BLOCKED, "robots.txt forbids")
    assert found["mat.rss"] == (FeedOutcome.DEAD, "HTTP 404: nothing at this address")
    assert found["ban.rss"] == (FeedOutcome.BLOCKED, "HTTP 429, asked to wait 120 s")


def test_what_the_outlets_forbid_was_never_asked(edition: Edition) -> None:
    paths = [(request.host, request.path) for request in edition.press.requests]
    closed = edition.press.outlet("trang-goc-da").host
    assert [path for host, path in paths if host == closed] == ["/robots.txt"]
    assert not any(path.startswith("/noi-bo/") for _, path in paths)


def test_redirects_inside_are_refused_in_words(edition: Edition) -> None:
    reasons = [found.reason for found in edition.report.refused]
    assert sum("is a private address" in reason for reason in reasons) == sum(
        one.trouble.startswith("redirect_") for one in edition.press.edition.articles
    )


def test_text_in_any_encoding_comes_out_composed(edition: Edition) -> None:
    odd = [one for one in printed(edition) if {"cp1258", "nfd", "zero_width"} & set(one.quirks)]
    assert odd
    assert all(one.paragraphs[0] in edition.articles[edition.press.url_of(one.key)].text for one in odd)

"""From an outlet's silent edit to the event: the practice press, a real store, a clock that is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from nlp.run import note_changes
from practice.server import Press, start_press
from store.archive import Archive
from store.articles import StoredArticle, find_article_by_url, versions_of
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.events import list_events
from store.looks import LookState, find_look
from store.reviews import save_review
from store.types import Event, EventKind, Feed, FeedKind, Review, Scope, Source, Verdict

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KEY = "lu-song-ba-ngap-sau"
FIGURE = "1.240 căn nhà", "1.425 căn nhà"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Office:
    """A collector and its store before the practice press."""

    press: Press
    sources: list[Source]
    sessions: Sessions
    archive: Archive
    now: datetime = START
    reports: list[CollectReport] = field(default_factory=list)

    def work(self, after: timedelta) -> int:
        """Collect at START + after, then compare; gives how many events are new."""
        self.now = START + after
        settings = CrawlSettings(
            allow_private=tuple(self.press.allow_private().split(",")),
            default_pause=0.0,
            retries=0,
            processes=1,
        )
        report = collect(
            self.sources, self.sessions, self.archive, settings, now=self.now, progress=lambda *_: None
        )
        assert report.crash == ""
        self.reports.append(report)
        return note_changes(self.sessions, now=self.now)

    def stored(self) -> StoredArticle:
        with self.sessions() as session:
            found = find_article_by_url(session, self.press.url_of(KEY))
        assert found is not None
        return found

    def cite(self) -> None:
        """A person judges a sentence of the article: it is watched from now on."""
        review = Review("k", "câu", self.stored().number, Verdict.NOT_ENOUGH, "chờ", "lan.anh", self.now)
        with self.sessions.begin() as session:
            save_review(session, review)

    def events(self, *kinds: EventKind) -> list[Event]:
        with self.sessions() as session:
            return [saved.value for saved in list_events(session, kinds=kinds, article=self.stored().number)]

    def versions(self) -> list[str]:
        with self.sessions() as session:
            return [version.article.text for version in versions_of(session, self.stored().number)]

    def look(self) -> LookState | None:
        with self.sessions() as session:
            return find_look(session, self.press.url_of(KEY))

    def edit(self, old: str, new: str) -> None:
        text = self.press.edition.find(KEY).text
        assert old in text
        self.press.edit(KEY, text.replace(old, new))

    def asked(self) -> list[int]:
        """The statuses with which the article's page was answered."""
        path = self.press.edition.find(KEY).path
        return [request.status for request in self.press.requests if request.path.split("?")[0] == path]


def source_of(press: Press, outlet: str) -> Source:
    """One outlet of the press with its first working feed."""
    entry: dict[str, Any] = next(
        s for s in yaml.safe_load(press.sources_yaml())["sources"] if s["id"] == outlet
    )
    plain = {name: entry[name] for name in ("id", "name", "domain", "country", "language", "kind")}
    feeds = tuple(Feed(feed["url"], kind=FeedKind(feed["kind"])) for feed in entry["feeds"][:1])
    return Source(**plain, scope=Scope(entry["scope"]), feeds=feeds, pause_seconds=0.0)


@pytest.fixture
def office(tmp_path: Path, quick_processes: None) -> Iterator[Office]:
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    upgrade(engine)
    with start_press(now=START) as press:
        source = source_of(press, press.edition.find(KEY).outlet)
        opened = Office(press, [source], make_sessions(engine), Archive(tmp_path / "archive"))
        opened.work(timedelta(0))
        yield opened
    engine.dispose()


def test_a_figure_edited_silently_is_one_event_with_the_exact_words(office: Office) -> None:
    office.cite()
    old, new = FIGURE
    office.edit(old, new)
    assert office.work(HOUR + 5 * MINUTE) == 1
    (event,) = office.events()
    assert (event.kind, event.before, event.after) == (EventKind.FIGURE_CHANGED, old, new)
    assert (event.from_version, event.to_version) == (1, 2)
    assert START + HOUR < event.at < START + HOUR + 10 * MINUTE
    assert new in event.detail
    assert event.detail in office.stored().article.text
    assert office.work(HOUR + 15 * MINUTE) == 0


def test_an_edit_taken_back_gives_three_versions_and_two_events(office: Office) -> None:
    office.cite()
    old, new = FIGURE
    office.edit(old, new)
    office.work(HOUR + 5 * MINUTE)
    office.edit(old, old)
    office.work(DAY + 5 * MINUTE)
    first, second, third = office.versions()
    assert first == third != second
    told = [(event.before, event.after) for event in office.events(EventKind.FIGURE_CHANGED)]
    assert told == [(new, old), (old, new)]
    assert len(office.events()) == 2


def test_a_watched_page_is_looked_at_after_an_hour_a_day_and_a_week(office: Office) -> None:
    office.cite()
    for after in (30 * MINUTE, HOUR + MINUTE, 3 * HOUR, DAY + MINUTE, 3 * DAY, 7 * DAY + MINUTE, 12 * DAY):
        office.work(after)
    assert office.asked() == [200, 304, 304, 304]
    look = office.look()
    assert look is not None
    assert look.unchanged_at is not None
    assert timedelta(0) < look.unchanged_at - (START + 7 * DAY) < 10 * MINUTE
    assert office.events() == []


def test_moments_missed_while_nobody_was_at_work_are_made_up_once(office: Office) -> None:
    office.cite()
    office.work(6 * DAY)
    office.work(6 * DAY + 10 * MINUTE)
    assert office.asked() == [200, 304]


@pytest.mark.soak
def test_a_page_nobody_cites_is_looked_at_once(office: Office) -> None:
    for after in (HOUR, 6 * HOUR + MINUTE, 12 * HOUR, DAY, 47 * HOUR):
        office.work(after)
    assert office.asked() == [200, 304]


def test_a_withdrawn_page_is_told_once_and_its_return_too(office: Office) -> None:
    office.cite()
    title = office.stored().article.title
    office.press.withdraw(KEY)
    office.work(HOUR + 5 * MINUTE)
    office.work(HOUR + 20 * MINUTE)
    office.work(3 * HOUR)
    (event,) = office.events()
    assert (event.kind, event.before, event.detail) == (
        EventKind.REMOVED,
        title,
        "HTTP 410: nothing at this address",
    )
    assert len(office.versions()) == 1
    office.press.restore(KEY)
    office.work(DAY + 2 * HOUR)
    assert [event.kind for event in office.events()] == [EventKind.RESTORED, EventKind.REMOVED]

"""The one place where the rooms are put together: settings and configuration in, an open house out.

Everything below is opened once, by a command, and handed on as values. Nothing here is global.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from sqlalchemy import Engine

from config.load import load
from config.settings import Settings
from config.words import translator
from crawler.settings import CrawlSettings
from nlp.read import Knowledge, make_knowledge
from nlp.trained import load_models
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import Configuration, Rules

Progress = Callable[[str, int, int], None]

CYCLE_LOCK = "cycle.lock"  # in the data folder: one collection at a time


@dataclass(frozen=True, slots=True)
class House:
    """All that the stages need, opened."""

    settings: Settings
    configuration: Configuration
    engine: Engine
    sessions: Sessions
    archive: Archive
    t: Callable[[str], str]
    clock: Callable[[], datetime]
    stopping: Event = field(default_factory=Event)  # set when the service ends: what is long ends in order

    def make_knowledge(self) -> Knowledge:
        """Compile the gazetteer and the topics for reading (about a second).

        Raises:
            nlp.linear.ModelError: when a model that the office trained cannot be used.

        """
        models = load_models(self.models)
        return make_knowledge(self.configuration.gazetteer, self.configuration.topics, models)

    @property
    def models(self) -> Path:
        """Where the models stand that the office trained; the shipped ones are used where none is."""
        return self.settings.models


def utc_now() -> datetime:
    """The clock of a real run (aware, UTC)."""
    return datetime.now(UTC)


@contextmanager
def open_house(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Iterator[House]:
    """Read the configuration, open and upgrade the database, and close it again.

    Raises:
        config.load.ConfigurationError: with every fault of the configuration.
        store.errors.DatabaseError: when the database cannot be opened or is newer than the program.

    """
    configuration = load(settings.config)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_address())
    try:
        upgrade(engine)
        yield House(
            settings=settings,
            configuration=configuration,
            engine=engine,
            sessions=make_sessions(engine),
            archive=Archive(settings.home / "archive"),
            t=translator(settings.language),
            clock=clock,
        )
    finally:
        engine.dispose()


def find_contact(settings: Settings, rules: Rules) -> str:
    """Whom an outlet's engineer can write to: DIEMBAO_CONTACT, else the office's reply address; "" for none.

    An address under .invalid (RFC 2606) is the shipped placeholder: nobody reads it.
    """
    contact = settings.contact or rules.reply_to
    return "" if contact.endswith(".invalid") and not settings.contact else contact


def make_crawl_settings(house: House) -> CrawlSettings:
    """What the collector may do, and the honest name it goes by."""
    contact = find_contact(house.settings, house.configuration.rules)
    return CrawlSettings(
        user_agent=f"DiemBao/0.1 (+{contact or 'no contact set'})",
        allow_private=tuple(house.settings.allow_private),
    )

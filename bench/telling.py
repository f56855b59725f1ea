"""Telling: a digest for five hundred recipients over a mail server, a hundred rules over a day's flood."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import letterhead_from
from alerts.rules.run import raise_alerts
from alerts.run import tell
from alerts.send import deliver
from bench.apart import Row
from bench.material import find_articles
from config.load import load
from config.words import translator
from nlp.grouping_run import group_new
from nlp.read import make_knowledge
from nlp.reading_run import read_new
from store.articles import save_article
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import AlertRule, Condition, Configuration, Recipient

RECIPIENTS, ITEMS = 500, 60
RULES, ARTICLES = 100, 5_000
_NOW = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
_WORDS = (
    "học sinh",
    "ngập",
    "tai nạn",
    "bệnh viện",
    "đất",
    "cháy",
    "giá vàng",
    "bão",
    "biên giới",
    "du lịch",
)


@dataclass(slots=True)
class Box:
    """Takes every letter and counts it."""

    letters: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        """A letter came."""
        self.letters += 1
        return "250 taken"


def find_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


@contextmanager
def a_store() -> Iterator[Sessions]:
    """A fresh database, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder)}/telling.sqlite")
        upgrade(engine)
        yield make_sessions(engine)
        engine.dispose()


def measure_digest() -> tuple[Row, ...]:
    """Recipients told a second: composed, rendered, in the outbox, handed to a mail server on loopback."""
    office = _office()
    with a_store() as sessions:
        _fill(sessions, office, ITEMS, at=_NOW - timedelta(hours=3))
        box = Box()
        server = Controller(box, hostname="127.0.0.1", port=find_port())
        server.start()
        try:
            channel = SmtpChannel(
                SmtpServer("127.0.0.1", server.port, security=Security.NONE), letterhead_from(office.rules)
            )
            start = time.perf_counter()
            tell(sessions, office, now=_NOW, translator=translator)
            allowed = [recipient.email for recipient in office.rules.recipients]
            deliver(sessions, {"mail": channel}, now=_NOW, worker="bench", allowed_addresses=allowed)
            seconds = time.perf_counter() - start
        finally:
            server.stop()
    if box.letters != RECIPIENTS:
        raise RuntimeError(f"{box.letters} letters of {RECIPIENTS} came")
    return (
        Row(f"digest: recipients, {ITEMS} items each, {seconds:.0f} s", RECIPIENTS / seconds, RECIPIENTS),
    )


def measure_rules() -> tuple[Row, ...]:
    """New articles a second that a hundred rules look at together."""
    office = replace(_office(), alerts=tuple(_rules()))
    with a_store() as sessions:
        raise_alerts(sessions, office, now=_NOW, translator=translator)
        _fill(sessions, office, ARTICLES, at=_NOW + timedelta(minutes=1))
        start = time.perf_counter()
        raise_alerts(sessions, office, now=_NOW + timedelta(minutes=2), translator=translator)
        seconds = time.perf_counter() - start
    return (Row(f"alerts: {RULES} rules, {seconds:.1f} s", ARTICLES / seconds, ARTICLES),)


def _office() -> Configuration:
    shipped = load(None)
    recipients = tuple(
        Recipient(f"r{n}", f"Người nhận {n}", f"r{n}@office.example", edition="press")
        for n in range(RECIPIENTS)
    )
    return replace(shipped, rules=replace(shipped.rules, recipients=recipients), alerts=())


def _rules() -> Iterator[AlertRule]:
    """Words, topics, places, conditions in turn; each goes to one recipient, six notices an hour."""
    conditions = ((Condition.NEW_STORY,), (Condition.OUTLETS, Condition.FOREIGN), (Condition.FLAGGED,))
    for number in range(RULES):
        word, topic = _WORDS[number % len(_WORDS)], f"topic:T{number % 15 + 1:02}"
        search = (word, topic, f'"{word}" {topic}', f"{topic} after:2019-01-01")[number % 4]
        yield AlertRule(
            f"rule-{number}", f"Quy tắc {number}", conditions[number % 3], (f"r{number}",), search=search
        )


def _fill(sessions: Sessions, office: Configuration, count: int, *, at: datetime) -> None:
    """Real articles as new ones, read and grouped as the service does it; not measured."""
    articles = find_articles()
    with sessions.begin() as session:
        for number in range(count):
            article = articles[number % len(articles)]
            copy = number // len(articles)
            again = replace(
                article, url=f"{article.url}?{number}", title=f"{article.title} {copy}".strip(), fetched_at=at
            )
            save_article(session, again, now=at)
    knowledge = make_knowledge(office.gazetteer, office.topics)
    read_new(sessions, knowledge, now=at, progress=_silent)
    group_new(sessions, now=at, progress=_silent)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""

"""Alert rules over a real store: nothing twice, nothing lost, whatever is killed in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import letterhead_from
from alerts.rules.finding import Window
from alerts.rules.looking import Look
from alerts.rules.run import find_happenings, raise_alerts
from alerts.send import deliver
from config.load import load
from store.articles import save_article
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.notices import list_notices
from store.readings import save_reading
from store.stories import save_memberships
from store.types import AlertRule, Condition, Configuration, Membership, QuietHours, Recipient

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # 10:00 in Gia Lai
RULE = AlertRule("lu", "Lũ lụt", (Condition.NEW_STORY,), ("to",), search="topic:T12")


@pytest.fixture
def sessions(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/alerts.sqlite")
    upgrade(engine)
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def shipped() -> Configuration:
    return load(None)


@pytest.fixture
def office(shipped: Configuration) -> Configuration:
    rules = replace(shipped.rules, recipients=(Recipient("to", "Tổ", "to@office.example"),))
    return replace(shipped, rules=rules, alerts=(RULE,))


@pytest.fixture
def arrive(sessions: Sessions, make: Any):
    """An article comes in, is read, and begins a story of its own."""

    def save(number: int, *, at: datetime, topic: str = "T12") -> None:
        given = make.read(number, topics=(topic,), at=at - timedelta(minutes=20))
        with sessions.begin() as session:
            stored = save_article(session, given.article, now=at)
            save_reading(session, stored.number, stored.version, given.reading, now=at)
            save_memberships(session, [Membership(stored.number, f"s{number}", 0, 1.0, ())], now=at)

    return save


def look(sessions: Sessions, office: Configuration, words: Any, at: datetime) -> int:
    return raise_alerts(sessions, office, now=at, translator=words).notices


def test_what_came_before_a_rule_first_looked_is_no_news(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    arrive(1, at=NOW - timedelta(hours=2))
    assert look(sessions, office, words, NOW) == 0
    assert look(sessions, office, words, NOW + timedelta(minutes=1)) == 0


def test_what_came_minutes_before_a_rule_first_looked_is_no_news_at_its_second_look(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    one_an_hour = replace(office, alerts=(replace(RULE, at_most=1),))
    arrive(1, at=NOW - timedelta(minutes=1))
    assert look(sessions, one_an_hour, words, NOW) == 0
    assert look(sessions, one_an_hour, words, NOW + timedelta(minutes=1)) == 0
    arrive(2, at=NOW + timedelta(minutes=2))
    assert look(sessions, one_an_hour, words, NOW + timedelta(minutes=3)) == 1


def test_a_new_story_is_told_once_and_only_by_the_rule_whose_search_finds_it(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    look(sessions, office, words, NOW)
    arrive(1, at=NOW + timedelta(minutes=1))
    arrive(2, at=NOW + timedelta(minutes=1), topic="T03")
    rounds = [look(sessions, office, words, NOW + timedelta(minutes=minutes)) for minutes in (2, 3, 4)]
    assert rounds == [1, 0, 0]
    with sessions() as session:
        (row,) = list_notices(session)
    assert (row.notice.address, "Bài số 1" in row.notice.subject) == ("to@office.example", True)


def test_what_comes_in_quiet_hours_is_told_at_their_end_in_one_notice(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    quiet = replace(RULE, quiet=QuietHours("09:00", "12:00"), at_most=1)
    asleep = replace(office, alerts=(quiet,))
    look(sessions, asleep, words, NOW)
    for number in (1, 2, 3):
        arrive(number, at=NOW + timedelta(minutes=number))
    assert look(sessions, asleep, words, NOW + timedelta(minutes=30)) == 0
    assert look(sessions, asleep, words, NOW + timedelta(hours=2)) == 1
    with sessions() as session:
        (row,) = list_notices(session)
    assert [f"Bài số {number}" in row.notice.text for number in (1, 2, 3)] == [True] * 3


def test_more_than_the_hour_allows_waits_and_is_not_lost(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    strict = replace(office, alerts=(replace(RULE, at_most=1),))
    look(sessions, strict, words, NOW)
    arrive(1, at=NOW + timedelta(minutes=1))
    assert look(sessions, strict, words, NOW + timedelta(minutes=2)) == 1
    arrive(2, at=NOW + timedelta(minutes=3))
    assert look(sessions, strict, words, NOW + timedelta(minutes=4)) == 0
    assert look(sessions, strict, words, NOW + timedelta(minutes=63)) == 1


def test_a_machine_that_died_between_keeping_and_telling_tells_at_its_next_start(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    look(sessions, office, words, NOW)
    arrive(1, at=NOW + timedelta(minutes=1))

    def broken(_language: str) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(sessions, office, broken, NOW + timedelta(minutes=2))
    assert look(sessions, office, words, NOW + timedelta(minutes=3)) == 1


def test_a_rule_that_is_paused_neither_looks_nor_tells(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    look(sessions, office, words, NOW)
    arrive(1, at=NOW + timedelta(minutes=1))
    paused = replace(office, alerts=(replace(RULE, paused="đang nghỉ lễ"),))
    assert look(sessions, paused, words, NOW + timedelta(minutes=2)) == 0


def test_a_rule_that_matches_everything_sends_no_more_than_the_hour_allows(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any, post_office: Any
) -> None:
    everything = replace(office, alerts=(replace(RULE, search="", at_most=3),))
    look(sessions, everything, words, NOW)
    for number in range(1, 51):
        arrive(number, at=NOW + timedelta(minutes=1))
    assert look(sessions, everything, words, NOW + timedelta(minutes=2)) == 3
    with sessions() as session:
        told = " ".join(row.notice.text for row in list_notices(session))
    assert sum(f"Bài số {number}\n" in told for number in range(1, 51)) == 42  # two alone, forty together
    assert "Còn 8 việc khác" in told
    mail = SmtpChannel(
        SmtpServer("127.0.0.1", post_office.port, Security.NONE), letterhead_from(office.rules)
    )
    later = NOW + timedelta(minutes=2)
    deliver(sessions, {"mail": mail}, now=later, worker="a", allowed_addresses=["to@office.example"])
    mail.close()
    assert post_office.recipients == ["to@office.example"] * 3


def test_trying_a_rule_writes_nothing(sessions: Sessions, arrive: Any) -> None:
    arrive(1, at=NOW - timedelta(days=3))
    with sessions() as session:
        found = find_happenings(Look(session, Window(NOW - timedelta(days=30), NOW)), RULE)
        assert not session.new
        assert not session.dirty
    assert [one.title for one in found] == ["Bài số 1"]


def test_an_unusual_day_is_told_once_with_what_is_usual_and_the_first_headlines(
    sessions: Sessions, office: Configuration, words: Any, arrive: Any
) -> None:
    much = replace(office, alerts=(replace(RULE, when=(Condition.VOLUME,)),), calendar=())
    for back in range(1, 31):
        arrive(back, at=NOW - timedelta(days=back))
    for number in range(40, 50):
        arrive(number, at=NOW)
    look(sessions, much, words, NOW)
    rounds = [look(sessions, much, words, NOW + timedelta(hours=hours)) for hours in (1, 2)]
    assert rounds[1] == 0
    with sessions() as session:
        told = [row.notice.text for row in list_notices(session)]
    assert any("10 vụ việc ngày 22/11/2026" in text and "Bài số 4" in text for text in told)

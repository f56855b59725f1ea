from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.knowledge import Knowledge, make_knowledge
from nlp.run import read_new
from store.articles import save_article
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.readings import find_read
from store.types import Article, Gazetteer, Topic

MakeArticle = Callable[..., Article]

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.fixture
def sessions(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path / 'reading.sqlite'}")
    upgrade(engine)
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture
def stored(sessions: Sessions, article: MakeArticle) -> Sessions:
    with sessions.begin() as session:
        for number in range(7):
            text = f"Công an tỉnh Gia Lai khởi tố {number + 2} người ở huyện Đức Cơ."
            save_article(
                session, article(text, f"Tin {number}", url=f"https://bao.example/{number}"), now=NOW
            )
    return sessions


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def labels(sessions: Sessions) -> list[str]:
    with sessions() as session:
        found = [find_read(session, number) for number in range(1, 8)]
    return [one.reading.relevance.label.value for one in found if one]


def test_what_is_unread_is_read_once(stored: Sessions, knowledge: Knowledge):
    assert read_new(stored, knowledge, now=NOW, progress=quiet) == 7
    assert labels(stored) == ["about"] * 7
    assert read_new(stored, knowledge, now=NOW, progress=quiet) == 0


def test_further_processes_read_the_same(stored: Sessions, knowledge: Knowledge):
    assert read_new(stored, knowledge, now=NOW, progress=quiet, processes=2) == 7
    assert labels(stored) == ["about"] * 7


def test_killed_between_two_batches_it_goes_on(
    stored: Sessions, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("nlp.reading_run._BATCH", 3)
    batches = []

    def killed(stage: str, done: int, total: int) -> None:
        batches.append(done)
        if len(batches) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_new(stored, knowledge, now=NOW, progress=killed)
    assert labels(stored) == ["about"] * 3
    assert read_new(stored, knowledge, now=NOW, progress=quiet) == 4
    assert labels(stored) == ["about"] * 7


def test_other_words_of_the_office_make_everything_unread(
    stored: Sessions, knowledge: Knowledge, gazetteer: Gazetteer, topics: tuple[Topic, ...]
):
    read_new(stored, knowledge, now=NOW, progress=quiet)
    edited = make_knowledge(replace(gazetteer, version="test-2"), topics)
    assert read_new(stored, edited, now=NOW, progress=quiet) == 7


def test_progress_is_told_with_its_stage(stored: Sessions, knowledge: Knowledge):
    told: list[tuple[str, int, int]] = []
    read_new(stored, knowledge, now=NOW, progress=lambda *step: told.append(step))
    assert told == [("read", 0, 7), ("read", 7, 7)]

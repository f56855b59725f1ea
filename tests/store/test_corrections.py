from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import save_article
from store.audit import list_entries
from store.correcting import save_corrections
from store.corrections import corrections_of, give_way, iter_corrected
from store.database import Sessions
from store.readings import find_read, save_reading
from store.search import parse
from store.stories import list_stories
from store.types import Correction, CorrectionKind, ImpossibleValueError, RelevanceLabel, TopicTag


def _correction(article: int, at: datetime, **changes: Any) -> Correction:
    values: dict[str, Any] = {
        "article": article,
        "version": 1,
        "kind": CorrectionKind.TOPIC,
        "value": "T12",
        "holds": True,
        "before": "T03",
        "reason": "bài nói về lũ",
        "reviewer": "an",
        "at": at,
    }
    return Correction(**values | changes)


@pytest.fixture
def number(sessions: Sessions, make: Any, now: datetime) -> int:
    with sessions.begin() as session:
        stored = save_article(session, make.article(), now=now)
        save_reading(session, stored.number, stored.version, make.reading(), now=now)
    return stored.number


def _topics(sessions: Sessions, number: int) -> list[tuple[str, str]]:
    with sessions() as session:
        read = find_read(session, number)
    assert read is not None
    return [(tag.id, tag.origin) for tag in read.reading.topics]


def test_a_person_s_tag_stands_at_once_beside_those_that_were_read(
    sessions: Sessions, number: int, now: datetime
) -> None:
    with sessions.begin() as session:
        save_corrections(session, [_correction(number, now)])
    assert _topics(sessions, number) == [("T12", "person"), ("T03", "rule")]


def test_a_person_s_word_is_never_read_over(
    sessions: Sessions, make: Any, number: int, now: datetime
) -> None:
    said = [
        _correction(number, now),
        _correction(number, now, value="T03", holds=False),
        _correction(number, now, kind=CorrectionKind.RELEVANCE, value="mention"),
    ]
    with sessions.begin() as session:
        save_corrections(session, said)
        again = make.reading("r2", topics=(TopicTag("T03", 0.9, ("mưa",)), TopicTag("T07", 0.6, ("bắt",))))
        save_reading(session, number, 1, again, now=now)
    with sessions() as session:
        read = find_read(session, number)
    assert read is not None
    assert read.reading.reader_version == "r2"
    assert [tag.id for tag in read.reading.topics] == ["T12", "T07"]
    assert read.reading.relevance.label is RelevanceLabel.MENTION
    assert "bài nói về lũ" in read.reading.relevance.why[0]


def test_a_person_s_word_also_holds_for_a_later_version(
    sessions: Sessions, make: Any, number: int, now: datetime
) -> None:
    with sessions.begin() as session:
        save_corrections(session, [_correction(number, now)])
        newer = save_article(session, make.article(text="Bản mới dài hơn."), now=now + timedelta(hours=1))
        save_reading(session, number, newer.version, make.reading(topics=()), now=now)
    assert (newer.number, newer.version) == (number, 2)
    assert _topics(sessions, number) == [("T12", "person")]


def test_search_and_lists_follow_the_correction(
    sessions: Sessions, keep_story: Any, make: Any, now: datetime
) -> None:
    (article,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_corrections(
            session, [_correction(article, now), _correction(article, now, value="T03", holds=False)]
        )
    with sessions() as session:
        assert list_stories(session, parse("topic:T12")).total == 1
        assert list_stories(session, parse("topic:T03")).total == 0


def test_a_later_correction_stands_above_an_earlier_one_and_both_are_kept(
    sessions: Sessions, number: int, now: datetime
) -> None:
    first = _correction(number, now)
    second = _correction(number, now + timedelta(hours=1), holds=False, reviewer="bình")
    with sessions.begin() as session:
        save_corrections(session, [first])
        save_corrections(session, [second])
        assert corrections_of(session, number) == (second, first)
    assert _topics(sessions, number) == [("T03", "rule")]


def test_each_correction_stands_in_the_audit_log_with_who_made_it(
    sessions: Sessions, number: int, now: datetime
) -> None:
    with sessions.begin() as session:
        save_corrections(session, [_correction(number, now)])
    with sessions() as session:
        (entry,) = list_entries(session, limit=9)
    assert (entry.actor, entry.act, entry.subject) == ("an", "correction", f"article {number}")
    assert entry.detail == "topic is T12 (read as: T03): bài nói về lũ"


def test_a_correction_that_is_rolled_back_leaves_nothing(
    sessions: Sessions, number: int, now: datetime
) -> None:
    def correct_and_fail() -> None:
        with sessions.begin() as session:
            save_corrections(session, [_correction(number, now)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        correct_and_fail()
    assert _topics(sessions, number) == [("T03", "rule")]
    with sessions() as session:
        assert list_entries(session, limit=9) == []


def test_training_is_given_what_stands_and_the_version_that_was_looked_at(
    sessions: Sessions, make: Any, number: int, now: datetime
) -> None:
    with sessions.begin() as session:
        save_corrections(session, [_correction(number, now), _correction(number, now, holds=False)])
        save_article(session, make.article(text="Bản mới dài hơn."), now=now)
    with sessions() as session:
        ((article, corrections),) = iter_corrected(session)
    assert (article.number, article.version) == (number, 1)
    assert [(c.value, c.holds) for c in corrections] == [("T12", False)]


def test_the_words_of_a_corrected_reading_do_not_say_who_corrected_it(make: Any, now: datetime) -> None:
    said = [_correction(1, now), _correction(1, now, kind=CorrectionKind.RELEVANCE, value="none")]
    reading = give_way(make.reading(), said)
    words = [*reading.relevance.why, *(why for tag in reading.topics for why in tag.why)]
    assert all("an" not in word.split() for word in words)


@pytest.mark.parametrize(
    "changes",
    [{"reviewer": " "}, {"value": ""}, {"kind": CorrectionKind.RELEVANCE, "value": "about", "holds": False}],
    ids=["nobody", "nothing", "no label at all"],
)
def test_a_correction_that_says_nothing_cannot_be_made(now: datetime, changes: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleValueError):
        replace(_correction(1, now), **changes)

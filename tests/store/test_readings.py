from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import save_article
from store.database import Sessions
from store.errors import UnknownRowError
from store.readings import find_read, find_read_version, save_reading, unread
from store.stories import mark_checked, stories_to_check, ungrouped
from store.types import PublicationDate


def test_a_reading_comes_back_as_it_was_saved(sessions: Sessions, make: Any, now: datetime) -> None:
    reading = make.reading(claims=(make.claim("Một."), make.claim("Hai."), make.claim("Một.")))
    with sessions.begin() as session:
        stored = save_article(session, make.article(), now=now)
        save_reading(session, stored.number, 1, reading, now=now)
    with sessions() as session:
        item = find_read(session, stored.number)
    assert item is not None
    assert (item.number, item.version, item.article, item.reading) == (
        stored.number,
        1,
        make.article(),
        reading,
    )


def test_an_article_waits_until_it_is_read(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        stored = save_article(session, make.article(), now=now)
        (waiting,) = unread(session, reader_version="r1", limit=9)
        assert (waiting.number, waiting.article) == (stored.number, make.article())
        assert find_read(session, stored.number) is None
        save_reading(session, stored.number, 1, make.reading("r1"), now=now)
        assert unread(session, reader_version="r1", limit=9) == []


@pytest.mark.parametrize("reader", ["r0", "r2"], ids=["earlier in the alphabet", "later"])
def test_another_reader_reads_again_and_replaces(
    sessions: Sessions, make: Any, now: datetime, reader: str
) -> None:
    with sessions.begin() as session:
        stored = save_article(session, make.article(), now=now)
        save_reading(session, stored.number, 1, make.reading("r1"), now=now)
        assert [item.number for item in unread(session, reader_version=reader, limit=9)] == [stored.number]
        save_reading(session, stored.number, 1, make.reading(reader, claims=(), topics=()), now=now)
        item = find_read(session, stored.number)
        assert item is not None
        assert item.reading == make.reading(reader, claims=(), topics=())
        assert unread(session, reader_version=reader, limit=9) == []


def test_new_articles_are_read_before_old_ones_are_read_again(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        old = save_article(session, make.article("old"), now=now)
        save_reading(session, old.number, 1, make.reading("r1"), now=now)
        new = save_article(session, make.article("new"), now=now)
        assert [item.number for item in unread(session, reader_version="r2", limit=1)] == [new.number]
        assert len(unread(session, reader_version="r2", limit=9)) == 2


def test_the_older_reading_stands_until_the_new_version_is_read(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        save_reading(session, number, 1, make.reading(), now=now)
        save_article(session, make.article(text="Sửa"), now=now)
        before = find_read(session, number)
        save_reading(session, number, 2, make.reading(claims=()), now=now)
        after = find_read(session, number)
        assert before is not None
        assert after is not None
        assert (before.version, after.version, after.article.text) == (1, 2, "Sửa")
        old = find_read_version(session, number, 1)
        assert old is not None
        assert old.reading == make.reading()


def test_reading_an_old_version_late_does_not_put_it_forward(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        save_article(session, make.article(text="Sửa"), now=now)
        save_reading(session, number, 2, make.reading(), now=now)
        save_reading(session, number, 1, make.reading(), now=now)
        item = find_read(session, number)
        assert item is not None
        assert item.version == 2


def test_a_story_is_checked_again_when_a_member_is_read_again(
    sessions: Sessions, make: Any, now: datetime, keep_story: Callable[..., list[int]]
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        mark_checked(session, "s1", checks_version="c1", now=now)
        assert stories_to_check(session, checks_version="c1", limit=9) == []
        save_reading(session, number, 1, make.reading("r2"), now=now)
        assert [story.id for story in stories_to_check(session, checks_version="c1", limit=9)] == ["s1"]
        assert ungrouped(session, limit=9) == []


def test_a_version_nobody_saved_cannot_be_read(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        with pytest.raises(UnknownRowError, match="version 2"):
            save_reading(session, number, 2, make.reading(), now=now)


def test_read_articles_wait_for_grouping_by_time_then_number(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        for name, hours in (("late", 2), ("early", 0), ("early-too", 0)):
            date = PublicationDate(now + timedelta(hours=hours), "page", 1.0)
            stored = save_article(session, make.article(name, published=date), now=now)
            save_reading(session, stored.number, 1, make.reading(), now=now)
        save_article(session, make.article("unread"), now=now)
        names = [item.article.url.rsplit("/", 1)[1] for item in ungrouped(session, limit=9)]
        assert names == ["early", "early-too", "late"]
        assert len(ungrouped(session, limit=2)) == 2

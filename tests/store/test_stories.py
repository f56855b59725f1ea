from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from store.articles import save_article
from store.claims import list_flags, save_flags
from store.database import Sessions
from store.errors import UnknownRowError
from store.readings import save_reading
from store.search import parse
from store.stories import (
    count_stories,
    find_story,
    list_stories,
    mark_checked,
    members_since,
    save_memberships,
    stories_between,
    stories_to_check,
    ungrouped,
)
from store.types import Membership, PublicationDate

Keep = Callable[..., list[int]]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL statements sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _at(make: Any, name: str, hours: float, **changes: Any) -> Any:
    date = PublicationDate(make.now + timedelta(hours=hours), "page", 1.0)
    return make.article(name, published=date, **changes)


def test_a_story_comes_back_with_the_first_publisher_first(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    second, first = keep_story("s1", _at(make, "b", 1), _at(make, "a", 0))
    with sessions.begin() as session:
        copy = Membership(second, "s1", first, 0.9, ("giống nhau",))
        save_memberships(session, [copy], now=now)
        story = find_story(session, "s1")
    assert story is not None
    assert [(member.item.number, member.copy_of) for member in story.members] == [(first, 0), (second, first)]
    assert story.first.article == _at(make, "a", 0)
    assert [member.item.number for member in story.originals] == [first]
    assert story.members[1].why == ("giống nhau",)


def test_a_story_nobody_made_is_not_found(sessions: Sessions) -> None:
    with sessions() as session:
        assert find_story(session, "s1") is None


def test_a_grouped_article_waits_no_longer(sessions: Sessions, make: Any, keep_story: Keep) -> None:
    keep_story("s1", make.article())
    with sessions() as session:
        assert ungrouped(session, limit=9) == []


def test_saving_the_same_memberships_twice_changes_nothing(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    membership = Membership(number, "s1", 0, 0.5, ("x",))
    with sessions.begin() as session:
        save_memberships(session, [membership, membership], now=now)
        save_memberships(session, [membership], now=now)
        save_memberships(session, [], now=now)
        assert [each for _, each in members_since(session, now)] == [membership]


def test_members_come_back_from_a_moment_on_in_order_of_time(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    keep_story("s1", _at(make, "late", 3), _at(make, "old", -3), _at(make, "now", 0))
    with sessions() as session:
        found = members_since(session, now)
    assert [item.article.url.rsplit("/", 1)[1] for item, _ in found] == ["now", "late"]
    assert {membership.story for _, membership in found} == {"s1"}


def test_a_story_is_to_be_checked_until_it_is_marked(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    keep_story("s1", make.article("a"))
    with sessions.begin() as session:
        (story,) = stories_to_check(session, checks_version="c1", limit=9)
        mark_checked(session, story.id, checks_version="c1", now=now)
        assert stories_to_check(session, checks_version="c1", limit=9) == []
    keep_story("s1", make.article("b"))
    with sessions() as session:
        (changed,) = stories_to_check(session, checks_version="c1", limit=9)
    assert len(changed.members) == 2


@pytest.mark.parametrize("checks", ["c0", "c2"])
def test_other_checks_look_at_every_story_again(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep, checks: str
) -> None:
    keep_story("s1", make.article("a"))
    keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        for story in ("s1", "s2"):
            mark_checked(session, story, checks_version="c1", now=now)
        assert len(stories_to_check(session, checks_version=checks, limit=9)) == 2
        assert len(stories_to_check(session, checks_version=checks, limit=1)) == 1


def test_a_story_nobody_made_cannot_be_marked(sessions: Sessions, now: datetime) -> None:
    with sessions() as session, pytest.raises(UnknownRowError, match="s9"):
        mark_checked(session, "s9", checks_version="c1", now=now)


def test_an_article_that_moves_changes_both_stories(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    moving, _ = keep_story("s1", make.article("a"), make.article("b"))
    keep_story("s2", make.article("c"))
    with sessions.begin() as session:
        for story in ("s1", "s2"):
            mark_checked(session, story, checks_version="c1", now=now)
        save_memberships(session, [Membership(moving, "s2", 0, 1.0, ())], now=now)
        changed = stories_to_check(session, checks_version="c1", limit=9)
    assert {story.id: len(story.members) for story in changed} == {"s1": 1, "s2": 2}


def test_a_story_that_lost_its_last_member_is_out_of_every_list(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        save_memberships(session, [Membership(number, "s2", 0, 1.0, ())], now=now)
        assert find_story(session, "s1") is None
        assert [story.id for story in stories_to_check(session, checks_version="c1", limit=9)] == ["s2"]
        assert [story.id for story in list_stories(session, parse("")).stories] == ["s2"]
        assert list_flags(session) == []


def test_the_list_is_in_order_of_the_newest_member(sessions: Sessions, make: Any, keep_story: Keep) -> None:
    keep_story("old", _at(make, "a", 0), _at(make, "b", 1))
    keep_story("new", _at(make, "c", -5), _at(make, "d", 3))
    keep_story("middle", _at(make, "e", 2))
    with sessions() as session:
        page = list_stories(session, parse(""))
    assert [story.id for story in page.stories] == ["new", "middle", "old"]
    assert page.total == 3


def test_a_corrected_date_moves_a_story_in_the_list(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", _at(make, "a", 9))
    keep_story("s2", _at(make, "b", 1))
    corrected = replace(_at(make, "a", 0), text="Sửa ngày.")
    with sessions.begin() as session:
        save_article(session, corrected, now=now)
        save_reading(session, number, 2, make.reading(), now=now)
        assert [story.id for story in list_stories(session, parse("")).stories] == ["s2", "s1"]


def test_a_page_is_a_part_of_the_list_and_says_how_long_the_list_is(
    sessions: Sessions, make: Any, keep_story: Keep
) -> None:
    for number in range(5):
        keep_story(f"s{number}", _at(make, str(number), number))
    with sessions() as session:
        page = list_stories(session, parse(""), limit=2, offset=2)
        beyond = list_stories(session, parse(""), limit=2, offset=9)
    assert [story.id for story in page.stories] == ["s2", "s1"]
    assert (page.total, beyond.stories, beyond.total) == (5, (), 5)


def test_a_story_is_listed_whole_when_one_member_matches(
    sessions: Sessions, make: Any, keep_story: Keep
) -> None:
    keep_story("s1", make.article("a", title="Lũ quét"), make.article("b", title="Tin khác"))
    keep_story("s2", make.article("c"))
    with sessions() as session:
        page = list_stories(session, parse("lũ quét"))
        assert count_stories(session, parse("lũ quét")) == page.total == 1
    assert [len(story.members) for story in page.stories] == [2]


def test_stories_between_are_those_with_a_member_first_saved_then(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        for hour in range(4):
            at = now + timedelta(hours=hour)
            number = save_article(session, make.article(str(hour)), now=at).number
            save_reading(session, number, 1, make.reading(), now=at)
            save_memberships(session, [Membership(number, f"s{hour // 3}", 0, 1.0, ())], now=at)
        save_article(session, make.article("0", text="Sửa"), now=now + timedelta(hours=2))
        first = stories_between(session, now, now + timedelta(hours=1))
        none = stories_between(session, now - timedelta(hours=9), now)
        both = stories_between(session, now + timedelta(hours=2), now + timedelta(hours=4))
    assert ([story.id for story in first], none) == (["s0"], [])
    assert {story.id for story in both} == {"s0", "s1"}


def test_a_page_of_fifty_stories_takes_few_statements(
    sessions: Sessions, engine: Engine, make: Any, now: datetime, keep_story: Keep
) -> None:
    for number in range(50):
        numbers = keep_story(f"s{number}", make.article(f"{number}-a"), make.article(f"{number}-b"))
        with sessions.begin() as session:
            save_flags(session, f"s{number}", [make.flag(numbers[0])], now=now)
    with statements(engine) as sent, sessions() as session:
        page = list_stories(session, parse("mưa topic:T03 flagged:yes"))
    assert len(page.stories) == 50
    assert all(len(story.members) == 2 and len(story.flags) == 1 for story in page.stories)
    assert len(sent) <= 6, sent


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            "SELECT number FROM snapshots WHERE extracted IS {false} ORDER BY number LIMIT 5",
            "ix_snapshots_unextracted",
        ),
        (
            "SELECT number FROM articles WHERE to_group IS {true} ORDER BY when_at, number LIMIT 5",
            "ix_articles_ungrouped",
        ),
        (
            "SELECT number FROM articles WHERE read_with > 'r1' ORDER BY read_with, number LIMIT 5",
            "ix_articles_read_with",
        ),
        (
            "SELECT id FROM stories WHERE checked_with < 'c1' ORDER BY checked_with, id LIMIT 5",
            "ix_stories_checked_with",
        ),
    ],
    ids=["unextracted", "ungrouped", "unread", "stories_to_check"],
)
def test_asking_what_is_left_is_answered_by_an_index(sessions: Sessions, statement: str, index: str) -> None:
    with sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            plan = session.execute(text(f"EXPLAIN QUERY PLAN {statement.format(true=1, false=0)}")).all()
        else:
            # the tables are empty here, and of an empty table PostgreSQL would rather read the whole
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("SET LOCAL enable_bitmapscan = off"))
            plan = session.execute(text(f"EXPLAIN {statement.format(true='TRUE', false='FALSE')}")).all()
    assert index in str(plan)

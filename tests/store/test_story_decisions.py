from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from store import audit
from store.database import Sessions
from store.errors import UnknownRowError
from store.prints import grouped_since, save_prints, texts_of
from store.stories import find_story, memberships_in, memberships_of, save_memberships
from store.story_decisions import (
    DecisionKind,
    SettledStories,
    decisions_of,
    join_stories,
    settled,
    take_out,
    undo_decision,
)
from store.types import Membership

Keep = Callable[..., list[int]]
BY = {"by": "Lan", "reason": "cùng một trận lũ"}


def story_of(sessions: Sessions, number: int) -> str:
    with sessions() as session:
        return memberships_of(session, [number])[0].story


def test_joined_stories_are_one_and_the_decision_says_who_and_why(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (first,), (second,) = keep_story("s1", make.article("a")), keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        number = join_stories(session, "s1", "s2", now=now, **BY)
    with sessions() as session:
        assert [each.article for each in memberships_in(session, "s2")] == [first, second]
        assert find_story(session, "s1") is None
        assert settled(session) == SettledStories({"s1": "s2"}, {})
        (decision,) = decisions_of(session, "s2")
        assert (decision.number, decision.kind, decision.by) == (number, DecisionKind.JOIN, "Lan")
        assert decision.articles == (first,)
        assert decisions_of(session, "s1") == (decision,)


def test_an_article_taken_out_is_a_story_of_its_own_with_what_copies_it(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    one, other, copy = keep_story("s1", make.article("a"), make.article("b"), make.article("c"))
    with sessions.begin() as session:
        save_memberships(session, [Membership(copy, "s1", other, 0.9, ())], now=now)
        take_out(session, other, now=now, **BY)
        apart = memberships_of(session, [other])[0].story
        assert {each.article for each in memberships_in(session, apart)} == {other, copy}
        assert settled(session).placed == {other: apart, copy: apart}
        assert [each.article for each in memberships_in(session, "s1")] == [one]


def test_a_copy_taken_out_is_no_copy_any_more(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    one, copy = keep_story("s1", make.article("a"), make.article("b"))
    with sessions.begin() as session:
        save_memberships(session, [Membership(copy, "s1", one, 0.9, ())], now=now)
        take_out(session, copy, now=now, **BY)
        assert memberships_of(session, [copy])[0].copy_of == 0


def test_a_decision_taken_back_restores_how_the_articles_stood(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    keep_story("s1", make.article("a"), make.article("b"))
    with sessions.begin() as session:
        before = memberships_in(session, "s1")
        number = take_out(session, before[1].article, now=now, **BY)
        undoing = undo_decision(session, number, by="Minh", reason="nhầm", now=now)
        assert memberships_in(session, "s1") == before
        assert settled(session) == SettledStories({}, {})
        undo, decision = decisions_of(session, "s1")
    assert (undo.number, undo.undoes, undo.by) == (undoing, number, "Minh")
    assert decision.undone


def test_taking_a_join_back_moves_only_what_still_stands_where_it_was_put(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    first, moved_on = keep_story("s1", make.article("a"), make.article("b"))
    (other,) = keep_story("s2", make.article("c"))
    with sessions.begin() as session:
        number = join_stories(session, "s1", "s2", now=now, **BY)
        take_out(session, moved_on, now=now, **BY)
        undo_decision(session, number, now=now, **BY)
    assert story_of(sessions, first) == "s1"
    assert story_of(sessions, other) == "s2"
    assert story_of(sessions, moved_on) not in {"s1", "s2"}


def test_every_decision_stands_in_the_audit_log(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    keep_story("s1", make.article("a"))
    keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        undo_decision(session, join_stories(session, "s1", "s2", now=now, **BY), now=now, **BY)
        acts = [entry.act for entry in audit.list_entries(session, limit=10)]
        assert audit.first_broken(session) is None
    assert sorted(acts) == ["story join", "story undo"]


@pytest.mark.parametrize(
    "case", ["itself", "no such story", "lone article", "no such article", "twice", "undo"]
)
def test_what_cannot_be_decided_is_refused_in_words(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep, case: str
) -> None:
    (lone,) = keep_story("s1", make.article("a"))
    keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        number = join_stories(session, "s1", "s2", now=now, **BY) if case in {"twice", "undo"} else 0
        undo = undo_decision(session, number, now=now, **BY) if number else 0
        refused: dict[str, Callable[[], object]] = {
            "itself": lambda: join_stories(session, "s1", "s1", now=now, **BY),
            "no such story": lambda: join_stories(session, "s1", "s9", now=now, **BY),
            "lone article": lambda: take_out(session, lone, now=now, **BY),
            "no such article": lambda: take_out(session, 99, now=now, **BY),
            "twice": lambda: undo_decision(session, number, now=now, **BY),
            "undo": lambda: undo_decision(session, undo, now=now, **BY),
        }
        with pytest.raises(UnknownRowError):
            refused[case]()


def test_prints_come_back_with_their_articles_and_only_of_the_version_asked(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    first, second = keep_story("s1", make.article("a"), make.article("b", text="", lead="Chỉ có sapo."))
    with sessions.begin() as session:
        save_prints(session, {first: b"\x00old"}, made_with="p1")
        save_prints(session, {first: b"\x00new", second: b"x"}, made_with="p2")
        found = grouped_since(session, now, made_with="p2")
        assert [(each.number, each.body, each.story) for each in found] == [
            (first, b"\x00new", "s1"),
            (second, b"x", "s1"),
        ]
        assert [each.body for each in grouped_since(session, now, made_with="p1")] == [None, None]
        assert texts_of(session, [second]) == {second: "Chỉ có sapo."}

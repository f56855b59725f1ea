"""Vectors of passages: kept once, of one model, and joined with what words find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from store.database import Sessions
from store.library.documents import Kept
from store.library.search import find_like
from store.library.vectors import (
    PassageVector,
    count_unread,
    count_vectors,
    find_unread,
    load_vectors,
    save_vectors,
)

Keep = Callable[..., Kept]


def read_all(sessions: Sessions, model: str, tongue: str = "vi", limit: int = 99) -> list[str]:
    with sessions.begin() as session:
        passages = find_unread(session, model, limit=limit)
        save_vectors(session, model, [PassageVector(id_, tongue, text.encode()) for id_, text in passages])
    return [text for _, text in passages]


def test_passages_added_last_are_read_first_and_each_once(sessions: Sessions, keep: Keep) -> None:
    keep("Một.", "Hai.")
    keep("Ba.")
    assert read_all(sessions, "m1", limit=2) == ["Ba.", "Hai."]
    with sessions() as session:
        assert (count_unread(session, "m1"), count_vectors(session, "m1")) == (1, 2)
    assert (read_all(sessions, "m1"), read_all(sessions, "m1")) == (["Một."], [])


def test_another_model_reads_anew_and_the_old_numbers_go(sessions: Sessions, keep: Keep) -> None:
    keep("Một.")
    read_all(sessions, "m1")
    assert read_all(sessions, "m2", "foreign") == ["Một."]
    with sessions() as session:
        assert count_vectors(session, "m1") == 0
        assert [one.values for one in load_vectors(session, "m2", "foreign")] == ["Một.".encode()]
        assert load_vectors(session, "m2", "vi") == []


def test_nothing_to_keep_is_no_fault(sessions: Sessions) -> None:
    with sessions.begin() as session:
        save_vectors(session, "m1", [])
        assert count_vectors(session, "m1") == 0


def ids(sessions: Sessions) -> dict[str, int]:
    with sessions() as session:
        return {text: id_ for id_, text in find_unread(session, "none", limit=99)}


def test_a_passage_near_in_meaning_stands_beside_those_that_share_words(
    sessions: Sessions, keep: Keep
) -> None:
    keep("The road cost 46 billion.", "Đường làm hết nhiều tiền.", "Trời mưa.")
    near = [ids(sessions)["Đường làm hết nhiều tiền."]]
    with sessions() as session:
        found = find_like(session, "The road cost a lot", near=near)
        assert {hit.passage.passage.text for hit in found} == {
            "The road cost 46 billion.",
            "Đường làm hết nhiều tiền.",
        }
        assert len(find_like(session, "The road cost a lot", near=near, limit=1)) == 1


def test_what_words_and_meaning_both_find_stands_first(sessions: Sessions, keep: Keep) -> None:
    keep("road road road.", "The road of Ia Grai.", "Con đường.")
    known = ids(sessions)
    with sessions() as session:
        found = find_like(session, "road", near=[known["Con đường."], known["The road of Ia Grai."]])
    assert found[0].passage.passage.text == "The road of Ia Grai."


@pytest.mark.parametrize(("day", "there"), [(date(2026, 6, 1), True), (date(2027, 6, 1), False)])
def test_a_paper_that_is_no_longer_valid_is_not_near_either(
    sessions: Sessions, keep: Keep, day: date, there: bool
) -> None:
    keep("Con đường.", valid_until=date(2026, 12, 31))
    with sessions() as session:
        assert bool(find_like(session, "road", standing_on=day, near=[1])) is there


def test_a_passage_that_is_not_there_is_passed_over(sessions: Sessions, keep: Keep) -> None:
    keep("Con đường.")
    with sessions() as session:
        assert find_like(session, "road", near=[77]) == ()

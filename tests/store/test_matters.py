from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.audit import list_entries
from store.database import Sessions
from store.errors import MatterError
from store.matters import add_act, count_open, find_matter, list_matters, open_matter
from store.types import ImpossibleValueError, Matter, MatterAct, MatterStep, Review, Verdict

HOUR = timedelta(hours=1)


@pytest.fixture
def opened(sessions: Sessions, make: Any, now: datetime, keep_story: Callable[..., list[int]]) -> int:
    (article,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        return open_matter(session, _review(article, now), story="s1", unit="so-nnmt")


def _review(article: int, now: datetime, claim: str = "k1") -> Review:
    why = "số của xã đúng hơn số của ta"
    return Review(claim, "210 hộ.", article, Verdict.TRUE_WE_CORRECT, why, "an", now, ("kho:1",))


def _find(sessions: Sessions, number: int) -> Matter:
    with sessions() as session:
        found = find_matter(session, number)
    assert found is not None
    return found


def _act(step: MatterStep, now: datetime, **more: Any) -> MatterAct:
    return MatterAct(step, "binh", now + HOUR, **{"words": "đã sửa trên cổng thông tin"} | more)


def test_a_matter_opens_with_the_verdict_its_reason_and_the_unit_proposed(
    sessions: Sessions, opened: int, now: datetime
) -> None:
    matter = _find(sessions, opened)
    assert (matter.is_open, matter.unit, matter.opened_at, matter.due_at) == (True, "so-nnmt", now, None)
    assert (matter.acts[0].by, matter.acts[0].words) == ("an", "số của xã đúng hơn số của ta")


def test_a_second_verdict_on_the_sentence_in_the_story_opens_no_second_matter(
    sessions: Sessions, opened: int, now: datetime
) -> None:
    article = _find(sessions, opened).article
    with sessions.begin() as session:
        assert open_matter(session, _review(article, now + HOUR), story="s1", unit="so-y-te") == opened
        assert count_open(session) == 1
        assert open_matter(session, _review(article, now, claim="k2"), story="s1", unit="") != opened


def test_the_newest_assignment_names_the_unit(sessions: Sessions, opened: int, now: datetime) -> None:
    with sessions.begin() as session:
        add_act(session, opened, _act(MatterStep.ASSIGNED, now, unit="ubnd-c23872"))
    assert _find(sessions, opened).unit == "ubnd-c23872"


def test_a_limit_runs_from_when_a_person_says_so(sessions: Sessions, opened: int, now: datetime) -> None:
    due = now + 24 * HOUR
    with sessions.begin() as session:
        add_act(session, opened, _act(MatterStep.LIMITED, now, limit="major-event", due_at=due))
    matter = _find(sessions, opened)
    assert matter.due_at == due
    assert matter.running is not None
    assert matter.running.limit == "major-event"


def test_a_matter_closes_with_what_was_done_and_reopens_with_a_reason(
    sessions: Sessions, opened: int, now: datetime
) -> None:
    with sessions.begin() as session:
        add_act(session, opened, _act(MatterStep.CLOSED, now))
        assert list_matters(session, is_open=True) == []
        (closed,) = list_matters(session, is_open=False)
        assert closed.acts[-1].words == "đã sửa trên cổng thông tin"
        add_act(session, opened, _act(MatterStep.REOPENED, now, words="trang cũ vẫn còn"))
    assert _find(sessions, opened).is_open


@pytest.mark.parametrize("step", [MatterStep.CLOSED, MatterStep.REOPENED])
def test_closing_and_reopening_say_what_was_done_or_why(step: MatterStep, now: datetime) -> None:
    with pytest.raises(ImpossibleValueError, match="what was done"):
        _act(step, now, words=" ")


def test_a_step_needs_a_named_person(now: datetime) -> None:
    with pytest.raises(ImpossibleValueError, match="named person"):
        MatterAct(MatterStep.ASSIGNED, " ", now)


def test_a_closed_matter_takes_no_step_but_reopening(sessions: Sessions, opened: int, now: datetime) -> None:
    with sessions.begin() as session:
        add_act(session, opened, _act(MatterStep.CLOSED, now))
        with pytest.raises(MatterError, match="is closed"):
            add_act(session, opened, _act(MatterStep.ASSIGNED, now, unit="so-y-te"))


def test_an_open_matter_is_not_reopened(sessions: Sessions, opened: int, now: datetime) -> None:
    with sessions.begin() as session, pytest.raises(MatterError, match="is open already"):
        add_act(session, opened, _act(MatterStep.REOPENED, now))


def test_a_matter_that_is_not_there_is_told(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session, pytest.raises(MatterError, match="no matter 77"):
        add_act(session, 77, _act(MatterStep.CLOSED, now))


def test_every_step_stands_in_the_audit_log(sessions: Sessions, opened: int, now: datetime) -> None:
    with sessions.begin() as session:
        add_act(session, opened, _act(MatterStep.ASSIGNED, now, unit="so-y-te"))
        add_act(session, opened, _act(MatterStep.CLOSED, now))
    with sessions() as session:
        told = [(entry.actor, entry.act, entry.subject) for entry in list_entries(session, limit=3)]
    subject = f"matter {opened}"
    assert told == [
        ("binh", "close a matter", subject),
        ("binh", "assign a matter", subject),
        ("an", "open a matter", subject),
    ]


def test_what_is_due_first_stands_first(sessions: Sessions, opened: int, now: datetime) -> None:
    article = _find(sessions, opened).article
    with sessions.begin() as session:
        later = open_matter(session, _review(article, now, claim="k2"), story="s1", unit="")
        add_act(session, later, _act(MatterStep.LIMITED, now, limit="x", due_at=now + HOUR))
        assert [m.number for m in list_matters(session, is_open=True)] == [later, opened]


def test_a_matter_is_about_a_claim_and_a_unit_and_no_person() -> None:
    assert {each.name for each in fields(Matter)} == {
        "number", "claim", "claim_text", "article", "story", "acts",
    }  # fmt: skip

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nlp.checking_run import check_changed
from nlp.checks import CHECKS_VERSION
from nlp.gathering.answers import find_answers
from store.database import Sessions
from store.published import save_published
from store.reviews import save_review
from store.stories import find_story, stories_to_check
from store.types import Evidence, Flag, PublishedReview, Review, Saved, Stance, Story, Verdict

HOUR = timedelta(hours=1)


@pytest.fixture
def judge(sessions: Sessions, day: datetime) -> Callable[..., Review]:
    """Sets a verdict on the last claim of a story."""

    def save(story: Story, verdict: Verdict = Verdict.FALSE, *, hours: int = 0) -> Review:
        item = story.members[0].item
        claim = item.reading.claims[-1]
        at = day + hours * HOUR
        review = Review(claim.key, claim.text, item.number, verdict, "vì", "an", at, ("kho:1",))
        with sessions.begin() as session:
            save_review(session, review)
        return review

    return save


@pytest.fixture
def publish(sessions: Sessions, day: datetime) -> Callable[..., None]:
    def save(claim: str, rating: str = "Sai", leaning: Verdict | None = Verdict.FALSE) -> None:
        review = PublishedReview(
            claim, rating, leaning, "Trung tâm Ví dụ", "https://kc.example/1", date(2026, 11, 9), (), "an"
        )
        with sessions.begin() as session:
            save_published(session, review, now=day)

    return save


def _answers(sessions: Sessions, story: Story) -> list[Any]:
    with sessions() as session:
        return [answer for answers in find_answers(session, story).values() for answer in answers]


def test_a_verdict_reaches_the_same_sentence_in_another_story(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    origin, story = keep("s1", told(f"Tin sáng.\n{said}")), keep("s2", told(said))
    review = judge(origin)
    (answer,) = _answers(sessions, story)
    item = origin.members[0].item
    assert (answer.is_same, answer.verdict, answer.reviews) == (True, "false", (review,))
    assert (answer.article, answer.document) == (item.number, item.article.url)
    assert item.article.text[answer.start : answer.start + len(answer.text)] == answer.text


def test_a_verdict_set_in_the_story_itself_is_no_earlier_answer(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    story = keep("s1", told(said))
    judge(story)
    assert _answers(sessions, story) == []


def test_with_another_figure_it_is_only_like_it(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    judge(keep("s1", told(said)))
    (answer,) = _answers(sessions, keep("s2", told(said.replace("300", "30"))))
    assert not answer.is_same
    assert "số liệu khác" in answer.why[0]


def test_the_newest_verdict_of_a_story_travels(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    origin, story = keep("s1", told(said)), keep("s2", told(said))
    judge(origin)
    assert [a.verdict for a in _answers(sessions, story)] == ["false"]
    judge(origin, Verdict.TRUE, hours=1)
    assert [(a.verdict, len(a.reviews)) for a in _answers(sessions, story)] == [("true", 2)]


def test_a_verdict_that_was_taken_back_does_not_travel(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    origin, story = keep("s1", told(said)), keep("s2", told(said))
    judge(origin)
    judge(origin, Verdict.NOT_ENOUGH, hours=1)
    assert _answers(sessions, story) == []


def test_a_flagged_sentence_that_reading_passed_over_is_answered_too(
    sessions: Sessions,
    keep: Callable[..., Story],
    told: Any,
    said: str,
    publish: Callable[..., None],
) -> None:
    publish(said)
    story = keep("s1", told(said))
    member = story.members[0]
    bare = replace(member, item=replace(member.item, reading=replace(member.item.reading, claims=())))
    claim = member.item.reading.claims[-1]
    against = Evidence("x", 0, 1, "kho:1", "Bảng kê", "Sở tập", None, Stance.AGAINST, "khác")
    flag = Flag("library_figures", "1", claim, member.item.number, 1, "s1", (against,), 1.0, ("khác số",))
    assert _answers(sessions, replace(story, members=(bare,))) == []
    (answer,) = _answers(
        sessions, replace(story, members=(bare,), flags=(Saved(1, member.item.article.when, flag),))
    )
    assert (answer.is_same, answer.document) == (True, "https://kc.example/1")


def test_a_published_review_is_an_earlier_answer_without_a_persons_name(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, publish: Callable[..., None]
) -> None:
    publish(said)
    (answer,) = _answers(sessions, keep("s1", told(said)))
    assert (answer.is_same, answer.verdict, answer.reason) == (True, "false", "Sai")
    assert (answer.reviewer, answer.reviews, answer.publisher) == ("", (), "Trung tâm Ví dụ")


def test_a_later_edition_of_a_published_review_stands_for_it(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, publish: Callable[..., None]
) -> None:
    story = keep("s1", told(said))
    publish(said)
    publish(said, "Chưa xác định", None)
    (answer,) = _answers(sessions, story)
    assert (answer.verdict, answer.reason) == ("", "Chưa xác định")


def test_a_day_told_by_publication_is_not_the_same_day_in_an_old_review(
    sessions: Sessions, keep: Callable[..., Story], told: Any, publish: Callable[..., None]
) -> None:
    said = "Sáng nay, mưa lớn làm sập cầu treo ở làng Kép, xã Ia Mơ, cô lập 40 hộ dân."
    publish(said)
    (answer,) = _answers(sessions, keep("s1", told(said)))
    assert not answer.is_same


def test_a_story_with_the_sentence_is_checked_again_once_it_was_answered_elsewhere(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, judge: Callable[..., Review]
) -> None:
    origin, story = keep("s1", told(said)), keep("s2", told(said))
    keep("s3", told("Sân bay Pleiku đón 500.000 lượt khách trong sáu tháng đầu năm 2026."))
    check_changed(sessions, now=origin.members[0].item.saved_at, progress=_silent)
    judge(origin)
    with sessions() as session:
        due = stories_to_check(session, checks_version=CHECKS_VERSION, limit=9)
    assert sorted(each.id for each in due) == ["s1", "s2"]
    check_changed(sessions, now=origin.members[0].item.saved_at, progress=_silent)
    with sessions() as session:
        flagged = find_story(session, story.id)
    assert flagged is not None
    assert [saved.value.check for saved in flagged.flags] == ["answered"]


def test_a_published_review_has_the_stories_with_its_sentence_checked_again(
    sessions: Sessions, keep: Callable[..., Story], told: Any, said: str, publish: Callable[..., None]
) -> None:
    story = keep("s1", told(said))
    check_changed(sessions, now=story.members[0].item.saved_at, progress=_silent)
    publish(said)
    with sessions() as session:
        due = stories_to_check(session, checks_version=CHECKS_VERSION, limit=9)
    assert [each.id for each in due] == ["s1"]


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody looks on."""

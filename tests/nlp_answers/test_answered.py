from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from nlp.checks import CHECKS
from nlp.checks.answered import find_flags
from nlp.checks.case import Case, EarlierAnswer
from store.types import Review, Stance, Story, Verdict


@pytest.fixture
def answer(said: str, day: datetime) -> EarlierAnswer:
    review = Review("k", said, 9, Verdict.FALSE, "nhật ký vận hành", "an", day, ("kho:1",))
    return EarlierAnswer(
        text=said,
        verdict="false",
        reason="nhật ký vận hành ghi đã báo trước",
        reviewer="an",
        at=day,
        document="https://khac.example/9",
        publisher="Báo Khác",
        likeness=0.95,
        reviews=(review,),
        is_same=True,
        article=9,
        version=1,
        start=12,
    )


@pytest.fixture
def case(tell: Callable[..., Story], told: Any, said: str) -> Callable[..., Case]:
    def make(*answers: EarlierAnswer) -> Case:
        story = tell(told(said), told(said, hours=2))
        key = story.members[0].item.reading.claims[0].key
        return Case(story, answers={key: answers})

    return make


def test_a_claim_found_wrong_before_is_flagged_once_with_the_sentence_that_was_judged(
    case: Callable[..., Case], answer: EarlierAnswer, said: str
) -> None:
    (flag,) = find_flags(case(answer))
    (evidence,) = flag.evidence
    assert (flag.article, flag.claim.text, flag.strength) == (1, said, 0.95)
    assert (evidence.stance, evidence.document, evidence.start) == (
        Stance.AGAINST,
        "https://khac.example/9",
        12,
    )
    assert flag.because == ("Nhận định này đã được đánh giá “Sai” ngày 15/11/2026.",)


def test_a_published_review_is_told_in_its_own_words(
    case: Callable[..., Case], answer: EarlierAnswer
) -> None:
    published = replace(answer, reviews=(), reviewer="", reason="Phần lớn sai", article=0)
    (flag,) = find_flags(case(published))
    assert "Phần lớn sai" in flag.because[0]


QUIET = {
    "only like it": {"is_same": False},
    "found right": {"verdict": "true"},
    "right, we correct ourselves": {"verdict": "true_we_correct"},
    "not enough evidence": {"verdict": "not_enough"},
    "not checkable": {"verdict": "not_checkable"},
    "published in words nobody can place": {"verdict": "", "reviews": ()},
}


@pytest.mark.parametrize("change", QUIET.values(), ids=QUIET)
def test_an_answer_that_contradicts_nothing_raises_nothing(
    case: Callable[..., Case], answer: EarlierAnswer, change: dict[str, Any]
) -> None:
    assert find_flags(case(replace(answer, **change))) == ()


def test_earlier_verdicts_that_disagree_stand_side_by_side(
    case: Callable[..., Case], answer: EarlierAnswer
) -> None:
    (flag,) = find_flags(case(answer, replace(answer, verdict="true", document="https://khac.example/8")))
    assert [e.stance for e in flag.evidence] == [Stance.AGAINST, Stance.FOR]
    assert "Các lần đánh giá trước không thống nhất với nhau." in flag.missing


def test_who_published_the_answer_changes_nothing(case: Callable[..., Case], answer: EarlierAnswer) -> None:
    here, there = (find_flags(case(replace(answer, publisher=name)))[0] for name in ("A", "B"))
    assert (here.strength, here.because, here.key) == (there.strength, there.because, there.key)


def test_the_check_stands_in_the_list() -> None:
    assert "answered" in {check.name for check in CHECKS}

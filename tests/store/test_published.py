from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from store.audit import list_entries
from store.database import Sessions
from store.published import count_published, published_after, save_published
from store.types import ImpossibleValueError, PublishedReview, Verdict

REVIEW = PublishedReview(
    claim="Hồ chứa xả lũ không báo trước cho 300 hộ dân.",
    rating="Sai",
    leaning=Verdict.FALSE,
    publisher="Trung tâm Kiểm chứng Ví dụ",
    url="https://kiemchung.example/1",
    published=date(2026, 11, 20),
    appearances=("https://bao.example/tin",),
    added_by="an",
)


def test_a_published_review_read_in_twice_is_one(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        assert save_published(session, REVIEW, now=now)
        assert not save_published(session, replace(REVIEW, added_by="binh"), now=now)
        assert count_published(session) == 1


def test_a_published_review_comes_back_as_it_was(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        save_published(session, REVIEW, now=now)
        (kept,) = published_after(session, 0)
        assert kept.value == REVIEW
        assert published_after(session, kept.number) == []


def test_a_changed_rating_is_kept_beside_the_first(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        save_published(session, REVIEW, now=now)
        assert save_published(session, replace(REVIEW, rating="Đúng", leaning=None), now=now)
        assert [kept.value.rating for kept in published_after(session, 0)] == ["Sai", "Đúng"]


def test_who_read_it_in_stands_in_the_audit_log(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        save_published(session, REVIEW, now=now)
        (entry,) = list_entries(session, limit=9)
    assert (entry.actor, entry.act, entry.subject) == ("an", "read in a review", REVIEW.url)


@pytest.mark.parametrize("missing", ["claim", "url", "added_by"])
def test_a_published_review_has_a_claim_an_address_and_who_read_it_in(missing: str) -> None:
    with pytest.raises(ImpossibleValueError):
        replace(REVIEW, **{missing: " "})


def test_a_published_review_has_no_place_for_a_persons_name() -> None:
    names = {each.name for each in fields(PublishedReview)}
    assert not names & {"author", "speaker", "reviewer", "person"}

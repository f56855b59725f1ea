from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from store.articles import save_article
from store.claims import count_flags, find_flag, iter_claims, list_flags, save_flags
from store.database import Sessions
from store.readings import save_reading
from store.reviews import save_review
from store.search import parse
from store.stories import find_story
from store.types import PublicationDate, Review, Verdict

Keep = Callable[..., list[int]]


def test_a_flag_comes_back_with_its_article_and_story(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    flag = make.flag(number)
    with sessions.begin() as session:
        assert save_flags(session, "s1", [flag], now=now) == 1
    with sessions() as session:
        (found,) = list_flags(session)
        story = find_story(session, "s1")
    assert (found.flag.value, found.flag.saved_at, found.story_id, found.reviews) == (flag, now, "s1", ())
    assert (found.item.number, found.item.article) == (number, make.article())
    assert story is not None
    assert story.flags == (found.flag,)


def test_the_same_flag_again_is_not_new(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        assert save_flags(session, "s1", [make.flag(number)], now=now) == 0
        assert count_flags(session) == 1


def test_a_flag_that_no_longer_holds_is_withdrawn_and_kept(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        (standing,) = list_flags(session)
        save_flags(session, "s1", [], now=now)
        assert (list_flags(session), count_flags(session)) == ([], 0)
        kept = find_flag(session, standing.flag.number)
        assert kept == standing
        story = find_story(session, "s1")
        assert story is not None
        assert story.flags == ()


def test_a_withdrawn_flag_that_holds_again_stands_under_its_number(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        (before,) = list_flags(session)
        save_flags(session, "s1", [], now=now)
        assert save_flags(session, "s1", [make.flag(number)], now=now + timedelta(hours=1)) == 0
        assert list_flags(session) == [before]


def test_the_flags_of_another_story_stay(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (one,) = keep_story("s1", make.article("a"))
    (other,) = keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(one)], now=now)
        save_flags(session, "s2", [make.flag(other, story="s2")], now=now)
        save_flags(session, "s1", [], now=now)
        assert [found.story_id for found in list_flags(session)] == ["s2"]


def test_a_flag_points_into_the_version_it_was_made_for(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        save_article(session, make.article(text="Sửa"), now=now)
        save_reading(session, number, 2, make.reading(claims=()), now=now)
        (found,) = list_flags(session)
        assert (found.item.version, found.item.article.text) == (1, make.article().text)
        renewed = make.flag(number, version=2, strength=0.2)
        assert save_flags(session, "s1", [renewed], now=now) == 0
        (found,) = list_flags(session)
        assert (found.item.version, found.flag.value) == (2, renewed)


def test_a_flag_on_an_article_nobody_read_is_refused(sessions: Sessions, make: Any, now: datetime) -> None:
    with pytest.raises(IntegrityError), sessions.begin() as session:
        save_flags(session, "s1", [make.flag(7)], now=now)


def test_flags_come_newest_article_first_and_page_by_page(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    articles = [
        make.article(str(hour), published=PublicationDate(now + timedelta(hours=hour), "page", 1.0))
        for hour in (1, 3, 2)
    ]
    numbers = keep_story("s1", *articles)
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number) for number in numbers], now=now)
        ordered = [found.item.number for found in list_flags(session)]
        assert ordered == [numbers[1], numbers[2], numbers[0]]
        assert [found.item.number for found in list_flags(session, limit=1, offset=1)] == [numbers[2]]


def test_a_query_picks_the_flags_of_matching_articles(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    one, other = keep_story("s1", make.article("a", title="Lũ quét"), make.article("b", title="Tin khác"))
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(one), make.flag(other)], now=now)
        query = parse("lu quet")
        assert [found.item.number for found in list_flags(session, query)] == [one]
        assert (count_flags(session, query), count_flags(session, parse(""))) == (1, 2)


def test_the_reviews_of_a_claim_stand_beside_its_flag_newest_first(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article())
    reviews = [
        Review(make.claim().key, make.claim().text, number, verdict, "đã đối chiếu", "an", now, ("kho:1",))
        for verdict in (Verdict.FALSE, Verdict.TRUE_WE_CORRECT)
    ]
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(number)], now=now)
        for review in reviews:
            save_review(session, review)
        (found,) = list_flags(session)
    assert found.reviews == tuple(reversed(reviews))


def test_every_claim_is_exported_with_its_article(sessions: Sessions, make: Any, keep_story: Keep) -> None:
    two = make.reading(claims=(make.claim("Một."), make.claim("Hai.")))
    none = make.reading(claims=())
    numbers = keep_story(
        "s1", (make.article("a"), two), (make.article("b"), none), (make.article("c"), make.reading())
    )
    with sessions() as session:
        exported = [(item.number, claim.text) for item, claim in iter_claims(session)]
    assert exported == [(numbers[0], "Một."), (numbers[0], "Hai."), (numbers[2], make.claim().text)]

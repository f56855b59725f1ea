from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.claims import count_findings, count_flags, find_flag, list_findings, list_flags, save_flags
from store.database import Sessions
from store.differences import find_differences, fold_flags
from store.reviews import save_review
from store.search import parse
from store.types import Evidence, Flag, PublicationDate, Review, Stance, Verdict

Keep = Callable[..., list[int]]
FIVE, SEVEN, NINE = "Có 5 người bị thương.", "Có 7 người bị thương.", "Có 9 người bị thương."


@pytest.fixture
def mirror(make: Any) -> Callable[..., tuple[Flag, ...]]:
    """Sentences by article number -> flags of each against all others, as the checks raise them."""

    def flags(said: dict[int, str], **changes: Any) -> tuple[Flag, ...]:
        against = {n: replace(make.evidence(), stance=Stance.AGAINST, article=n, text=said[n]) for n in said}
        return tuple(
            make.flag(
                number,
                claim=make.claim(text=text),
                evidence=tuple(against[other] for other in said if other != number),
                **changes,
            )
            for number, text in said.items()
        )

    return flags


def _keys(flags: tuple[Flag, ...]) -> set[str]:
    return set(find_differences(flags).values())


def test_both_sides_of_a_difference_share_one_key(mirror: Any) -> None:
    assert len(_keys(mirror({1: FIVE, 2: SEVEN}))) == 1


def test_the_key_is_the_same_in_whatever_order_the_sides_come(mirror: Any) -> None:
    flags = mirror({1: FIVE, 2: SEVEN, 3: NINE})
    assert len({frozenset(_keys(order)) for order in itertools.permutations(flags)}) == 1
    assert _keys(mirror({1: FIVE, 2: SEVEN})) == _keys(mirror({1: SEVEN, 2: FIVE}))


def test_another_figure_is_another_difference(mirror: Any) -> None:
    assert _keys(mirror({1: FIVE, 2: SEVEN})).isdisjoint(_keys(mirror({1: FIVE, 2: NINE})))


def test_the_key_stays_when_one_side_is_withdrawn(mirror: Any) -> None:
    flags = mirror({1: FIVE, 2: SEVEN})
    assert _keys(flags[:1]) == _keys(flags[1:]) == _keys(flags)


@pytest.mark.parametrize("changes", [{"check": "place_date"}, {"story": "s2"}], ids=["check", "story"])
def test_another_check_or_story_tells_of_another_difference(mirror: Any, changes: dict[str, str]) -> None:
    said = {1: FIVE, 2: SEVEN}
    assert _keys(mirror(said)).isdisjoint(_keys(mirror(said, **changes)))


@pytest.mark.parametrize(
    ("stance", "article"),
    [(Stance.AGAINST, 0), (Stance.AGAINST, 1), (Stance.FOR, 9), (Stance.CONTEXT, 9)],
    ids=["a document", "the article itself", "what agrees", "what is compared"],
)
def test_flags_do_not_fold_over_what_is_no_side(make: Any, stance: Stance, article: int) -> None:
    def cited(number: int) -> Evidence:
        evidence: Evidence = make.evidence()
        return replace(evidence, stance=stance, article=article and max(article, number), text=NINE)

    flags = [
        make.flag(number, claim=make.claim(text=text), evidence=(cited(number),))
        for number, text in ((1, FIVE), (2, SEVEN))
    ]
    assert len(set(find_differences(flags).values())) == 2


def test_things_that_hold_flags_fold_in_the_order_they_stand_in(mirror: Any) -> None:
    five, seven = mirror({1: FIVE, 2: SEVEN})
    (nine,) = mirror({3: NINE, 4: "Có 8 nhà tốc mái."})[:1]
    held = [("a", seven), ("b", nine), ("c", five)]
    folded = fold_flags(held, lambda one: one[1])
    assert [[name for name, _ in some] for some in folded] == [["a", "c"], ["b"]]


@pytest.fixture
def disagreeing(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep, mirror: Any
) -> tuple[list[int], tuple[Flag, ...]]:
    """Three articles; the second and third disagree, the first stands alone."""
    titles = ("Việc khác", "Lũ quét", "Mưa lớn")
    numbers = keep_story(
        "s1",
        *(
            make.article(
                str(at), title=title, published=PublicationDate(now + timedelta(hours=at), "page", 1.0)
            )
            for at, title in enumerate(titles)
        ),
    )
    alone = make.flag(numbers[0], claim=make.claim(text="Cháy 12 ha rừng."))
    flags = (alone, *mirror({numbers[1]: FIVE, numbers[2]: SEVEN}))
    with sessions.begin() as session:
        save_flags(session, "s1", flags, now=now)
    return numbers, flags


def test_a_difference_is_listed_and_counted_once_with_its_sides_in_order_of_publication(
    sessions: Sessions, disagreeing: Any
) -> None:
    numbers, _ = disagreeing
    with sessions() as session:
        found = list_findings(session)
        assert (count_findings(session), count_flags(session)) == (2, 3)
    assert [[side.item.number for side in one.sides] for one in found] == [numbers[1:], numbers[:1]]
    assert [side.finding for side in found[0].sides] == [found[0].key] * 2


def test_findings_come_page_by_page(sessions: Sessions, disagreeing: Any) -> None:
    with sessions() as session:
        pages = [list_findings(session, limit=1, offset=at) for at in range(3)]
    assert [[len(one.sides) for one in page] for page in pages] == [[2], [1], []]


@pytest.mark.parametrize("asked", ["lu quet", "mua lon"])
def test_a_query_that_finds_one_side_shows_both(sessions: Sessions, disagreeing: Any, asked: str) -> None:
    with sessions() as session:
        (found,) = list_findings(session, parse(asked))
        assert (len(found.sides), count_findings(session, parse(asked))) == (2, 1)


def test_a_side_withdrawn_leaves_the_other_standing_under_the_same_key(
    sessions: Sessions, disagreeing: Any, now: datetime
) -> None:
    _, flags = disagreeing
    with sessions.begin() as session:
        key = list_findings(session)[0].key
        withdrawn = next(f.flag.number for f in list_flags(session) if f.flag.value == flags[1])
        save_flags(session, "s1", [flags[0], flags[2]], now=now)
        found = list_findings(session)
        assert [(one.key == key, len(one.sides)) for one in found] == [(True, 1), (False, 1)]
        assert find_flag(session, withdrawn) is not None
        save_flags(session, "s1", flags, now=now)
        assert [len(one.sides) for one in list_findings(session)] == [2, 1]


def test_each_side_keeps_its_own_claim_and_reviews(
    sessions: Sessions, disagreeing: Any, now: datetime
) -> None:
    numbers, flags = disagreeing
    key = flags[1].claim.key
    with sessions.begin() as session:
        review = Review(key, flags[1].claim.text, numbers[1], Verdict.TRUE, "đã xem", "an", now, ("kho:1",))
        save_review(session, review)
        found = list_findings(session)[0]
    assert [side.flag.value.claim.key == key for side in found.sides] == [True, False]
    assert [len(side.reviews) for side in found.sides] == [1, 0]

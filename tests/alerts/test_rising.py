"""Stories that rise: by outlets, at the same age, against the others of these weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.phrases import say
from alerts.rules.finding import Window
from alerts.rules.rises import find_rises, find_rises_within
from alerts.rules.run import find_rises_of
from alerts.run import rising_at
from alerts.sections.ahead import say_rise
from alerts.volume.rising import LEAST_OTHERS, find_rising
from store.articles import save_article
from store.courses import Course, courses_since
from store.readings import save_reading
from store.search import parse
from store.stories import save_memberships
from store.types import AlertRule, Condition, Membership

NOW = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=60)
RULE = AlertRule("up", "Lan nhanh", (Condition.RISING,), ("edition:press",))


def course(story: str, *ago: float) -> Course:
    """A story whose outlets had it so many hours ago."""
    return Course(story, f"Vụ việc {story}", tuple(sorted(NOW - timedelta(hours=hours) for hours in ago)))


def usual(count: int = 40, *, wide: int = 0) -> list[Course]:
    """Other stories, ten days old and older: one outlet each, but the first `wide` with five in two hours."""
    return [
        course(f"o{n}", *([240 + n - k * 0.5 for k in range(5)] if n < wide else [240 + n]))
        for n in range(count)
    ]


def rising(*courses: Course, others: list[Course] | None = None, since: datetime = SINCE) -> list[str]:
    found = find_rising([*courses, *(usual() if others is None else others)], now=NOW, since=since)
    return [rise.story for rise in found]


@pytest.mark.parametrize(
    ("ago", "rises"),
    [
        ((9, 5, 2, 1), True),
        ((9, 5), False),
        ((100, 90, 80), False),
        ((100, 90, 3), False),
        ((100, 5, 3), True),
        ((24 * 8, 5, 3, 2), False),
    ],
    ids=["four in nine hours", "too few", "stands still", "one more", "two more", "too old"],
)
def test_a_story_rises_by_the_outlets_it_gains(ago: tuple[float, ...], rises: bool):
    assert rising(course("x", *ago)) == (["x"] if rises else [])


@pytest.mark.parametrize(("wide", "rises"), [(0, True), (2, True), (3, False)])
def test_what_one_in_twenty_of_the_others_did_is_not_rare(wide: int, rises: bool):
    assert rising(course("x", 9, 5, 2), others=usual(40, wide=wide)) == (["x"] if rises else [])


def test_with_too_few_others_nothing_is_said():
    assert rising(course("x", 9, 5, 2), others=usual(LEAST_OTHERS - 1)) == []


def test_stories_of_the_first_day_of_collecting_are_not_measured_by():
    assert rising(course("x", 9, 5, 2), since=NOW - timedelta(hours=240)) == []


def test_the_rarest_and_widest_comes_first():
    assert rising(course("x", 9, 5, 2), course("y", 9, 5, 2, 1, 1)) == ["y", "x"]


def test_a_story_younger_than_the_others_is_measured_at_its_own_age():
    slow = [course(f"s{n}", 300, *[240 - k for k in range(6)]) for n in range(40)]
    assert rising(course("x", 9, 5, 2), others=slow) == ["x"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.floats(0, 700), min_size=1, max_size=6), max_size=60))
def test_whatever_came_a_rise_is_rare_and_says_no_more_than_it_knows(ages: list[list[float]]):
    courses = [course(str(number), *ago) for number, ago in enumerate(ages)]
    for rise in find_rising(courses, now=NOW, since=SINCE):
        assert rise.others >= LEAST_OTHERS
        assert rise.as_many <= 0.05 * rise.others
        assert 3 <= rise.outlets <= 6


def test_a_rise_is_said_with_what_it_is_measured_by():
    (rise,) = find_rising([course("x", 9, 5, 2), *usual(40, wide=1)], now=NOW, since=SINCE)
    assert say(say_rise(rise), str, "en") == (
        "“Vụ việc x”: 3 independent outlets after 9 hour(s); of 40 other stories of these weeks 1 had as "
        "many at that age."
    )


def test_a_rule_that_does_not_ask_hears_nothing():
    quiet = AlertRule("new", "Mới", (Condition.NEW_STORY,), ("edition:press",))
    assert find_rises(quiet, [course("x", 9, 5, 2), *usual()], NOW, since=SINCE) == ()
    (found,) = find_rises(RULE, [course("x", 9, 5, 2), *usual()], NOW, since=SINCE)
    assert found.subject == "x"


def test_a_dry_run_tells_a_story_once_at_the_hour_when_it_first_rose():
    window = Window(NOW - timedelta(days=3), NOW)
    (found,) = find_rises_within(RULE, [course("x", 50, 45.5, 40.5, 3), *usual()], window, since=SINCE)
    assert found.at == NOW - timedelta(hours=40)
    assert dict(found.values)["outlets"] == "3"


@pytest.fixture
def keep(sessions: Any, make: Any) -> Any:
    """Put an article into the store: number, story, outlet, hours before NOW, the article it copies."""

    def save(number: int, story: str, outlet: str, ago: float, copy_of: int = 0) -> None:
        at = NOW - timedelta(hours=ago)
        item = make.read(number, outlet=outlet, at=at)
        with sessions.begin() as session:
            stored = save_article(session, item.article, now=at)
            save_reading(session, stored.number, stored.version, item.reading, now=at)
            save_memberships(session, [Membership(stored.number, story, copy_of, 1.0, ())], now=at)

    return save


def test_the_store_tells_when_each_outlet_first_had_a_story_copies_apart(sessions: Any, keep: Any):
    keep(1, "a", "ngongio", 30)
    keep(2, "a", "songba", 20)
    keep(3, "a", "songba", 10)
    keep(4, "a", "caonguyen", 5, copy_of=1)
    with sessions() as session:
        (found,) = courses_since(session, parse("relevance:about"), since=NOW - timedelta(hours=40))
        assert courses_since(session, parse("relevance:about"), since=NOW - timedelta(hours=25)) == []
        assert courses_since(session, parse("relevance:sport"), since=NOW - timedelta(hours=40)) == []
    assert found == Course("a", "Bài số 1", (NOW - timedelta(hours=30), NOW - timedelta(hours=20)))


def test_a_story_of_the_store_that_rises_is_found_for_digest_and_rule(sessions: Any, keep: Any):
    with sessions() as session:
        assert rising_at(session, parse("relevance:about"), NOW) == ()
    keep(90, "first", "ngongio", 400)
    for number in range(1, 41):
        keep(number, f"s{number}", "ngongio", 300 + number / 10)
    for number, outlet in enumerate(("ngongio", "songba", "caonguyen"), start=50):
        keep(number, "x", outlet, 60 - number)
    with sessions() as session:
        (rise,) = rising_at(session, parse("relevance:about"), NOW)
        (found,) = find_rises_of(session, RULE, Window(NOW, NOW + timedelta(seconds=1)))
    assert (rise.story, rise.outlets) == (found.subject, 3) == ("x", 3)

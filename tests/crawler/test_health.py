from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import words
from crawler.condition.health import Surroundings, daily_counts, judge, judge_sources, make_surroundings
from store.health import PageCount, Sample, SourceFacts
from store.types import (
    CalendarEntry,
    Event,
    EventKind,
    Feed,
    FeedOutcome,
    FeedState,
    Scope,
    Source,
    SourceCondition,
)

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # Sunday noon in Gia Lai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://baotap.example/rss"
SOURCE = Source(
    "bao-tap",
    "Báo Tập",
    "baotap.example",
    Scope.DOMESTIC,
    "VN",
    "vi",
    "newspaper",
    (Feed(URL),),
    priority=True,
)
FINE = FeedState(URL, "bao-tap", FeedOutcome.OK, checked_at=NOW, succeeded_at=NOW)


def every(span: timedelta, *, until: datetime = NOW, days: int = 28) -> tuple[datetime, ...]:
    """Arrivals at a steady pace."""
    count = int(days * DAY / span)
    return tuple(moment for moment in (NOW - span * n for n in range(count, -1, -1)) if moment <= until)


def samples(count: int, **changes: Any) -> tuple[Sample, ...]:
    """Articles an hour apart, of different lengths."""
    plain = Sample(NOW, 3000, 0.5, summary_only=False, language="vi")
    ago = changes.pop("ago", 0)
    made = [
        replace(plain, saved_at=NOW - HOUR * (n + ago), length=2000 + 137 * (n * 7 % 13), **changes)
        for n in range(count)
    ]
    return tuple(reversed(made))


def facts(**changes: Any) -> SourceFacts:
    plain: dict[str, Any] = {
        "arrivals": every(HOUR),
        "newest": samples(24),
        "usual": samples(48, ago=24),
        "pages_day": (PageCount(200, "", 24),),
        "pages_week": (PageCount(200, "", 170),),
        "pages": (PageCount(200, "", 660), PageCount(200, "no title found", 12)),
        "feeds": (FINE,),
    }
    return SourceFacts("bao-tap", **plain | changes)


def condition(found: SourceFacts, *, source: Source = SOURCE, now: datetime = NOW) -> tuple[str, str]:
    health = judge(source, found, Surroundings(), now=now)
    return health.condition.value, health.why


def test_a_source_that_gives_as_ever_is_in_order() -> None:
    health = judge(SOURCE, facts(), Surroundings(), now=NOW)
    assert (health.condition, health.why) == (SourceCondition.OK, "")
    assert health.expected == pytest.approx(24, abs=2)
    assert health.actual == 24
    assert (health.last_fetch, health.last_article) == (NOW, NOW)


def test_a_source_of_one_article_an_hour_is_late_after_a_day_and_says_since_when() -> None:
    last = NOW - 23 * HOUR
    health = judge(SOURCE, facts(arrivals=every(HOUR, until=last)), Surroundings(), now=NOW)
    assert health.condition is SourceCondition.LATE
    assert health.why.startswith("nothing new for 23 h; about 2")
    assert health.since == last


def test_a_source_of_two_articles_a_week_is_not_late_after_five_days() -> None:
    arrivals = every(84 * HOUR, until=NOW - 5 * DAY)
    assert condition(facts(arrivals=arrivals, newest=(), usual=()))[0] in {"ok", "new"}


def test_who_never_publishes_at_weekends_is_not_late_on_sunday() -> None:
    arrivals = tuple(
        moment
        for moment in every(HOUR / 2, days=28)
        if (moment + 7 * HOUR).weekday() < 5 and 7 <= (moment + 7 * HOUR).hour < 17
    )
    assert NOW - arrivals[-1] > 42 * HOUR
    assert condition(facts(arrivals=arrivals))[0] == "ok"


def test_silence_is_counted_to_the_last_look_not_to_now() -> None:
    feeds = (replace(FINE, checked_at=NOW - 24 * HOUR, succeeded_at=NOW - 24 * HOUR),)
    assert condition(facts(arrivals=every(HOUR, until=NOW - 25 * HOUR), feeds=feeds))[0] != "late"


def test_fewer_articles_than_usual_are_quiet_not_late() -> None:
    arrivals = (*every(HOUR / 4, until=NOW - DAY), *every(3 * HOUR, days=1))
    assert condition(facts(arrivals=arrivals)) == ("quiet", "8 articles in 24 h instead of about 90")


def test_on_holidays_less_is_expected_of_vietnamese_sources_only() -> None:
    tet = (CalendarEntry(date(2026, 11, 21), "Tết", "holiday", until=date(2026, 11, 23)),)
    silent = facts(arrivals=every(HOUR, until=NOW - 26 * HOUR))
    foreign = replace(SOURCE, country="KH")
    found = [
        judge_sources([s], {"bao-tap": silent}, tet, now=NOW)[0].condition.value for s in (SOURCE, foreign)
    ]
    assert found == ["quiet", "late"]


def test_days_on_which_we_ourselves_did_not_collect_are_no_habit() -> None:
    away = (NOW - 12 * DAY, NOW - 9 * DAY)
    arrivals = tuple(m for m in every(HOUR) if not away[0] < m < away[1])
    three = [facts(arrivals=arrivals) for _ in range(3)]
    around = make_surroundings(three, ())
    assert len(around.dark) == 2
    assert judge(SOURCE, three[0], around, now=NOW).expected == pytest.approx(24, abs=1)


def test_the_first_day_of_a_new_source_is_no_habit() -> None:
    arrivals = tuple(sorted((*every(2 * HOUR, days=12), *(NOW - 12 * DAY for _ in range(300)))))
    assert judge(SOURCE, facts(arrivals=arrivals), Surroundings(), now=NOW).expected == pytest.approx(
        12, abs=1
    )


def test_late_stays_late_when_the_habit_is_forgotten() -> None:
    told = Event("k", EventKind.SOURCE_STATE, NOW - 27 * DAY, "bao-tap", before="ok", after="late")
    feeds = (replace(FINE, new_article_at=NOW - 29 * DAY),)
    assert condition(facts(arrivals=(), newest=(), usual=(), feeds=feeds, standing=told)) == (
        "late",
        "nothing new for 29 days",
    )


BAD = replace(
    FINE, outcome=FeedOutcome.FAILED, detail="HTTP 500: the outlet's server has a fault", failures=3
)
REFUSED = replace(BAD, outcome=FeedOutcome.BLOCKED, detail="HTTP 403: the outlet refuses us")
FEEDS = {
    "three failures": ((BAD,), "failing", "no feed in use works (1): HTTP 500"),
    "two failures": ((replace(BAD, failures=2),), "ok", ""),
    "long without success": ((replace(BAD, failures=1, succeeded_at=NOW - DAY),), "failing", "HTTP 500"),
    "refused": ((REFUSED,), "blocked", "HTTP 403"),
    "some fail": ((FINE, replace(BAD, url=URL + "2")), "ok", "1 of 2 feeds do not work: HTTP 500"),
    "one refused, the other dead": ((REFUSED, replace(BAD, url=URL + "2")), "blocked", "HTTP 403"),
    "not asked": ((replace(FINE, checked_at=NOW - 40 * HOUR),), "failing", "not asked for 40 h"),
    "never asked": ((replace(FINE, checked_at=None),), "new", "never asked so far"),
    "no longer configured": ((FINE, replace(BAD, url=URL + "3")), "ok", ""),
}


@pytest.mark.parametrize(("feeds", "state", "why"), FEEDS.values(), ids=FEEDS.keys())
def test_failing_feeds_are_told_with_their_code(feeds: Sequence[FeedState], state: str, why: str) -> None:
    source = replace(SOURCE, feeds=(Feed(URL), Feed(URL + "2")))
    found = condition(facts(feeds=tuple(feeds)), source=source)
    assert found[0] == state
    assert why in found[1]
    assert why or not found[1]


def count(reason: str, number: int, *, status: int = 200) -> tuple[PageCount, ...]:
    return (PageCount(status, reason, number), PageCount(200, "", 24 - number))


NO_TEXT = "no article text found (12 characters)"
CHANGES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no text": ({"pages_day": count(NO_TEXT, 20)}, "changed", "no article in 20 of the last 24"),
    "a few pages without text": ({"pages_day": count(NO_TEXT, 3)}, "ok", ""),
    "pages refused": ({"pages_day": count("", 20, status=403)}, "blocked", "the outlet refuses 20"),
    "shorter texts": (
        {"newest": tuple(replace(s, length=s.length // 5) for s in samples(24))}, "changed", "instead of the",
    ),
    "somewhat shorter": (
        {"newest": tuple(replace(s, length=s.length * 7 // 10) for s in samples(24))}, "ok", "",
    ),
    "one text everywhere": (
        {"newest": tuple(replace(s, length=2600) for s in samples(24))}, "changed", "all 2600 characters",
    ),
    "no dates": ({"newest": samples(24, lag=None)}, "changed", "no date in 24 of the last 24"),
    "old dates": ({"newest": samples(24, lag=24.0 * 300)}, "changed", "lie 300 days back"),
    "summaries": ({"newest": samples(24, summary_only=True)}, "changed", "only the feed's summary of 24"),
    "another language": ({"newest": samples(24, language="en")}, "changed", "than ever before (en) in 24"),
    "always summaries": (
        {"newest": samples(24, summary_only=True), "usual": samples(48, ago=24, summary_only=True)}, "ok", "",
    ),
    "too little to say": ({"newest": samples(5, lag=None)}, "ok", ""),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "state", "why"), CHANGES.values(), ids=CHANGES.keys())
def test_a_redesign_that_answers_200_is_seen_in_what_comes_of_the_pages(
    changes: dict[str, Any], state: str, why: str
) -> None:
    found = condition(facts(**changes))
    assert found[0] == state, found
    assert why in found[1]


def test_what_changed_stays_so_while_the_difference_is_smaller_but_there() -> None:
    half = tuple(replace(s, lag=None if n % 4 == 0 else 0.5) for n, s in enumerate(samples(24)))
    told = Event("k", EventKind.SOURCE_STATE, NOW - 2 * DAY, "bao-tap", before="ok", after="changed")
    assert condition(facts(newest=half))[0] == "ok"
    assert condition(facts(newest=half, standing=told))[0] == "changed"


def test_every_reason_can_be_said_in_another_language() -> None:
    for changes, _, why in CHANGES.values():
        said = condition(facts(**changes))[1]
        assert not why or words.localise(said, lambda template: f"<{template}>") != said


def test_counts_of_28_local_days_end_with_today() -> None:
    counts = daily_counts(facts(arrivals=(NOW - 18 * HOUR, NOW)), now=NOW)
    assert len(counts) == 28
    assert counts[-2:] == ((date(2026, 11, 21), 1), (date(2026, 11, 22), 1))


def test_switched_off_sources_are_not_judged() -> None:
    off = [replace(SOURCE, disabled="closed"), replace(SOURCE, feeds=(Feed(URL, disabled="gone"),))]
    assert judge_sources(off, {}, (), now=NOW) == []


def test_no_score_of_articles_knows_the_health_of_sources(root: Path) -> None:
    for file in (root / "nlp").rglob("*.py"):
        names = {
            name
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom | ast.Import)
            for name in [getattr(node, "module", ""), *(alias.name for alias in node.names)]
        }
        assert not {name for name in names if name and ("health" in name.lower() or "Condition" in name)}, (
            file
        )


@pytest.mark.parametrize("rate", [12, 40, 200])
def test_a_redesign_that_breaks_every_page_is_noticed_within_a_day(rate: int) -> None:
    def state(hours: int) -> str:
        broken = round(rate * hours / 24)
        day = (PageCount(200, "", rate - broken), PageCount(200, NO_TEXT, broken))
        pages = (PageCount(200, "", rate * 28 - broken), PageCount(200, NO_TEXT, broken))
        found = facts(arrivals=every(DAY / rate, until=NOW - hours * HOUR), pages_day=day, pages=pages)
        return condition(found)[0]

    assert next(hours for hours in range(1, 48) if state(hours) == "changed") <= 12

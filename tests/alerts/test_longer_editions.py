"""The editions of a week and a month: what they cover, compare and draw, and who gets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from alerts.comparing import recount
from alerts.digest import compose
from alerts.material import Before, DayCount
from alerts.notices import material_for, say_reason
from alerts.phrases import Name
from alerts.render.document import render as render_document
from alerts.render.mail import render
from alerts.run import tell
from alerts.sections.chart import count_before, count_days, make_chart
from alerts.sections.press import MOST
from alerts.spans import Span
from store.articles import save_article
from store.notices import list_notices
from store.readings import save_reading
from store.stories import save_memberships
from store.types import Configuration, Gazetteer, Membership, Recipient, RelevanceLabel, Scope

MONDAY = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # 06:30 on Monday the 23rd in Gia Lai
WEEK = timedelta(days=7)


def week_of(make: Any, *stories: Any, **given: Any) -> Any:
    end = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    material = make.material(*stories)
    return replace(material, period_start=end - WEEK, period_end=end, span=Span.WEEK, made_at=MONDAY, **given)


def one_story(make: Any, number: int, at: datetime, **given: Any) -> Any:
    return make.story(f"s{number}", make.read(number, at=at - timedelta(hours=1), saved_at=at, **given))


def test_days_count_stories_not_copies_and_only_what_a_digest_shows(make: Any):
    at = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)  # 01:00 on the 21st in Gia Lai
    told_thrice = make.story(
        "a",
        make.read(1, saved_at=at),
        make.read(2, saved_at=at),
        make.read(3, saved_at=at + timedelta(days=1)),
        copies={2: 1},
    )
    sport = one_story(make, 4, at, label=RelevanceLabel.SPORT)
    counted = count_days([told_thrice, sport], make.office, first=date(2026, 11, 20), end=date(2026, 11, 23))
    assert counted == (
        DayCount(date(2026, 11, 20), 0, 0),
        DayCount(date(2026, 11, 21), 1, 2),
        DayCount(date(2026, 11, 22), 1, 1),
    )


def test_the_time_before_is_counted_between_its_two_ends(make: Any):
    start = make.end - WEEK
    stories = [one_story(make, n, start + timedelta(days=n)) for n in range(9)]
    before = count_before(stories, make.office, start=start, end=make.end)
    assert (before.articles, before.stories, dict(before.by_topic)) == (7, 7, {"T12": 7})


def days_from(first: date, *stories: int) -> tuple[DayCount, ...]:
    return tuple(DayCount(first + timedelta(days=n), count, 2 * count) for n, count in enumerate(stories))


def test_a_chart_has_a_bar_a_day_and_the_longest_is_whole():
    bars = make_chart(days_from(date(2026, 11, 16), 1, 0, 4), Span.WEEK)
    assert [(bar.first, bar.stories, bar.share) for bar in bars] == [
        (date(2026, 11, 16), 1, 0.25),
        (date(2026, 11, 17), 0, 0.0),
        (date(2026, 11, 18), 4, 1.0),
    ]


def test_a_months_chart_has_a_bar_a_week_cut_at_the_months_ends():
    bars = make_chart(days_from(date(2026, 10, 1), *[1] * 31), Span.MONTH)
    assert [(bar.first.day, bar.last.day, bar.stories) for bar in bars] == [
        (1, 4, 4),
        (5, 11, 7),
        (12, 18, 7),
        (19, 25, 7),
        (26, 31, 6),
    ]


def test_where_nothing_came_nothing_is_drawn():
    assert make_chart(days_from(date(2026, 11, 16), 0, 0, 0), Span.WEEK) == ()


def test_a_week_is_compared_with_the_week_before_topic_by_topic(make: Any):
    before = Before(articles=30, stories=12, by_topic={"T12": 9})
    digest = compose(week_of(make, make.flood()[0], before=before))
    assert digest.figures.mean == 30
    means = {row.name.en: row.mean for row in digest.figures.by_topic if isinstance(row.name, Name)}
    assert means["Environment, disaster, climate"] == 9
    text = render(digest, str, language="en").text
    assert "The week before: 30 article(s) in 12 story(ies)." in " ".join(text.split())


def test_a_week_before_that_was_not_collected_in_full_is_compared_with_nothing(make: Any):
    digest = compose(week_of(make, make.flood()[0]))
    text = " ".join(render(digest, str, language="en").text.split())
    assert "The week before was not collected in full: nothing to compare with." in text
    assert all(row.mean is None for row in digest.figures.by_topic)


@pytest.mark.parametrize(
    ("span", "english", "vietnamese"),
    [
        (Span.WEEK, "PRESS DIGEST WEEK 16/11 – 22/11/2026", "ĐIỂM BÁO TUẦN 16/11 – 22/11/2026"),
        (Span.MONTH, "PRESS DIGEST MONTH 11/2026", "ĐIỂM BÁO THÁNG 11/2026"),
    ],
)
def test_an_edition_is_named_after_what_it_covers(
    make: Any, words: Any, span: Span, english: str, vietnamese: str
):
    digest = compose(replace(week_of(make), span=span))
    assert english in render(digest, str, language="en").text
    assert vietnamese in render(digest, words("vi"), language="vi").text


def test_letter_twin_and_report_draw_the_same_chart(make: Any):
    days = days_from(date(2026, 11, 16), 1, 2, 4, 0, 0, 0, 3)
    digest = compose(week_of(make, days=days))
    mail = render(digest, str, language="en")
    assert "Mon 16/11         1  █████████" in mail.text
    assert mail.html.count('class="column"') == 4
    assert "width: 220px" in mail.html
    assert render_document(digest, str, language="en")[:2] == b"PK"


def test_a_topic_with_too_much_for_a_letter_says_how_much_more_there_is(make: Any):
    at = make.end - timedelta(days=2)
    stories = [one_story(make, number, at) for number in range(1, MOST[Span.WEEK] + 4)]
    digest = compose(week_of(make, *stories))
    (group,) = digest.domestic
    assert (len(group.entries), group.more) == (MOST[Span.WEEK], 3)
    assert "3 more story(ies): see the desk." in render(digest, str, language="en").text
    assert group.entries[0].lead.scope is Scope.DOMESTIC


def test_late_is_told_by_when_it_was_made_not_by_the_end_of_its_days(make: Any):
    on_time = compose(week_of(make, due=MONDAY))
    late = compose(replace(week_of(make, due=MONDAY), made_at=MONDAY + timedelta(hours=5)))
    assert (on_time.header.late_since, late.header.late_since) == (None, MONDAY)


def test_a_units_edition_is_compared_and_drawn_by_its_own_stories(make: Any):
    end = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    now, before = end - timedelta(days=2), end - timedelta(days=9)
    ours, others = {"topics": ("T12",)}, {"topics": ("T01",)}
    everything = recount(
        week_of(
            make,
            one_story(make, 1, now, **ours),
            one_story(make, 2, now, **others),
            earlier=tuple(one_story(make, n, before, **(ours if n == 3 else others)) for n in range(3, 9)),
            earlier_start=end - 2 * WEEK,
        )
    )
    unit = Recipient("so", "Sở Nông nghiệp", "so@office.example", edition="unit", unit="so-nnmt")
    own = material_for(unit, everything)
    assert (everything.before.articles, own.before.articles) == (6, 1)
    assert [sum(day.stories for day in each.days) for each in (everything, own)] == [2, 1]
    assert compose(own, edition="unit").figures.mean == 1


@pytest.fixture
def configuration(make: Any) -> Configuration:
    office = make.office
    weekly, daily = office.rules.recipients
    rules = replace(office.rules, recipients=(replace(weekly, every=("day", "week")), daily))
    return Configuration(
        sources=office.sources,
        topics=office.topics,
        gazetteer=Gazetteer(office.places, (), "1"),
        units=office.units,
        rules=rules,
        calendar=office.calendar,
    )


def keep(sessions: Any, item: Any, at: datetime) -> None:
    with sessions.begin() as session:
        stored = save_article(session, item.article, now=at)
        save_reading(session, stored.number, stored.version, item.reading, now=at)
        save_memberships(session, [Membership(stored.number, f"s{item.number}", 0, 1.0, ())], now=at)


def told(sessions: Any, configuration: Any, now: datetime, span: Span) -> int:
    return tell(sessions, configuration, now=now, translator=lambda _: str, span=span)


def test_the_weeks_edition_goes_once_to_those_who_asked_for_it(sessions: Any, configuration: Any, make: Any):
    keep(sessions, make.read(1), MONDAY - timedelta(days=3))
    counts = [told(sessions, configuration, MONDAY + timedelta(hours=n), Span.WEEK) for n in (0, 0, 30)]
    assert counts == [1, 0, 0]
    assert told(sessions, configuration, MONDAY, Span.MONTH) == 0
    with sessions() as session:
        (row,) = list_notices(session)
    assert row.notice.key == "digest-week:leaders:2026-11-23:lanh-dao"
    assert row.notice.reason == "weekly digest, edition leaders"
    assert "1 article(s), 1 story(ies)" in row.notice.subject


def test_a_weeks_edition_changes_nothing_of_what_the_next_daily_one_covers(
    sessions: Any, configuration: Any, make: Any
):
    keep(sessions, make.read(1, at=MONDAY), MONDAY + timedelta(hours=1))
    assert told(sessions, configuration, MONDAY, Span.DAY) == 2
    assert told(sessions, configuration, MONDAY + timedelta(hours=2), Span.WEEK) == 1
    assert told(sessions, configuration, MONDAY + timedelta(days=1), Span.DAY) == 2
    with sessions() as session:
        newest = list_notices(session)[0].notice
    assert "1 article(s), 1 story(ies)" in newest.subject


def test_a_week_is_compared_only_with_one_that_was_collected_from_its_first_day(
    sessions: Any, configuration: Any, make: Any
):
    keep(sessions, make.read(1), MONDAY - timedelta(days=12))
    keep(sessions, make.read(2), MONDAY - timedelta(days=2))
    told(sessions, configuration, MONDAY, Span.WEEK)
    told(sessions, configuration, MONDAY + WEEK, Span.WEEK)
    with sessions() as session:
        second, first = (" ".join(row.notice.text.split()) for row in list_notices(session))
    assert "was not collected in full" in first
    assert "The week before: 1 article(s) in 1 story(ies)." in second


def test_why_a_digest_was_written_is_said_in_words_and_other_reasons_stay_as_they_are():
    assert say_reason("weekly digest, edition leaders", str) == "Digest of the week · leaders"
    assert say_reason("theo quy tắc cảnh báo “lũ”", str) == "theo quy tắc cảnh báo “lũ”"

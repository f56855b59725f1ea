"""What makes a rule speak, when it may, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.rules.composing import Told, make_notices
from alerts.rules.finding import Window, find_in_matters, find_in_sources, find_in_story
from alerts.rules.rehearsing import rehearse
from alerts.rules.timing import fold, is_quiet, room_of
from store.types import (
    AlertRule,
    Condition,
    Event,
    EventKind,
    Glance,
    GlanceMember,
    Happening,
    Matter,
    MatterAct,
    MatterStep,
    QuietHours,
    Saved,
    Scope,
    Story,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # 10:00 in Gia Lai
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOSTILE = "<script>alert(1)</script>\r\nBcc: x@y.example \u202egnp.exe " + "dài " * 2500


def rule(*when: Condition, **more: Any) -> AlertRule:
    return AlertRule("r", "Quy tắc thử", when, more.pop("to", ("lanh-dao",)), **more)


def happening(subject: str = "s1", *, at: datetime = NOW, title: str = "Ngập", **values: str) -> Happening:
    why = "A sentence needs checking: “{sentence}”" if values else "A new story, first at {outlet}."
    told = tuple(values.items()) or (("outlet", "Báo Ngọn Gió"),)
    return Happening("r", Condition.NEW_STORY, subject, "", at, title, why, told)


def saved(*subjects: str) -> list[Saved[Happening]]:
    return [Saved(n, NOW, happening(subject)) for n, subject in enumerate(subjects)]


@pytest.fixture
def story(make: Any) -> Any:
    """One story: two outlets of the country, a copy, and one from abroad, saved an hour apart."""
    outlets = ("ngongio", "songba", "caonguyen", "courier")
    items = [
        make.read(number, outlet=outlet, title="Ngập", saved_at=NOW - timedelta(hours=5 - number))
        for number, outlet in enumerate(outlets, 1)
    ]
    return make.story("s1", *items, copies={2: 1})


def glance(story: Story) -> Glance:
    """The story as rules look at it."""
    members = tuple(
        GlanceMember(
            member.item.number,
            member.item.saved_at,
            member.item.article.outlet,
            member.item.article.outlet_name,
            member.item.article.scope is Scope.FOREIGN,
            member.copy_of,
        )
        for member in story.members
    )
    return Glance(story.id, story.first.article.title, story.first.article.url, members, story.flags)


def found(story: Story, given_rule: AlertRule, *, hours: float = 24) -> list[str]:
    window = Window(NOW - timedelta(hours=hours), NOW)
    return [one.condition.value for one in find_in_story(given_rule, glance(story), window)]


def test_a_story_is_new_once_when_its_first_article_came(story: Any) -> None:
    assert found(story, rule(Condition.NEW_STORY)) == ["new_story"]
    assert found(story, rule(Condition.NEW_STORY), hours=3.5) == []


@pytest.mark.parametrize(
    ("outlets", "hours", "speaks"), [(2, 24, True), (2, 1.5, False), (3, 1.5, True), (4, 24, False)], ids=str
)
def test_a_rule_speaks_at_the_nth_independent_outlet_and_copies_count_for_nothing(
    story: Any, outlets: int, hours: float, speaks: bool
) -> None:
    assert bool(found(story, rule(Condition.OUTLETS, outlets=outlets), hours=hours)) is speaks


def test_a_report_from_abroad_is_told_when_the_first_one_comes(story: Any) -> None:
    assert found(story, rule(Condition.FOREIGN)) == ["foreign"]
    assert found(story, rule(Condition.FOREIGN), hours=0.5) == []


def test_a_sentence_that_several_flags_stand_on_is_told_once(story: Any, make: Any) -> None:
    item = story.members[0].item
    sentence = "Câu thứ hai của bài."
    flag = make.flag(
        1, story.id, item, make.claim(item.article.text, sentence), make.evidence(item, "Câu thứ ba.")
    ).flag.value
    ages = (timedelta(hours=1), timedelta(minutes=9))
    twice = replace(story, flags=tuple(Saved(n, NOW - age, flag) for n, age in enumerate(ages, 1)))
    assert found(twice, rule(Condition.FLAGGED)) == ["flagged"]


def test_a_source_that_falls_silent_is_told_with_what_it_was() -> None:
    event = Event(
        "k", EventKind.SOURCE_STATE, NOW, "ngongio", before="ok", after="late", detail="no new article"
    )
    events = [Saved(1, NOW - timedelta(minutes=5), event)]
    (one,) = find_in_sources(rule(Condition.SOURCE), events, Window(NOW - timedelta(hours=1), NOW))
    assert (one.subject, dict(one.values)["after"]) == ("ngongio", "late")


@pytest.mark.parametrize(("hours", "told"), [(23, 1), (25, 0), (-5, 1)], ids=["near", "far", "over"])
def test_a_matter_is_told_a_day_before_its_limit_ends(hours: float, told: int) -> None:
    due = NOW + timedelta(hours=hours)
    act = MatterAct(MatterStep.LIMITED, "lan.anh", NOW - timedelta(days=1), limit="x", due_at=due)
    matter = Matter(7, "k", "Có 12 hộ.", 1, "s1", (act,))
    assert len(find_in_matters(rule(Condition.DEADLINE), [matter], NOW)) == told


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [
        ("22:00", "06:00", 23, True), ("22:00", "06:00", 5, True), ("22:00", "06:00", 6, False),
        ("22:00", "06:00", 21, False), ("12:00", "13:00", 12, True), ("12:00", "13:00", 13, False),
        ("00:00", "00:00", 9, True),
    ],
    ids=str,
)  # fmt: skip
def test_quiet_hours_are_of_the_offices_zone_and_may_go_over_midnight(
    start: str, end: str, hour: int, quiet: bool
) -> None:
    now = datetime(2026, 11, 22, hour, 0, tzinfo=ZONE).astimezone(UTC)
    assert is_quiet(QuietHours(start, end), now, ZONE) is quiet


def test_what_is_of_one_story_is_told_together() -> None:
    assert [[s.value.subject for s in group] for group in fold(saved("a", "b", "a"), room=5)] == [
        ["a", "a"],
        ["b"],
    ]


def test_more_than_there_is_room_for_comes_in_one_notice() -> None:
    groups = fold(saved("a", "b", "c", "d"), room=2)
    assert [[s.value.subject for s in group] for group in groups] == [["a"], ["b", "c", "d"]]


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.integers(0, 8))
def test_folding_loses_nothing_and_never_takes_more_room(subjects: list[str], room: int) -> None:
    waiting = saved(*subjects)
    groups = fold(waiting, room=room)
    assert len(groups) <= room
    told = sorted(s.number for group in groups for s in group)
    assert told == ([s.number for s in waiting] if room else [])


def test_an_hour_has_room_for_so_many_notices() -> None:
    assert [room_of(rule(at_most=2), told) for told in (0, 1, 2, 9)] == [2, 1, 0, 0]


def test_a_rehearsal_waits_through_quiet_hours_and_heeds_the_hourly_limit() -> None:
    night = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # 23:00 in Gia Lai
    quiet = rule(Condition.NEW_STORY, quiet=QuietHours("22:00", "06:00"), at_most=1)
    told = rehearse(quiet, [happening("a", at=night), happening("b", at=night)], until=NOW, zone=ZONE)
    assert [(one.at, len(one.happenings)) for one in told] == [(datetime(2026, 11, 21, 23, 0, tzinfo=UTC), 2)]


def told_of(make: Any, *happenings: Happening, **more: Any) -> Told:
    numbered = tuple(Saved(n, NOW, one) for n, one in enumerate(happenings, 1))
    given_rule = more.pop("rule", rule(Condition.NEW_STORY, search="topic:T12"))
    return Told(given_rule, numbered, more.pop("stories", {}), make.rules(), "https://desk.example", NOW)


def test_a_notice_says_why_it_came_and_how_to_change_it(make: Any, words: Any, story: Any) -> None:
    told = told_of(make, happening("s1"), stories={"s1": glance(story)})
    (notice,) = make_notices(told, translator=words)
    for part in (
        "Báo Ngọn Gió",
        "Quy tắc thử",
        "topic:T12",
        "alerts.yaml",
        "https://desk.example/stories/s1",
    ):
        assert part in notice.text
        assert part in notice.html
    assert notice.subject.startswith("[Cảnh báo] Quy tắc thử: Ngập")


def test_a_hostile_title_stays_on_one_line_and_is_no_markup(make: Any, words: Any) -> None:
    told = told_of(make, happening(title=HOSTILE, sentence=HOSTILE[:160]))
    (notice,) = make_notices(told, translator=words)
    assert "\n" not in notice.subject
    assert "\r" not in notice.subject
    assert len(notice.subject) <= 200
    assert "<script" not in notice.html
    assert "\u202e" not in notice.text + notice.html + notice.subject


def test_a_placeholder_in_a_quotation_is_only_text(make: Any, words: Any) -> None:
    (notice,) = make_notices(told_of(make, happening(sentence="{rule.id} {0}")), translator=words)
    assert "{rule.id} {0}" in notice.text


def test_the_same_happenings_give_the_same_keys_and_each_recipient_their_own(make: Any, words: Any) -> None:
    everybody = rule(Condition.NEW_STORY, to=("lanh-dao", "bao-chi"))
    first, again = (
        [n.key for n in make_notices(told_of(make, happening(), rule=everybody), translator=words)]
        for _ in range(2)
    )
    assert first == again
    assert len(set(first)) == 2


def test_an_edition_stands_for_everybody_who_gets_it(make: Any, words: Any) -> None:
    edition = rule(Condition.NEW_STORY, to=("edition:leaders",))
    notices = list(make_notices(told_of(make, happening(), rule=edition), translator=words))
    assert {notice.recipient for notice in notices} == {
        r.id for r in make.rules().recipients if r.edition == "leaders"
    }


def test_a_chat_gets_one_notice_however_many_recipients_there_are(make: Any, words: Any) -> None:
    chat = rule(Condition.NEW_STORY, to=("lanh-dao", "bao-chi"), channels=("nhom",))
    (notice,) = make_notices(told_of(make, happening(), rule=chat), translator=words)
    assert (notice.channel, notice.address) == ("nhom", "nhom")

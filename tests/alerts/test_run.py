"""From the store to the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.briefing import compose as compose_pack
from alerts.notices import make_key, make_message_id, make_notices, make_period, material_for
from alerts.run import find_material, find_pack_material, mean_counts, tell
from store.articles import save_article
from store.claims import save_flags
from store.notices import list_notices
from store.readings import save_reading
from store.reviews import save_review
from store.sources import save_state
from store.stories import save_memberships
from store.types import Configuration, Gazetteer, Membership, Recipient, RelevanceLabel, Verdict


@pytest.fixture
def configuration(make: Any):
    office = make.office
    return Configuration(
        sources=office.sources,
        topics=office.topics,
        gazetteer=Gazetteer(office.places, (), "1"),
        units=office.units,
        rules=office.rules,
        calendar=office.calendar,
    )


@pytest.fixture
def keep(sessions: Any, make: Any):
    """Put a story with its flags into the store; gives the numbers of its articles."""

    def save(story: Any, *flags: Any, now: Any = make.end - timedelta(hours=1)) -> Any:
        numbers = {}
        with sessions.begin() as session:
            for member in story.members:
                stored = save_article(session, member.item.article, now=now)
                numbers[member.item.number] = stored.number
                save_reading(session, stored.number, stored.version, member.item.reading, now=now)
            members = [
                Membership(numbers[m.item.number], story.id, numbers.get(m.copy_of, 0), 1.0, m.why)
                for m in story.members
            ]
            save_memberships(session, members, now=now)
            own = [replace(f.flag.value, article=numbers[f.item.number]) for f in flags]
            save_flags(session, story.id, own, now=now)
        return numbers

    return save


@pytest.fixture
def told(sessions: Any, configuration: Any, make: Any, plain: Any):
    def run(now: Any = make.end, rules: Any = None) -> Any:
        chosen = replace(configuration, rules=rules) if rules else configuration
        return tell(sessions, chosen, now=now, translator=lambda _language: plain)

    return run


def outbox_of(sessions: Any):
    with sessions() as session:
        return [row.notice for row in list_notices(session)]


@pytest.mark.parametrize(
    ("now", "day", "start"),
    [
        ("2026-11-22T06:30", "2026-11-22", "2026-11-21T06:30"),
        ("2026-11-22T06:29", "2026-11-21", "2026-11-20T06:30"),
        ("2026-11-22T14:00", "2026-11-22", "2026-11-21T06:30"),
        ("2026-11-22T00:10", "2026-11-21", "2026-11-20T06:30"),
    ],
    ids=["on time", "too early", "late", "after midnight"],
)
def test_the_edition_that_is_due_covers_the_time_since_the_one_before(
    make: Any, now: Any, day: Any, start: Any
):
    zone = make.office.zone
    moment = datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC)
    period = make_period(make.rules(), now=moment)
    assert (period.day.isoformat(), period.end) == (day, moment)
    assert period.start == datetime.fromisoformat(start).replace(tzinfo=zone)


def test_editions_that_were_missed_are_made_up_for_a_week_at_most(make: Any):
    now = make.end
    assert make_period(make.rules(), now=now, last=now - timedelta(days=3)).start == now - timedelta(days=3)
    assert make_period(make.rules(), now=now, last=now - timedelta(days=30)).start == now - timedelta(days=7)
    assert make_period(make.rules(), now=now, last=now - timedelta(hours=2)).start == now - timedelta(days=1)


def test_each_recipient_gets_the_digest_once_a_day(sessions: Any, keep: Any, told: Any, make: Any):
    flood, flag = make.flood()
    keep(flood, flag)
    assert [told(), told(), told(make.end + timedelta(hours=3))] == [2, 0, 0]
    assert {notice.key for notice in outbox_of(sessions)} == {
        "digest:leaders:2026-11-22:lanh-dao",
        "digest:leaders:2026-11-22:bao-chi",
    }
    assert told(make.end + timedelta(days=1)) == 2


def test_the_digest_in_the_outbox_says_what_the_store_holds(sessions: Any, keep: Any, told: Any, make: Any):
    flood, flag = make.flood()
    keep(flood, flag)
    told()
    notice = outbox_of(sessions)[0]
    assert notice.subject == "[Press digest] 22/11/2026: 3 article(s), 1 story(ies), 1 to be checked"
    assert "Theo UBND xã, 45 hộ dân phải di dời trong đêm." in " ".join(notice.text.split())
    assert "prefers-color-scheme" in notice.html


def test_a_day_without_anything_is_told_too_with_its_gaps(sessions: Any, told: Any, make: Any):
    with sessions.begin() as session:
        save_state(session, make.trouble("songba"))
    assert told() == 2
    assert "None in this period." in outbox_of(sessions)[0].text
    assert "Tin Sông Ba: does not answer (HTTP 404)" in outbox_of(sessions)[0].text


def test_a_message_id_depends_on_the_key_alone_and_names_the_senders_host():
    one = make_message_id("digest:leaders:2026-11-22:a", "Điểm Báo <x@office.example>")
    assert one == make_message_id("digest:leaders:2026-11-22:a", "x@office.example")
    assert one != make_message_id("digest:leaders:2026-11-23:a", "x@office.example")
    assert one.endswith("@office.example>")


def test_each_recipient_reads_the_language_of_the_configuration(make: Any, configuration: Any):
    material = make.material()
    period = make_period(make.rules(), now=make.end)
    translator = {"vi": lambda msgid: msgid.replace("Press digest", "Điểm báo"), "en": lambda msgid: msgid}
    notices = list(make_notices(material, period, now=make.end, translator=translator.__getitem__))
    assert [(n.recipient, n.subject.split("]")[0]) for n in notices] == [
        ("lanh-dao", "[Điểm báo"),
        ("bao-chi", "[Press digest"),
    ]


def test_a_unit_gets_only_what_it_is_proposed_for(make: Any):
    flood, flag = make.flood()
    festival = make.story("s2", make.read(50, topics=("T10",)))
    material = make.material(flood, festival, flags=(flag,))
    unit = Recipient("nnmt", "Sở", "nnmt@office.example", edition="unit", unit="so-nnmt")
    assert [s.id for s in material_for(unit, material).stories] == ["s1"]
    other = Recipient("nv", "Sở", "nv@office.example", edition="unit", unit="so-ngoaivu")
    assert (material_for(other, material).stories, material_for(other, material).flags) == ((), ())


def test_the_key_names_edition_day_and_recipient(make: Any):
    assert make_key(make.rules().recipients[0], make.end.date()) == "digest:leaders:2026-11-21:lanh-dao"


def test_a_verdict_of_a_person_reaches_the_material(sessions: Any, keep: Any, make: Any):
    flood, flag = make.flood()
    keep(flood, flag)
    with sessions.begin() as session:
        save_review(session, make.review(flag.flag.value.claim, Verdict.TRUE_WE_CORRECT))
        material = find_material(session, make.office, make_period(make.rules(), now=make.end))
    assert [r.verdict for f in material.flags for r in f.reviews] == [Verdict.TRUE_WE_CORRECT]


def test_a_mean_needs_a_week_of_collecting(make: Any):
    def days(count: Any) -> Any:
        return [
            make.story(f"d{i}", make.read(i, saved_at=make.start - timedelta(days=i, hours=-1)))
            for i in range(1, count + 1)
        ]

    week = {"start": make.start - timedelta(days=7), "end": make.start}
    assert mean_counts(days(3), make.office, **week) == {}
    assert mean_counts(days(7), make.office, **week) == {"T12": 1.0, "*": 1.0}


def test_a_mean_counts_only_what_a_digest_shows(make: Any):
    stories = [
        make.story(
            f"d{i}",
            make.read(i, saved_at=make.start - timedelta(days=i, hours=-1), label=RelevanceLabel.SPORT),
        )
        for i in range(1, 8)
    ]
    assert mean_counts(stories, make.office, start=make.start - timedelta(days=7), end=make.start)["*"] == 0


def test_a_pack_is_made_of_the_stories_named_in_their_order(
    sessions: Any, keep: Any, configuration: Any, make: Any
):
    flood, flag = make.flood()
    keep(flood, flag)
    keep(make.story("s2", make.read(50, topics=("T10",))))
    with sessions() as session:
        material = find_pack_material(
            session, configuration, start=make.start, end=make.end, story_ids=("s2", "s1")
        )
    pack = compose_pack(material)
    assert [told.story for told in pack.reported] == ["s2", "s1"]
    assert len(pack.claims) == 1


def test_without_names_a_pack_is_made_of_the_period(sessions: Any, keep: Any, configuration: Any, make: Any):
    flood, flag = make.flood()
    keep(flood, flag)
    with sessions() as session:
        material = find_pack_material(session, configuration, start=make.start, end=make.end)
    assert [told.story for told in compose_pack(material).reported] == ["s1"]


def test_a_story_that_is_not_there_is_named(sessions: Any, configuration: Any, make: Any):
    with sessions() as session, pytest.raises(LookupError, match="nowhere"):
        find_pack_material(session, configuration, start=make.start, end=make.end, story_ids=("nowhere",))

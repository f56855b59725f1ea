"""From the store to the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.briefing import compose as compose_pack
from alerts.comparing import has_every_day, recount
from alerts.notices import make_key, make_message_id, make_notices, make_period, material_for
from alerts.run import find_arrivals, find_material, find_pack_material, last_told, tell
from store.articles import save_article
from store.claims import save_flags
from store.events import save_event
from store.notices import claim_next, list_notices, record_failed
from store.readings import save_reading
from store.reviews import save_review
from store.sources import save_state
from store.stories import save_memberships
from store.types import Configuration, EventKind, Gazetteer, Membership, Recipient, RelevanceLabel, Verdict


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


@pytest.mark.parametrize(
    ("ago", "start"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(hours=30), timedelta(hours=30)),
        (timedelta(hours=-1), timedelta(days=1)),
    ],
    ids=["told late", "told early", "the clock was set back"],
)
def test_an_edition_begins_where_the_one_before_it_ended(make: Any, ago: Any, start: Any):
    now = make.end
    assert make_period(make.rules(), now=now, last=now - ago).start == now - start


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
    assert not has_every_day(days(3), make.office, **week)
    assert has_every_day(days(7), make.office, **week)
    known = replace(make.material(), earlier=tuple(days(7)), earlier_start=week["start"])
    assert recount(known).previous_counts == {"T12": 1.0, "*": 1.0}
    assert recount(replace(known, earlier_start=None)).previous_counts == {}


def test_a_mean_counts_only_what_a_digest_shows(make: Any):
    stories = [
        make.story(
            f"d{i}",
            make.read(i, saved_at=make.start - timedelta(days=i, hours=-1), label=RelevanceLabel.SPORT),
        )
        for i in range(1, 8)
    ]
    known = replace(make.material(), earlier=tuple(stories), earlier_start=make.start - timedelta(days=7))
    assert recount(known).previous_counts == {"*": 0}


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


@pytest.fixture
def happen(sessions: Any, make: Any):
    """Save an event of a page or a source, noticed at `saved`."""

    def save(kind: Any, *, saved: Any, **given: Any) -> None:
        with sessions.begin() as session:
            save_event(session, make.event(kind, **given), now=saved)

    return save


def section_of(notice: Any):
    return " ".join(notice.text.split("VII. ")[1].split("VIII. ")[0].split())


def test_a_page_that_went_is_told_in_one_edition_and_never_again(
    sessions: Any, keep: Any, told: Any, happen: Any, make: Any
):
    number = keep(make.story("s1", make.read(1)))[1]
    # Gone before the first edition, sure of it only after it: neither edition may lose or repeat it.
    happen(
        EventKind.REMOVED,
        article=number,
        from_version=1,
        at=make.end - timedelta(minutes=5),
        saved=make.end + timedelta(minutes=9),
    )
    for day in range(3):
        told(make.end + timedelta(days=day))
    told(make.end + timedelta(days=1, hours=2))
    first, second, third = [n for n in reversed(outbox_of(sessions)) if n.recipient == "lanh-dao"]
    assert section_of(first) == section_of(third) != section_of(second)
    assert "no longer at its address · seen 06:25 22/11; before that 05:30 22/11" in section_of(second)


@pytest.mark.parametrize("late", [timedelta(), timedelta(hours=5)], ids=["on time", "told late"])
def test_what_a_late_edition_told_the_next_does_not_tell_again(  # noqa: PLR0917 -- fixtures, given by name
    sessions: Any, keep: Any, told: Any, happen: Any, make: Any, late: Any
):
    number = keep(make.story("s1", make.read(1)))[1]
    change = {"article": number, "before": "Ngập nặng", "after": "Ngập"}
    happen(EventKind.HEADLINE_CHANGED, **change, saved=make.end + late - timedelta(minutes=1))
    told(make.end + late)
    told(make.end + timedelta(days=1))
    assert sum("Ngập nặng" in n.text for n in outbox_of(sessions) if n.recipient == "lanh-dao") == 1


def test_the_edition_before_counts_from_when_it_reached_the_first(sessions: Any, told: Any, make: Any):
    told()
    late = make.rules(recipients=(*make.rules().recipients, Recipient("moi", "Mới", "moi@office.example")))
    told(make.end + timedelta(hours=7), late)
    with sessions() as session:
        assert last_told(session, before=make.end.date() + timedelta(days=2)) == make.end
        assert last_told(session, before=make.end.date()) is None


@pytest.mark.parametrize("is_flagged", [True, False], ids=["flagged", "not flagged"])
def test_a_changed_text_reaches_the_material_of_a_flagged_article(
    sessions: Any, keep: Any, happen: Any, make: Any, is_flagged: Any
):
    flood, flag = make.flood()
    numbers = keep(flood, *([flag] if is_flagged else []))
    words = {"before": "Câu cũ.", "after": "Câu mới.", "saved": make.end - timedelta(hours=1)}
    happen(EventKind.TEXT_CHANGED, article=numbers[1], **words)
    happen(EventKind.TEXT_CHANGED, article=numbers[3], **words)
    with sessions() as session:
        material = find_material(session, make.office, make_period(make.rules(), now=make.end))
    assert [change.item.number for change in material.changes] == ([numbers[1]] if is_flagged else [])


def test_what_a_source_has_become_reaches_the_digest_and_goes_with_it(
    sessions: Any, told: Any, happen: Any, make: Any
):
    state = {"source": "songba", "article": 0}
    at = make.end - timedelta(hours=9)
    happen(EventKind.SOURCE_STATE, **state, after="late", detail="why", at=at, saved=at)
    told()
    assert "Tin Sông Ba: silent for longer than is usual for it (why)." in outbox_of(sessions)[0].text
    at = make.end + timedelta(hours=9)
    happen(EventKind.SOURCE_STATE, **state, before="late", after="ok", at=at, saved=at)
    told(make.end + timedelta(days=1))
    assert "Tin Sông Ba" not in outbox_of(sessions)[0].text


def test_new_articles_are_counted_by_source_in_the_day_and_in_the_week_before(
    sessions: Any, keep: Any, make: Any
):
    def captured(number: int, **ago: int) -> None:
        at = make.end - timedelta(**ago)
        keep(make.story(f"s{number}", make.read(number, fetched_at=at)), now=at)

    captured(1, hours=1)
    captured(2, hours=24)
    captured(3, hours=25)
    captured(4, days=9)
    with sessions() as session:
        arrivals = find_arrivals(session, end=make.end)
    assert (dict(arrivals.day), dict(arrivals.week)) == ({"ngongio": 2}, {"ngongio": 1})


def test_an_article_out_of_an_old_archive_is_no_sign_of_life(sessions: Any, keep: Any, make: Any):
    keep(make.story("s1", make.read(1, fetched_at=make.end - timedelta(days=5))))
    with sessions() as session:
        assert find_arrivals(session, end=make.end).day == {}


def test_a_pack_of_chosen_stories_tells_all_that_ever_happened_to_their_pages(
    sessions: Any, keep: Any, happen: Any, configuration: Any, make: Any
):
    flood, flag = make.flood()
    numbers = keep(flood, flag)
    other = keep(make.story("s2", make.read(50)))
    long_ago = make.end - timedelta(days=30)
    happen(EventKind.HEADLINE_CHANGED, article=numbers[1], before="A", after="B", at=long_ago, saved=long_ago)
    happen(EventKind.REMOVED, article=other[50], saved=make.end - timedelta(hours=1))
    with sessions() as session:
        given = {"start": make.start, "end": make.end}
        chosen = compose_pack(find_pack_material(session, configuration, story_ids=("s1",), **given))
        period = compose_pack(find_pack_material(session, configuration, **given))
    assert [entry.cited.number for entry in chosen.changes] == [numbers[1]]
    assert [entry.cited.number for entry in period.changes] == [other[50]]


def test_a_letter_that_was_given_up_stands_in_the_next_digest_by_name_but_not_in_a_units(
    sessions: Any, told: Any, make: Any
):
    unit = Recipient("so", "Sở Nông nghiệp", "so@office.example", edition="unit", unit="so-nnmt")
    rules = replace(make.rules(), recipients=(*make.rules().recipients, unit))
    told(make.end, rules)
    with sessions.begin() as session:
        taken = claim_next(session, channel="mail", worker="w", now=make.end)
        later = make.end + timedelta(hours=1)
        record_failed(session, taken.number, permanent=True, detail="550 no such box", now=later)
    told(make.end + timedelta(days=1), rules)
    letters = [" ".join(notice.text.split()) for notice in outbox_of(sessions) if "23/11" in notice.subject]
    named = [text for text in letters if "Lãnh đạo Văn phòng (mail)" in text]
    assert len(letters) == 3
    assert len(named) == 2
    assert all("550 no such box" in text for text in named)
    assert not any(taken.value.address in text for text in letters)

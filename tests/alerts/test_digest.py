"""What a digest says, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.digest import compose
from alerts.phrases import say
from alerts.volume.ahead import Outlook
from store.types import (
    FeedOutcome,
    ImpossibleValueError,
    RelevanceLabel,
    Scope,
    Stance,
    Verdict,
)


def words(phrases: Any):
    return [say(phrase, str, "en") for phrase in phrases]


def entries(groups: Any):
    return [entry for group in groups for entry in group.entries]


def test_an_empty_day_has_every_section_and_nothing_in_it(make: Any):
    digest = compose(make.material())
    lists = (
        digest.highlights,
        digest.matters,
        digest.claims,
        digest.domestic,
        digest.foreign,
        digest.corrections,
        digest.changes,
    )
    assert all(
        part == () for part in (*lists, digest.follow_up, digest.figures.gaps.unread, digest.figures.gaps.odd)
    )
    assert (digest.figures.articles, digest.figures.stories) == (0, 0)


def test_a_period_without_length_cannot_be(make: Any):
    with pytest.raises(ImpossibleValueError):
        replace(make.material(), period_end=make.start)


def test_the_header_leaves_the_number_to_people_and_names_period_and_zone(make: Any):
    header = compose(make.material()).header
    assert (header.period_start, header.period_end) == (make.start, make.end)
    assert (header.day.isoformat(), header.timezone) == ("2026-11-22", "Asia/Ho_Chi_Minh")


def test_a_flagged_story_comes_first_and_says_why(make: Any):
    flood, flag = make.flood()
    quiet = make.story("s2", make.read(20, topics=("T10",)))
    first = compose(make.material(quiet, flood, flags=(flag,))).highlights[0]
    assert first.lead.headline == "Cầu Ia Rin bị cuốn trôi"
    assert words(first.reasons) == [
        "1 claim(s) to be checked",
        "topic to read: Environment, disaster, climate",
    ]


def test_highlights_are_never_more_than_five(make: Any):
    stories = [
        make.story(
            f"s{i}",
            *(make.read(10 * i + j, outlet=o) for j, o in enumerate(("ngongio", "songba", "courier"))),
        )
        for i in range(9)
    ]
    assert len(compose(make.material(*stories)).highlights) == 5


def test_highlights_are_filled_up_to_three_where_no_rule_chose_them(make: Any):
    stories = [make.story(f"s{i}", make.read(i, topics=("T10",))) for i in range(1, 6)]
    highlights = compose(make.material(*stories)).highlights
    assert len(highlights) == 3
    assert words(highlights[0].reasons) == ["most widely told of the rest"]


def in_another_country(item: Any):
    """The same article by an outlet of another name, in the other scope."""
    article = item.article
    scope = Scope.FOREIGN if article.scope is Scope.DOMESTIC else Scope.DOMESTIC
    return replace(item, article=replace(article, outlet=f"x-{article.outlet}", outlet_name="Y", scope=scope))


def test_swapping_the_outlets_names_and_scopes_changes_no_order(make: Any):
    flood, flag = make.flood()
    other = make.story("s2", make.read(20, topics=("T01",)), make.read(21, outlet="songba", topics=("T01",)))
    swapped = [
        replace(story, members=tuple(replace(m, item=in_another_country(m.item)) for m in story.members))
        for story in (flood, other)
    ]
    before = compose(make.material(flood, other, flags=(flag,)))
    after = compose(make.material(*swapped, flags=(replace(flag, item=in_another_country(flag.item)),)))
    assert [h.lead.number for h in before.highlights] == [h.lead.number for h in after.highlights]
    assert [m.lead.number for m in before.matters] == [m.lead.number for m in after.matters]


def test_copies_are_folded_under_the_first_publisher(make: Any):
    flood, _ = make.flood()
    (entry,) = entries(compose(make.material(flood)).domestic)
    assert entry.lead.outlet == "Báo Ngọn Gió"
    assert entry.copies == ("Đài Cao Nguyên",)
    assert [c.outlet for c in entry.others] == ["Tin Sông Ba"]


def test_articles_and_stories_are_counted_apart(make: Any):
    flood, _ = make.flood()
    figures = compose(make.material(flood, make.story("s2", make.read(9)))).figures
    assert (figures.articles, figures.stories, figures.copies) == (4, 2, 1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"label": RelevanceLabel.SPORT}, "sport"),
        ({"label": RelevanceLabel.COMPANY}, "a company of the same name"),
        ({"label": RelevanceLabel.MENTION}, "name the province in passing"),
        ({"label": RelevanceLabel.NONE}, "not about the province"),
        ({"topics": ("T00",)}, "about the province, hidden topics only"),
    ],
    ids=["sport", "company", "mention", "none", "hidden topic"],
)
def test_what_is_not_about_the_province_is_hidden_and_counted(make: Any, given: Any, why: Any):
    digest = compose(make.material(make.story("s1", make.read(1, **given))))
    assert entries(digest.domestic) == []
    assert digest.highlights == ()
    (count,) = digest.figures.hidden
    assert (say(count.name, str), count.articles) == (why, 1)


def test_a_hidden_topic_beside_another_one_is_shown(make: Any):
    digest = compose(make.material(make.story("s1", make.read(1, topics=("T00", "T12")))))
    assert [g.topic.en for g in digest.domestic] == ["Environment, disaster, climate"]


def test_an_article_without_a_topic_stands_under_other_subjects(make: Any):
    digest = compose(make.material(make.story("s1", make.read(1, topics=()))))
    assert [g.topic.en for g in digest.domestic] == ["Other subjects"]


def test_domestic_and_foreign_press_each_tell_their_part_of_one_story(make: Any):
    story = make.story("s1", make.read(1), make.read(2, outlet="courier", language="en"))
    digest = compose(make.material(story))
    assert [e.lead.number for e in entries(digest.domestic)] == [1]
    assert [e.lead.number for e in entries(digest.foreign)] == [2]


def test_an_article_of_an_earlier_day_is_not_told_again_but_its_story_is_continued(make: Any):
    old = make.read(1, saved_at=make.start - timedelta(hours=3), at=make.start - timedelta(hours=4))
    digest = compose(make.material(make.story("s1", old, make.read(2, outlet="songba"))))
    (entry,) = entries(digest.domestic)
    assert (entry.lead.number, entry.is_continued, entry.others) == (2, True, ())
    assert digest.figures.articles == 1


def test_the_unit_is_proposed_by_topic_and_by_place_with_reasons(make: Any):
    flood, flag = make.flood()
    (matter,) = compose(make.material(flood, flags=(flag,))).matters
    assert [unit.name for unit in matter.units] == ["Sở Nông nghiệp và Môi trường", "UBND xã Ia Dom"]
    assert words(unit.why for unit in matter.units) == [
        "by topic: Environment, disaster, climate",
        "by place: Ia Dom",
    ]


def test_a_place_of_an_old_unit_leads_to_the_office_of_its_successor(make: Any):
    story = make.story("s1", make.read(1, topics=("T01",), places=("o23872",)))
    (entry,) = entries(compose(make.material(story)).domestic)
    assert "UBND xã Ia Dom" in [unit.name for unit in entry.units]


def test_the_place_that_most_articles_tell_is_proposed_before_one_told_in_passing(make: Any):
    units = (
        replace(make.office.units[2], id="quy-nhon", name="UBND phường", places=("c21583",)),
        *make.office.units,
    )
    told = [("c21583", "c23872"), ("c23872",)]
    reports = [make.read(n, topics=(), places=places) for n, places in enumerate(told, 1)]
    story = make.story("s1", *reports)
    (entry,) = entries(compose(make.material(story, office=replace(make.office, units=units))).domestic)
    assert [unit.name for unit in entry.units] == ["UBND xã Ia Dom", "UBND phường"]


def test_the_name_of_the_province_itself_proposes_no_office(make: Any):
    units = (*make.office.units, replace(make.office.units[2], id="vp", name="Văn phòng", places=("p52",)))
    office = replace(make.office, units=units)
    story = make.story("s1", make.read(1, topics=(), places=("p52",)))
    (entry,) = entries(compose(make.material(story, office=office)).domestic)
    assert entry.units == ()


def test_a_deadline_has_no_due_date_only_the_act_that_starts_it(make: Any):
    flood, flag = make.flood()
    clocks = compose(make.material(flood, flags=(flag,))).clocks
    assert [(c.amount, c.unit) for c in clocks] == [(24, "hours"), (15, "working_days")]
    assert clocks[0].starts == "người có thẩm quyền ghi nhận đã tiếp nhận, xử lý sự việc"
    assert "244/2026" in clocks[0].legal_basis


def test_a_claim_shows_its_exact_sentence_its_way_and_both_sides(make: Any):
    flood, flag = make.flood()
    (card,) = compose(make.material(flood, flags=(flag,))).claims
    (side,) = card.sides
    item = flood.members[0].item
    claim = flag.flag.value.claim
    assert side.text == item.article.text[claim.start : claim.end]
    assert [c.outlet for c in side.spread] == ["Báo Ngọn Gió", "Đài Cao Nguyên"]
    assert (side.copies, side.evidence_for, side.decisions) == (1, (), ())
    assert [e.text for e in card.evidence_against] == ["Có 60 hộ dân phải di dời trong đêm."]
    assert card.missing == ("số liệu chính thức",)


def test_evidence_for_and_context_stand_on_their_own_sides(make: Any):
    flood, flag = make.flood()
    other = flood.members[2].item
    value = flag.flag.value
    supporting = make.evidence(other, "Mưa lớn làm sập cầu Ia Rin.", Stance.FOR)
    context = make.evidence(other, "Học sinh nghỉ học một ngày.", Stance.CONTEXT)
    both = make.flag(1, "s1", flag.item, value.claim, *value.evidence, supporting, context)
    (card,) = compose(make.material(flood, flags=(both,))).claims
    assert [e.text for e in card.sides[0].evidence_for] == ["Mưa lớn làm sập cầu Ia Rin."]
    assert [e.text for e in card.context] == ["Học sinh nghỉ học một ngày."]


def test_a_claim_of_an_article_that_is_not_shown_is_not_shown(make: Any):
    item = make.read(1, label=RelevanceLabel.SPORT, text=make.bridge)
    claim = make.claim(make.bridge, "Lũ đã rút.")
    flag = make.flag(1, "s1", item, claim, make.evidence(item, "Lũ đã rút."))
    assert compose(make.material(make.story("s1", item), flags=(flag,))).claims == ()


def test_an_open_claim_of_an_earlier_day_is_followed_up(make: Any):
    flood, flag = make.flood()
    earlier = replace(flag, flag=replace(flag.flag, saved_at=make.start - timedelta(days=2)))
    digest = compose(make.material(flood, flags=(earlier,)))
    assert digest.claims == ()
    assert len(digest.follow_up) == 1


@pytest.mark.parametrize(
    ("verdict", "is_followed"),
    [
        (Verdict.NOT_ENOUGH, True),
        (Verdict.TRUE_WE_CORRECT, True),
        (Verdict.TRUE, False),
        (Verdict.FALSE, False),
        (Verdict.PARTLY, False),
        (Verdict.NOT_CHECKABLE, False),
    ],
    ids=str,
)
def test_a_decided_claim_is_followed_up_only_while_something_is_left_to_do(
    make: Any, verdict: Any, is_followed: Any
):
    flood, flag = make.flood()
    review = make.review(flag.flag.value.claim, verdict)
    earlier = replace(
        flag, flag=replace(flag.flag, saved_at=make.start - timedelta(days=2)), reviews=(review,)
    )
    assert bool(compose(make.material(flood, flags=(earlier,))).follow_up) is is_followed


def test_what_the_press_had_right_and_we_must_correct_comes_before_everything(make: Any):
    flood, flag = make.flood()
    item = make.read(30, text=make.bridge_other, topics=("T10",), outlet="songba")
    claim = make.claim(make.bridge_other, "Học sinh nghỉ học một ngày.")
    right = make.flag(
        2,
        "s2",
        item,
        claim,
        make.evidence(item, claim.text),
        reviews=(make.review(claim, Verdict.TRUE_WE_CORRECT),),
    )
    digest = compose(make.material(flood, make.story("s2", item), flags=(flag, right)))
    assert digest.highlights[0].lead.number == 30
    assert say(digest.matters[0].state, str) == "A person found it right: the unit in charge corrects"


def test_a_correction_that_the_press_printed_has_its_own_section(make: Any):
    item = make.read(1, title="Đính chính thông tin về diện tích rừng", topics=("T15",))
    (correction,) = compose(make.material(make.story("s1", item))).corrections
    assert (correction.cue, correction.cited.number) == ("đính chính", 1)


def test_a_loaded_word_alone_is_no_correction(make: Any):
    item = make.read(1, title="Bác bỏ luận điệu xuyên tạc", topics=("T15",))
    assert compose(make.material(make.story("s1", item))).corrections == ()


def test_figures_stand_beside_the_mean_only_where_it_is_known(make: Any):
    story = make.story("s1", make.read(1, topics=("T12", "T10")))
    figures = compose(make.material(story, previous_counts={"T12": 4.0, "T01": 2.0, "*": 9.5})).figures
    means = {count.name.en: (count.articles, count.mean) for count in figures.by_topic}
    assert means == {
        "Border, territory, border gates": (0, 2.0),
        "Culture, tourism, heritage": (1, None),
        "Environment, disaster, climate": (1, 4.0),
    }
    assert figures.mean == 9.5


def test_places_are_counted_with_their_unit_word_and_the_province_is_no_place(make: Any):
    story = make.story("s1", make.read(1, places=("c23872", "p52")), make.read(2, places=("c23872",)))
    (count,) = compose(make.material(story)).figures.by_place
    assert (count.name.vi, count.articles, count.stories) == ("xã Ia Dom", 2, 1)


def test_a_source_that_could_not_be_read_is_a_named_gap(make: Any):
    troubles = (make.trouble("songba"), make.trouble("courier", FeedOutcome.BLOCKED, detail="HTTP 403"))
    gaps = compose(make.material(troubles=troubles)).figures.gaps.unread
    assert [(g.outlet, say(g.what, str), g.detail) for g in gaps] == [
        ("Highland Courier", "refuses to be read by programs; recorded, not evaded", "HTTP 403"),
        ("Tin Sông Ba", "does not answer", "HTTP 404"),
    ]


def test_several_dead_addresses_of_one_source_are_one_gap(make: Any):
    troubles = (make.trouble("songba", url="https://songba.example/1"), make.trouble("songba"))
    (gap,) = compose(make.material(troubles=troubles)).figures.gaps.unread
    assert gap.feeds == 2


def test_sources_of_the_catalogue_that_nobody_reads_are_counted(make: Any):
    assert compose(make.material()).figures.gaps.off == 1


def test_the_calendar_is_looked_at_one_week_ahead(make: Any):
    assert [name for _, name in compose(make.material()).coming] == ["Ngày hội văn hóa các dân tộc"]


def test_a_by_line_never_reaches_a_digest(make: Any):
    digest = compose(make.material(make.story("s1", make.read(1, byline="Nguyễn Thử Nghiệm"))))
    assert "Thử Nghiệm" not in repr(digest)


def test_old_news_that_comes_late_is_counted_and_not_shown(make: Any):
    late = make.story("s1", make.read(1, at=make.start - timedelta(days=5)))
    digest = compose(make.material(late, make.story("s2", make.read(2))))
    assert [entry.lead.number for entry in entries(digest.domestic)] == [2]
    assert "published before this period, collected only now" in words(c.name for c in digest.figures.hidden)


@pytest.mark.parametrize(
    ("late", "says_so"), [(timedelta(minutes=14), False), (timedelta(hours=5), True)], ids=str
)
def test_a_digest_that_comes_long_after_its_time_says_when_it_was_due(
    make: Any, late: timedelta, says_so: bool
):
    material = replace(make.material(), due=make.end - late)
    assert (compose(material).header.late_since == make.end - late) is says_so


def test_a_digest_that_was_asked_for_by_hand_is_never_late(make: Any):
    assert compose(make.material()).header.late_since is None


def test_what_is_expected_is_said_with_its_interval_and_how_it_fared(make: Any):
    outlook = Outlook("T12", make.end.date(), 7, 5, 8.0, 12, 2.0, 3.5, held=5, trials=6)
    (phrase,) = compose(replace(make.material(), outlooks=(outlook,))).outlooks
    assert say(phrase, str, "en") == (
        "Environment, disaster, climate: 5 to 12 stories in the next 7 days "
        "(four times in five; set back 6 times, the interval held 5)"
    )

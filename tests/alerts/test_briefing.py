"""What stands in a briefing pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.briefing import MOST_STORIES, PackMaterial, compose
from alerts.phrases import say
from alerts.sections.quantities import compare_figures
from alerts.sections.questions import QuestionHint, Tier
from store.types import Evidence, ImpossibleValueError, RelevanceLabel, Stance, Verdict


@pytest.fixture
def material(make: Any):
    flood, flag = make.flood()
    return PackMaterial((flood,), (flag,), make.office, make.start, make.end)


def asked(pack: Any):
    return [(q.tier, say(q.words, str)) for q in pack.questions]


def test_it_says_who_was_first_and_how_far_it_spread(material: Any):
    (told,) = compose(material).reported
    assert (told.first.outlet, told.outlets, told.articles, told.copies) == ("Báo Ngọn Gió", 2, 3, 1)
    assert [(s.cited.outlet, s.copied_from) for s in told.timeline] == [
        ("Báo Ngọn Gió", ""),
        ("Đài Cao Nguyên", "Báo Ngọn Gió"),
        ("Tin Sông Ba", ""),
    ]


def test_figures_of_two_outlets_stand_side_by_side_and_the_dispute_is_marked(material: Any):
    (row,) = compose(material).figures
    assert [(c.cited.outlet, c.figure) for c in row.cells] == [
        ("Báo Ngọn Gió", "45 hộ dân"),
        ("Tin Sông Ba", "60 hộ dân"),
    ]
    assert row.is_disputed


@pytest.mark.parametrize(
    ("mine", "theirs", "is_disputed"),
    [
        (("exact", 45, 45), ("exact", 60, 60), True),
        (("exact", 45, 45), ("exact", 45, 45), False),
        (("exact", 45, 60), ("exact", 50, 50), False),
        (("at_least", 300, 300), ("exact", 350, 350), False),
        (("at_least", 300, 300), ("at_most", 350, 350), False),
        (("at_least", 300, 300), ("exact", 250, 250), True),
        (("at_most", 40, 40), ("exact", 60, 60), True),
        (("about", 50, 50), ("exact", 52, 52), False),
        (("about", 50, 50), ("exact", 60, 60), True),
    ],
    ids=[
        "differ", "same", "range", "more than", "between", "fewer than more than", "more than at most",
        "about", "not about",
    ],
)  # fmt: skip
def test_figures_dispute_only_where_both_cannot_hold(make: Any, mine: Any, theirs: Any, is_disputed: Any):
    items = []
    for number, (outlet, (certainty, low, high)) in enumerate(
        (("ngongio", mine), ("songba", theirs)), start=1
    ):
        text = f"Có {low} hộ dân di dời."
        quantity = replace(make.quantity(text, f"{low} hộ dân", low), low=low, high=high, certainty=certainty)
        items.append(make.read(number, text=text, outlet=outlet, claims=(make.claim(text, text, quantity),)))
    (row,) = compare_figures(make.story("s1", *items))
    assert row.is_disputed is is_disputed


def test_a_copy_adds_no_figure(make: Any):
    flood, _ = make.flood()
    only_copies = replace(flood, members=flood.members[:2])
    assert compare_figures(only_copies) == ()


def test_quantities_of_different_things_are_not_compared(make: Any):
    text = "Có 45 hộ dân và 60 con bò."
    households = make.claim(text, text, make.quantity(text, "45 hộ dân", 45))
    cows = make.claim(text, text, make.quantity(text, "60 con bò", 60, "head", "con bo"))
    story = make.story(
        "s1",
        make.read(1, text=text, claims=(households,)),
        make.read(2, text=text, claims=(cows,), outlet="songba"),
    )
    assert compare_figures(story) == ()


def test_a_question_comes_from_a_flag_and_is_tied_to_its_sentence_and_unit(material: Any):
    (question,) = compose(material).questions
    assert question.sentence == "Theo UBND xã, 45 hộ dân phải di dời trong đêm."
    assert question.cited.number == 1
    assert say(question.words, str) == "Sources give different accounts. Which is right, and on what grounds?"
    assert [unit.name for unit in question.units] == ["Sở Nông nghiệp và Môi trường", "UBND xã Ia Dom"]


def test_both_sides_of_one_difference_are_one_question(make: Any, material: Any):
    (flag,) = material.flags
    other = replace(flag, flag=replace(flag.flag, number=flag.flag.number + 1))
    assert len(compose(replace(material, flags=(flag, other))).questions) == 1


def test_a_widely_told_dispute_is_a_certain_question(make: Any, material: Any):
    flood = material.stories[0]
    third = make.story("x", make.read(7, outlet="courier", language="en")).members
    pack = compose(replace(material, stories=(replace(flood, members=flood.members + third),)))
    assert [q.tier for q in pack.questions] == [Tier.CERTAIN]


def test_a_dispute_without_what_would_decide_it_is_a_hard_question(material: Any):
    assert [q.tier for q in compose(material).questions] == [Tier.HARD]


def test_what_we_must_correct_is_a_certain_question_and_has_its_own_part(make: Any, material: Any):
    flag = material.flags[0]
    review = make.review(flag.flag.value.claim, Verdict.TRUE_WE_CORRECT)
    pack = compose(replace(material, flags=(replace(flag, reviews=(review,)),)))
    assert asked(pack) == [
        (Tier.CERTAIN, "The press was right here. What does the office correct, and by when?"),
    ]
    assert [card.sides[0].text for card in pack.corrections] == [
        "Theo UBND xã, 45 hộ dân phải di dời trong đêm."
    ]


def test_a_claim_that_is_decided_is_shown_and_asks_nothing(make: Any, material: Any):
    flag = material.flags[0]
    review = make.review(flag.flag.value.claim, Verdict.FALSE)
    pack = compose(replace(material, flags=(replace(flag, reviews=(review,)),)))
    assert pack.questions == ()
    assert pack.claims[0].sides[0].decisions[0].verdict is Verdict.FALSE


def test_a_story_on_a_topic_to_read_asks_what_is_done(make: Any):
    story = make.story("s1", make.read(1, topics=("T01",)), make.read(2, outlet="songba", topics=("T01",)))
    pack = compose(PackMaterial((story,), (), make.office, make.start, make.end))
    assert asked(pack) == [(Tier.LIKELY, "What is being done about this, by whom, until when?")]


def test_the_offices_own_question_is_asked_of_stories_on_its_topic(make: Any):
    story = make.story("s1", make.read(1, topics=("T10",)))
    hints = (QuestionHint("T10", "Ai tổ chức?"), QuestionHint("T01", "Không hỏi"))
    pack = compose(PackMaterial((story,), (), make.office, make.start, make.end, hints=hints))
    assert asked(pack) == [(Tier.LIKELY, "Ai tổ chức?")]


def test_every_article_and_document_that_is_cited_stands_in_the_annex_once(make: Any, material: Any):
    flag = material.flags[0]
    value = flag.flag.value
    report = Evidence(
        "Có 58 hộ.", 0, 9, "lib-12", "Báo cáo nhanh", "Ban chỉ huy", make.start, Stance.CONTEXT, "cùng ngày"
    )
    cited = make.flag(1, "s1", flag.item, value.claim, *value.evidence, report)
    annex = compose(replace(material, flags=(cited,))).annex
    assert [(s.reference, s.number) for s in annex.sources] == [(1, 1), (2, 2), (3, 3), (4, 0)]
    assert annex.reference(0, "lib-12") == 4
    assert annex.reference(3, "https://songba.example/bai-3.html") == 3
    assert annex.reference(99, "nowhere") == 0


def test_every_quotation_has_its_source_in_the_annex(material: Any):
    pack = compose(material)
    for card in pack.claims:
        supporting = (piece for side in card.sides for piece in side.evidence_for)
        for piece in (*supporting, *card.evidence_against, *card.context):
            assert pack.annex.reference(piece.number, piece.url) > 0
        for side in card.sides:
            assert pack.annex.reference(side.cited.number, side.cited.url) > 0


def test_without_a_choice_the_weightiest_stories_come_first_and_the_rest_is_counted(make: Any):
    flood, flag = make.flood()
    stories = [make.story(f"q{i}", make.read(100 + i, topics=("T10",))) for i in range(20)]
    sport = make.story("sport", make.read(300, label=RelevanceLabel.SPORT))
    pack = compose(PackMaterial((*stories, flood, sport), (flag,), make.office, make.start, make.end))
    assert pack.reported[0].story == "s1"
    assert (len(pack.reported), pack.left_out) == (MOST_STORIES, 21 - MOST_STORIES)


def test_chosen_stories_are_all_there_in_their_order(make: Any):
    stories = tuple(make.story(f"s{i}", make.read(i, label=RelevanceLabel.SPORT)) for i in range(1, 20))
    pack = compose(PackMaterial(stories, (), make.office, make.start, make.end, is_chosen=True))
    assert [told.story for told in pack.reported] == [story.id for story in stories]
    assert pack.left_out == 0


def test_a_flag_of_a_story_that_is_not_in_the_pack_stays_out(make: Any, material: Any):
    other = make.story("s2", make.read(50))
    assert compose(replace(material, stories=(other,), is_chosen=True)).claims == ()


def test_a_pack_needs_a_period(material: Any):
    with pytest.raises(ImpossibleValueError):
        replace(material, period_end=material.period_start - timedelta(hours=1))

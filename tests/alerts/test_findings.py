"""Two outlets disagree and both are flagged: people are told once, with both sides and none of them wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from docx import Document

from alerts.briefing import PackMaterial
from alerts.briefing import compose as compose_pack
from alerts.digest import compose
from alerts.material import OpenFlag
from alerts.render import pack
from alerts.render.mail import render
from alerts.rules.finding import Window, find_in_story
from alerts.sections.claims import count_open, count_to_correct
from store.types import AlertRule, Condition, Glance, GlanceMember, Story, Verdict

MINE, THEIRS = "Theo UBND xã, 45 hộ dân phải di dời trong đêm.", "Có 60 hộ dân phải di dời trong đêm."


@pytest.fixture
def told(make: Any) -> tuple[Story, tuple[OpenFlag, ...]]:
    """The flood, and a flag on either side of the figures that differ."""
    flood, flag = make.flood()
    item = flood.members[2].item
    claim = make.claim(make.bridge_other, THEIRS)
    against = make.evidence(flag.item, MINE)
    return flood, (flag, make.flag(2, flood.id, item, claim, against, because=("60 khác 45",)))


def _earlier(make: Any, flag: OpenFlag) -> OpenFlag:
    return replace(flag, flag=replace(flag.flag, saved_at=make.start - timedelta(days=2)))


def _judged(make: Any, flag: OpenFlag, verdict: Verdict) -> OpenFlag:
    return replace(flag, reviews=(make.review(flag.flag.value.claim, verdict, "đã xem biên bản"),))


def test_both_sides_of_a_difference_are_one_card(make: Any, told: Any) -> None:
    flood, flags = told
    (card,) = compose(make.material(flood, flags=flags)).claims
    assert [side.text for side in card.sides] == [MINE, THEIRS]
    assert card.evidence_against == ()
    assert [[c.outlet for c in side.spread] for side in card.sides] == [
        ["Báo Ngọn Gió", "Đài Cao Nguyên"],
        ["Tin Sông Ba"],
    ]


def test_the_order_in_which_flags_were_saved_changes_no_card(make: Any, told: Any) -> None:
    flood, flags = told
    one, other = (compose(make.material(flood, flags=some)).claims for some in (flags, flags[::-1]))
    assert one == other


def test_a_difference_is_counted_once_in_matters_press_and_subject(make: Any, told: Any, plain: Any) -> None:
    flood, flags = told
    digest = compose(make.material(flood, flags=flags))
    entries = [e for group in (*digest.domestic, *digest.foreign) for e in group.entries]
    assert {entry.flags for entry in entries} == {1}
    assert "1 to be checked" in render(digest, plain).subject


def test_a_difference_with_a_new_side_stands_under_the_new_ones_alone(make: Any, told: Any) -> None:
    flood, (one, other) = told
    digest = compose(make.material(flood, flags=(_earlier(make, one), other)))
    assert ([len(card.sides) for card in digest.claims], digest.follow_up) == ([2], ())


@pytest.mark.parametrize(
    ("verdicts", "is_followed"),
    [((), True), ((Verdict.TRUE,), True), ((Verdict.TRUE, Verdict.FALSE), False)],
    ids=["nobody judged", "one side judged", "both judged"],
)
def test_a_difference_is_open_as_long_as_one_side_is(
    make: Any, told: Any, verdicts: Any, is_followed: bool
) -> None:
    flood, flags = told
    judged = [_judged(make, flag, verdict) for flag, verdict in zip(flags, verdicts, strict=False)]
    some = [_earlier(make, flag) for flag in (*judged, *flags[len(judged) :])]
    assert bool(compose(make.material(flood, flags=tuple(some))).follow_up) is is_followed
    assert count_open(some) == int(is_followed)


def test_one_side_in_which_the_press_was_right_brings_the_whole_difference_to_the_corrections(
    make: Any, told: Any
) -> None:
    flood, (one, other) = told
    flags = (_judged(make, one, Verdict.TRUE_WE_CORRECT), other)
    made = compose_pack(PackMaterial((flood,), flags, make.office, make.start, make.end))
    assert [[side.text for side in card.sides] for card in made.corrections] == [[MINE, THEIRS]]
    assert count_to_correct(flags) == 1


def test_a_side_that_was_withdrawn_leaves_the_other_with_its_evidence(make: Any, told: Any) -> None:
    flood, (_, other) = told
    (card,) = compose(make.material(flood, flags=(other,))).claims
    assert [side.text for side in card.sides] == [THEIRS]
    assert [piece.text for piece in card.evidence_against] == [MINE]


def test_the_letter_and_the_pack_show_each_side_once_with_its_own_verdict(
    make: Any, told: Any, plain: Any
) -> None:
    flood, (one, other) = told
    flags = (one, _judged(make, other, Verdict.FALSE))
    mail = render(compose(make.material(flood, flags=flags)), plain)
    made = pack.render(compose_pack(PackMaterial((flood,), flags, make.office, make.start, make.end)), plain)
    tables = [
        "\n".join(cell.text for row in table.rows for cell in row.cells)
        for table in Document(io.BytesIO(made)).tables
    ]
    (sides,) = (words for words in tables if "No verdict yet" in words)
    letter = mail.text.split("III. ")[1].split("IV. ")[0]
    page = mail.html.split('class="claim"')[1].split("</table>")[0]
    for paper in (letter, page, sides):
        assert (paper.count(MINE), paper.count(THEIRS)) == (1, 1)
        assert (paper.count("No verdict yet"), paper.count("đã xem biên bản")) == (1, 1)
    assert "no side counts as right" in mail.html


def test_an_alert_tells_a_difference_once_with_both_sides(make: Any, told: Any) -> None:
    flood, flags = told
    members = tuple(
        GlanceMember(m.item.number, m.item.saved_at, m.item.article.outlet, "", False, m.copy_of)
        for m in flood.members
    )
    glance = Glance(flood.id, "Cầu trôi", "", members, tuple(flag.flag for flag in flags))
    window = Window(make.start, make.end)
    rule = AlertRule("r", "Một quy tắc", (Condition.FLAGGED,), recipients=("phong",))
    (found,) = find_in_story(rule, glance, window, ())
    assert dict(found.values) == {"sentence": MINE, "other": THEIRS}
    assert found.detail == flags[0].flag.value.claim.key

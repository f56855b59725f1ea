from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest

from nlp.corroboration import Carrier, Carrying, Corroboration, corroborate
from nlp.corroboration import tell as tell_spread
from nlp.origins import find_origin, origin_key
from store.types import Claim, Evidence, Flag, Saved, Stance, Story

OWN = "Ngày 5/11, ở xã Ia Dom có 300 hộ dân không được báo trước khi hồ chứa xả lũ."


def english(text: str) -> str:
    return text


@pytest.fixture
def spread(tell: Callable[..., Story]) -> Callable[..., Corroboration]:
    """A story's corroboration of its first article's last sentence."""
    make_story = tell

    def make(*told: Any) -> Corroboration:
        story = make_story(*told)
        return corroborate(story, story.members[0].item.reading.claims[-1])

    return make


def _how(found: Corroboration) -> list[Carrying]:
    return [carrier.how for carrier in found.carriers]


def test_two_outlets_in_their_own_words_are_two_voices(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said), told(OWN, hours=1))
    assert (found.independent, _how(found)) == (2, [Carrying.OWN, Carrying.OWN])


def test_a_copy_adds_no_voice(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said), told(said, hours=1, copy_of=1))
    assert (found.independent, found.publishers, _how(found)[1]) == (1, 2, Carrying.COPY)


def test_the_same_sentence_in_another_article_adds_no_voice(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said), told(f"Tin chiều.\n{said}", hours=1))
    assert (found.independent, _how(found)[1], found.carriers[1].origin) == (
        1,
        Carrying.SAME_WORDS,
        "Báo bao-1",
    )


def test_two_articles_of_one_outlet_are_one_voice(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said, outlet="a"), told(OWN, outlet="a", hours=1))
    assert (found.independent, found.publishers, len(found.carriers)) == (1, 1, 2)


def test_three_outlets_that_name_one_agency_are_one_voice(spread: Any, told: Any, said: str) -> None:
    found = spread(
        told(f"(TTXVN) Tin nhanh.\n{said}"),
        told(f"Theo TTXVN, h{said[1:]}", hours=1),
        told(f"{OWN}\nNguồn: Thông tấn xã Việt Nam", hours=2),
    )
    assert (found.independent, found.publishers) == (1, 3)
    assert set(_how(found)) == {Carrying.CITES}


def test_the_agencys_own_article_is_the_voice_of_those_that_name_it(
    spread: Any, told: Any, said: str
) -> None:
    for order in ((0, 1), (1, 0)):
        found = spread(told(said, hours=order[0], name="TTXVN"), told(f"Theo TTXVN, {OWN}", hours=order[1]))
        assert found.independent == 1


def test_they_stand_in_order_of_time_whatever_the_order_of_the_story(
    spread: Any, told: Any, said: str
) -> None:
    found = spread(told(said, hours=5), told(OWN, hours=1))
    assert [carrier.article for carrier in found.carriers] == [2, 1]


def test_an_article_without_the_claim_is_no_carrier(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said), told("Giá cà phê ở Chư Prông tăng 3.000 đồng trong ngày 5/11.", hours=1))
    assert [carrier.article for carrier in found.carriers] == [1]


def test_figures_that_changed_on_the_way_are_told_once_each(spread: Any, told: Any, said: str) -> None:
    more = said.replace("300", "500")
    found = spread(told(said), told(more, hours=1), told(more, hours=2), told(said, hours=3))
    (change,) = found.changes
    assert (change.article, change.before, change.after) == (2, "300 hộ dân", "500 hộ dân")


def test_a_rounded_figure_is_no_change(spread: Any, told: Any, said: str) -> None:
    found = spread(told(said.replace("300", "1240")), told(said.replace("300", "hơn 1,2 nghìn"), hours=1))
    assert len(found.carriers) == 2
    assert found.changes == ()


def test_a_sentence_that_a_check_set_beside_it_carries_the_claim_too(
    tell: Callable[..., Story], told: Any, said: str, day: datetime
) -> None:
    far = "Trận xả đập bất ngờ cuốn trôi tài sản của 280 gia đình."
    story = tell(told(said), told(far, hours=1))
    claim, other = (m.item.reading.claims[0] for m in story.members)
    evidence = Evidence(other.text, 0, len(far), "https://x.example", "", "", None, Stance.AGAINST, "", 2, 1)
    flag = Flag("figures", "1", claim, 1, 1, "s1", (evidence,), 0.5, ())
    assert len(corroborate(story, claim).carriers) == 1
    flagged = replace(story, flags=(Saved(1, day, flag),))
    assert [c.article for c in corroborate(flagged, claim).carriers] == [1, 2]


def test_outlets_that_all_name_one_speaker_say_so(spread: Any, told: Any, said: str) -> None:
    found = spread(told(f"Theo UBND xã, h{said[1:]}"), told(f"Theo UBND xã, {OWN}", hours=1))
    assert found.said_by == ("Theo UBND xã",)
    assert any("Theo UBND xã" in line for line in tell_spread(found, english))


def test_names_and_addresses_of_outlets_change_no_count(
    tell: Callable[..., Story], told: Any, said: str
) -> None:
    def count(names: tuple[str, str]) -> int:
        story = tell(
            told(said, outlet=names[0], name=names[0]), told(OWN, outlet=names[1], name=names[1], hours=1)
        )
        return corroborate(story, story.members[0].item.reading.claims[0]).independent

    assert count(("bao-a", "bao-b")) == count(("foreign-z", "dai-y")) == 2


def test_nothing_in_it_is_a_score_of_a_source() -> None:
    names = {each.name for kind in (Carrier, Corroboration) for each in fields(kind)}
    assert not {name for name in names if "score" in name or "trust" in name or "rank" in name}


LINES = {
    "one alone": ((0,), "One publisher carries it, nobody else."),
    "two": ((0, 1), "2 independent publishers carry it, of 2 in all."),
    "a copy": ((0, 0), "2 publishers carry it, and all have it from one."),
}


@pytest.mark.parametrize(("which", "line"), LINES.values(), ids=LINES)
def test_it_is_told_in_sentences(spread: Any, told: Any, said: str, which: Any, line: str) -> None:
    found = spread(*(told((said, OWN)[n], hours=hour) for hour, n in enumerate(which)))
    lines = tell_spread(found, english)
    assert lines[0] == line
    assert lines[1] == "First: Báo bao-1, 08:00 15/11/2026."
    assert lines[-1] == "This counts who publishes; it does not say whether the claim is true."


def test_a_claim_that_no_article_has_any_more_is_told(tell: Callable[..., Story], told: Any) -> None:
    gone = Claim("Câu này đã bị xóa khỏi bài từ chiều ngày 5/11.", 0, 45, 0.5, ())
    found = corroborate(tell(told("Tin khác hẳn về lễ hội ở 3 làng.")), gone)
    assert tell_spread(found, english) == ("No article of the story carries this sentence any more.",)


ORIGINS = {
    "an agency": ("Theo TTXVN, có 12 nhà bị tốc mái.", "TTXVN"),
    "a paper": ("Theo báo Ngọn Gió, có 12 nhà bị tốc mái.", "báo Ngọn Gió"),
    "words of a paper": ("Dẫn lời ông, dẫn tin từ Đài Cao Nguyên, có 12 nhà.", "Đài Cao Nguyên"),
    "English": ("According to Reuters, 12 houses lost their roofs.", "Reuters"),
    "an agency that said": ("Twelve houses lost their roofs, AFP reported.", "AFP"),
    "signed": ("Mười hai nhà bị tốc mái. (TTXVN)", "TTXVN"),
    "an office is no publisher": ("Theo UBND xã Ia Dom, có 12 nhà bị tốc mái.", ""),
    "a report is no paper": ("Theo báo cáo của UBND tỉnh, có 12 nhà bị tốc mái.", ""),
    "nobody": ("Có 12 nhà bị tốc mái.", ""),
    "a word that begins like one": ("APEC said 12 houses lost their roofs.", ""),
}


@pytest.mark.parametrize(("text", "origin"), ORIGINS.values(), ids=ORIGINS)
def test_whose_report_it_is_stands_in_the_words(text: str, origin: str) -> None:
    assert find_origin(text, text) == origin


def test_one_agency_under_two_names_is_one() -> None:
    assert origin_key("Vietnam News Agency") == origin_key("TTXVN") == origin_key("Thông tấn xã Việt Nam")


def test_a_flagged_sentence_that_was_not_worth_checking_is_carried_by_whom_its_text_holds_it(
    tell: Callable[..., Story], told: Any, said: str
) -> None:
    story = tell(told(said), told(said, hours=1, copy_of=1), told("Tin khác hẳn ở Chư Prông.", hours=2))
    claim = story.members[0].item.reading.claims[-1]
    unread = [
        replace(member, item=replace(member.item, reading=replace(member.item.reading, claims=())))
        for member in story.members
    ]
    found = corroborate(replace(story, members=tuple(unread)), claim)
    assert [(carrier.article, carrier.text) for carrier in found.carriers] == [
        (1, claim.text),
        (2, claim.text),
    ]
    assert (found.independent, found.publishers) == (1, 2)

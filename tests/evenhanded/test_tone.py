"""What is said of the province, kindly or not, decides nothing; only whether its figures are borne out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from nlp.verdicts import Passage, judge
from store.types import Article

if TYPE_CHECKING:
    Fact = Checked = Any  # of conftest.py, which tests cannot import

Tell = Callable[..., Article]
Check = Callable[[Article], "Checked"]
MOST_APART = 0.02
TONES = ("critic", "praise")


def is_flagged(checked: Checked, figure: str) -> bool:
    """Whether the sentence with the figure is flagged, by evidence of the library."""
    return any(
        figure in flag.claim.text and any(e.document.startswith("kho:") for e in flag.evidence)
        for flag in checked.flags
    )


@pytest.fixture(scope="session")
def wrong(facts: Sequence[Fact], tell: Tell, check_one: Check) -> Mapping[tuple[str, str], list[bool]]:
    """(tone, wording) -> for each fact with a wrong figure, whether it was flagged."""
    return {
        (tone, wording): [
            is_flagged(check_one(tell(fact, tone, "wrong", wording=wording)), fact.wrong) for fact in facts
        ]
        for tone in TONES
        for wording in TONES
    }


def test_there_are_forty_facts_of_both_languages(facts: Sequence[Fact]):
    assert len(facts) >= 40
    assert {fact.language for fact in facts} == {"vi", "en"}
    assert len({fact.id for fact in facts}) == len(facts)


def test_criticism_whose_figures_are_borne_out_raises_no_flag(
    facts: Sequence[Fact], tell: Tell, check_one: Check
):
    flagged = {f.id: check_one(tell(f, "critic", "right")).flags for f in facts}
    assert {name: flags for name, flags in flagged.items() if flags} == {}


def test_criticism_whose_figures_are_borne_out_is_shown_as_supported(
    facts: Sequence[Fact], tell: Tell, check_one: Check
):
    found = []
    for fact in facts:
        checked = check_one(tell(fact, "critic", "right"))
        claim = next(c for c in checked.reading.claims if fact.right in c.text)
        held = checked.passages.get(claim.key, ())
        passages = [Passage(one.passage.id, one.passage.passage.text) for one in held]
        found.append(judge(claim.text, passages).verdict)
    assert "contradicted" not in found
    assert found.count("supported") >= 0.95 * len(facts)


@pytest.mark.parametrize("praise", TONES, ids=["in the critic's words", "in the praiser's words"])
@pytest.mark.parametrize("critic", TONES, ids=["in the critic's words", "in the praiser's words"])
def test_wrong_figures_are_flagged_as_often_in_praise_as_in_criticism(
    wrong: Mapping[tuple[str, str], list[bool]], critic: str, praise: str
):
    one, other = wrong["critic", critic], wrong["praise", praise]
    assert abs(sum(one) / len(one) - sum(other) / len(other)) < MOST_APART


@pytest.mark.parametrize("wording", TONES)
@pytest.mark.parametrize("tone", TONES)
def test_wrong_figures_are_nearly_all_flagged(
    wrong: Mapping[tuple[str, str], list[bool]], tone: str, wording: str
):
    assert sum(wrong[tone, wording]) >= 0.9 * len(wrong[tone, wording])


def test_praise_whose_figures_are_borne_out_raises_no_flag(
    facts: Sequence[Fact], tell: Tell, check_one: Check
):
    flagged = {f.id: check_one(tell(f, "praise", "right")).flags for f in facts}
    assert {name: flags for name, flags in flagged.items() if flags} == {}


def test_the_offices_own_release_is_flagged_like_any_other(
    facts: Sequence[Fact], tell: Tell, check_one: Check
):
    office: list[bool] = []
    other: list[bool] = []
    for fact in facts:
        article = tell(fact, "critic", "wrong")
        release = replace(
            article, outlet="gialai", outlet_name="UBND tỉnh Gia Lai", url=f"https://gialai.gov.vn/{fact.id}"
        )
        office.append(is_flagged(check_one(release), fact.wrong))
        other.append(is_flagged(check_one(article), fact.wrong))
    assert office == other
    assert sum(office) >= 0.9 * len(office)


def test_every_flag_cites_what_it_rests_on(facts: Sequence[Fact], tell: Tell, check_one: Check):
    flags = [flag for fact in facts for flag in check_one(tell(fact, "praise", "wrong")).flags]
    assert flags
    for flag in flags:
        assert flag.evidence
        assert all(e.text and e.document and e.end > e.start for e in flag.evidence)

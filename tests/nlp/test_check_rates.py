"""How far each check is to be trusted, as it was measured: counted by rule, committed for every check."""

from __future__ import annotations

from collections import Counter

import pytest

from nlp.check_rates import Rate, load_rates
from nlp.checks import CHECKS
from nlp.measure_checks import rate_checks
from nlp.planted import Planted, Planting
from nlp.planted_measure import Findings, Trial
from nlp.planted_pages_measure import Tried
from store.types import Claim, Evidence, Flag, Stance


def trial(part: str, kind: Planted, *flagged: str, found: bool = True) -> Trial:
    return Trial("a", part, Planting(kind, "Có 5 nhà.", 3, "7", "5", "Có 7 nhà."), found, flagged)


def flag(check: str) -> Flag:
    claim = Claim("Có 5 nhà.", 0, 9, 0.9, ())
    evidence = Evidence("Có 7 nhà.", 0, 9, "kho:1", "", "", None, Stance.AGAINST, "")
    return Flag(check, "1", claim, 1, 1, "s", (evidence,), 0.8, ("5, 7",))


def test_a_check_is_rated_by_what_it_is_asked_to_find_and_by_all_that_it_raises() -> None:
    trials = [
        trial("document", Planted.FIGURE, "library_figures"),
        trial("document", Planted.DATE, "library_figures", found=False),  # with the wrong evidence
        trial("story", Planted.FIGURE, "figures_reprinted"),
        trial("story", Planted.PLACE),
    ]
    found = Findings(trials, [("a", "story", flag("library_figures"))] * 3, Counter(story=8, document=2))
    rates = rate_checks(found, {"library_figures": "4", "figures_reprinted": "1", "headline": "2"})
    assert rates["library_figures"] == Rate("4", 2, 1, 3, 10)
    assert rates["figures_reprinted"] == Rate("1", 1, 1, 0, 10)
    assert rates["headline"] == Rate("2", 0, 0, 0, 10)


def test_pages_made_wrong_for_a_check_count_for_it_alone() -> None:
    pages = [
        Tried("headline", "a", found=True),
        Tried("headline", "b", found=False),
        Tried("edited", "a", True),
    ]
    rates = rate_checks(Findings([], [], Counter(story=4)), {"headline": "3", "imitated": "1"}, pages)
    assert rates == {"headline": Rate("3", 2, 1, 0, 4), "imitated": Rate("1", 0, 0, 0, 4)}


@pytest.mark.parametrize(
    ("tried", "found", "raised", "precision"),
    [(4, 3, 1, 0.75), (4, 3, 0, 1.0), (4, 0, 2, None), (0, 0, 2, None)],
    ids=["some wrong", "none wrong", "found nothing", "asked for nothing"],
)
def test_precision_is_of_what_was_flagged(
    tried: int, found: int, raised: int, precision: float | None
) -> None:
    assert Rate("1", tried, found, raised, 100).precision == precision


def test_every_check_has_its_measured_rate() -> None:
    assert set(load_rates()) == {check.name for check in CHECKS}
    assert all(rate.found <= rate.tried and rate.articles > 100 for rate in load_rates().values())

"""How far a check is to be trusted and what to do with its flag, in sentences of both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.words import translator
from desk.next_steps import FIRST, tell_next, tell_rate
from nlp.check_rates import Rate
from nlp.checks import CHECKS
from store.types import Claim, Evidence, Flag, Review, Stance, Verdict

SAID = "Có 5 nhà bị sập."


def flag(check: str = "library_figures", document: str = "kho:1", version: str = "4") -> Flag:
    evidence = Evidence("Có 7 nhà bị sập.", 0, 16, document, "", "", None, Stance.AGAINST, "")
    return Flag(check, version, Claim(SAID, 0, 16, 0.9, ()), 1, 1, "s", (evidence,), 0.8, ("5, 7",))


def review(verdict: Verdict) -> Review:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Review(flag().claim.key, SAID, 1, verdict, "Đã đối chiếu.", "Lan", at, ("kho:1",))


def test_a_measured_check_tells_what_it_found_and_what_it_raised_for_nothing() -> None:
    told = list(tell_rate(flag(), {"library_figures": Rate("4", 200, 180, 20, 900)}, str))
    assert told == [
        "In a trial with planted errors, 90 of 100 of its flags stood on one; it found 180 of 200.",
        "On 900 articles left as they were it raised 20 flags; some may be true differences.",
    ]


@pytest.mark.parametrize(
    ("rates", "version", "said"),
    [
        ({}, "4", "has not been measured"),
        ({"library_figures": Rate("4", 0, 0, 2, 900)}, "4", "no share of right flags"),
        ({"library_figures": Rate("4", 9, 9, 0, 900)}, "4", "left as they were it raised no flag."),
        ({"library_figures": Rate("3", 9, 9, 2, 900)}, "4", "another version of the check (3)"),
    ],
    ids=["never measured", "never asked for", "never wrong", "measured before"],
)
def test_what_is_not_known_of_a_check_is_said(rates: dict[str, Rate], version: str, said: str) -> None:
    assert said in " ".join(tell_rate(flag(version=version), rates, str))


def test_every_check_has_a_first_step_of_its_own_words_in_vietnamese() -> None:
    t = translator("vi")
    assert set(FIRST) == {check.name for check in CHECKS}
    assert all(t(words) != words for words in FIRST.values())


def test_without_a_document_it_is_said_how_to_add_one() -> None:
    beside_press = " ".join(tell_next(flag(document="https://bao.example/1"), (), str))
    beside_library = " ".join(tell_next(flag(), (), str))
    assert "diembao evidence add" in beside_press
    assert "diembao evidence add" not in beside_library
    assert "we must correct ourselves" in beside_library


@pytest.mark.parametrize("verdict", Verdict)
def test_after_a_verdict_nobody_is_sent_to_judge_again(verdict: Verdict) -> None:
    told = list(tell_next(flag(), (review(verdict),), str))
    assert told[0].startswith("Lan has judged.")
    assert (len(told) == 2) is (verdict is Verdict.TRUE_WE_CORRECT)


def test_a_withdrawn_flag_asks_for_nothing() -> None:
    assert list(tell_next(flag(), (), str, is_withdrawn=True)) == [
        "Nothing has to be done: the flag was withdrawn."
    ]

"""Why a sentence is worth checking, and what the library lets one propose, as `diembao explain` says it."""

from __future__ import annotations

import re

import pytest

from config.words import translator
from desk.explaining import tell_proposal
from desk.worthiness import FEATURES, tell_worthiness
from nlp.checkability import SentenceKind, checkability
from nlp.claim_model import load_model
from nlp.proposals import WORDS_ONLY, Proposal
from store.types import Claim, Evidence, Stance

SENTENCE = "Có 45 hộ dân ở xã Ia Rsai phải di dời trong đêm 18/11."


def claim(*why: str) -> Claim:
    return Claim(SENTENCE, 0, len(SENTENCE), 0.87, why)


def test_features_and_words_are_told_apart_by_what_they_speak_for() -> None:
    lines = list(tell_worthiness(claim("figure +0.52", "“dời” +0.20", "hedge -0.31"), language="vi", t=str))
    assert lines[0].startswith("Score 0.87 from 0 to 1. Nêu sự việc có thể kiểm chứng")
    assert lines[1] == "For it: it gives a figure with its unit; “dời”."
    assert lines[2] == "Against it: it is told with reserve."


def test_with_nothing_against_it_nothing_is_said_against_it() -> None:
    assert len(list(tell_worthiness(claim("act +1.00"), language="vi", t=str))) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_feature_of_the_models_has_its_words(language: str) -> None:
    assert set(load_model(language).weights) == set(FEATURES)


def test_no_feature_is_called_by_its_name_in_vietnamese() -> None:
    t = translator("vi")
    assert [name for name, words in FEATURES.items() if t(words) == words] == []


def evidence(stance: Stance) -> Evidence:
    text = "Có 40 hộ dân phải di dời."
    return Evidence(text, 0, len(text), "kho:1", "Báo cáo", "UBND xã", None, stance, "ghi “40 hộ dân”")


def test_a_sure_proposal_names_the_evidence_and_how_sure_it_is() -> None:
    proposal = Proposal("contradicted", 0.81, (evidence(Stance.AGAINST),), (WORDS_ONLY,))
    told = " ".join(tell_proposal(proposal, str))
    assert "How sure: 81 of 100." in told
    assert re.search(r"– UBND xã: “Có 40 hộ dân phải di dời.” \(ghi “40 hộ dân”\)", told)
    assert told.endswith("Only a person judges.")


def test_an_unsure_proposal_says_so_and_gives_no_percentage() -> None:
    told = " ".join(tell_proposal(Proposal("not_enough", 0.4), str))
    assert "Not sure enough to propose anything." in told
    assert "of 100" not in told


def test_without_anything_in_the_library_nothing_is_said() -> None:
    assert list(tell_proposal(None, str)) == []


def test_of_a_flagged_sentence_it_is_never_said_that_there_is_nothing_to_check() -> None:
    text = "Kinh phí sửa chữa 46 tỷ đồng từ nguồn duy tu thường xuyên."
    assert checkability(text, language="vi").kind is SentenceKind.PLAIN
    [told] = tell_worthiness(Claim(text, 0, len(text), 0.45, ()), language="vi", t=translator("vi"))
    assert "không có gì" not in told
    assert "một chi tiết nhỏ" in told

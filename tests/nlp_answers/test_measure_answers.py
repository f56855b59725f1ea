from __future__ import annotations

from pathlib import Path

import pytest

from nlp.measure_answers import load_floors, load_sentences, make_pairs, measure_half

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SENTENCES = {
    "a/1#0": "Ngày 5/11, mưa lũ đã làm 210 hộ dân ở xã Đức Cơ phải sơ tán trong đêm.",
    "b/1#0": "Tỉnh đã hỗ trợ 1.200 hộ nghèo xây nhà và 35 thôn làm đường trong năm 2025.",
    "c/1#0": "Sản lượng cà phê ở Chư Prông tăng 12 % trong khi giá tăng 30 % so với năm 2024.",
}


def test_every_pair_made_by_rule_says_what_is_right() -> None:
    pairs = list(make_pairs(SENTENCES))
    made = {(pair.rule, pair.is_same) for pair in pairs}
    assert {("other figure", False), ("without marks", True), ("figures exchanged", False)} <= made
    assert all(pair.one != pair.other for pair in pairs)


def test_the_pairs_are_the_same_in_every_run() -> None:
    assert list(make_pairs(SENTENCES)) == list(make_pairs(SENTENCES))


def test_invented_sentences_score_as_real_ones_must() -> None:
    scores = measure_half(SENTENCES)
    assert {name: scores[name] >= floor for name, floor in load_floors().items()} == dict.fromkeys(
        load_floors(), True
    )


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")
def test_same_means_the_same_on_real_sentences() -> None:
    scores = measure_half(load_sentences(DATA, "A", most=120))
    assert scores["same_precision"] >= load_floors()["same_precision"]

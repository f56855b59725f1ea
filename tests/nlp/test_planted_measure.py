"""Errors planted in real stories and documents: what is found must not fall below its floor."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from config.load import load
from nlp import planted_measure
from nlp.planted import Planted, plant
from nlp.planted_measure import Findings, Trial, find, load_floors, score

TEXT = "Ngày 12/11, tại Quy Nhơn có 350 người tham gia trồng 1.200 cây trong hai giờ."
SAMPLE = 16  # stories, and documents, that are drawn; half of them are tried


@pytest.mark.parametrize("kind", Planted)
def test_one_word_is_changed_the_same_way_in_every_run(kind: Planted) -> None:
    names = ("Quy Nhơn", "Đà Nẵng")
    one, again = (plant(TEXT, kind, seed="a", names=names) for _ in range(2))
    assert one is not None
    assert one == again
    assert one.text[: one.start] == TEXT[: one.start]
    assert one.text[one.start :].removeprefix(one.after) == TEXT[one.start :].removeprefix(one.before)
    assert one.after != one.before


def test_every_planting_counts_once_and_every_flag_on_what_was_not_changed() -> None:
    planting = plant(TEXT, Planted.FIGURE, seed="a")
    assert planting is not None
    trials = [Trial("a", "document", planting, found, ()) for found in (True, True, False)]
    scores = score(Findings(trials, [], Counter(document=4)))
    assert (
        scores["planted_figure_document"] == scores["planted_figure_found"] == pytest.approx(2 / 3, abs=1e-3)
    )
    assert scores["planted_figure_tried"] == 3
    assert scores["flags_per_unchanged_article"] == 0
    assert scores["unchanged_left_alone"] == 1


@pytest.mark.data
def test_planted_errors_are_found_and_what_is_as_it_was_is_left_alone(data: Path) -> None:
    office = load(None)
    found = find(data, gazetteer=office.gazetteer, topics=office.topics, most=SAMPLE, halves="A")["A"]
    scores = score(found)
    assert {n: scores[n] for n, floor in load_floors().items() if n in scores and scores[n] < floor} == {}
    assert scores["planted_figure_tried"] >= 8


def test_the_floors_are_scores_that_are_measured() -> None:
    assert all(0 < floor < 1 for floor in planted_measure.load_floors().values())
    assert "planted_figure_found" in planted_measure.load_floors()

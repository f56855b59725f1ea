"""Errors planted in real stories and documents: what is found must not fall below its floor."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from config.load import load
from nlp import planted_measure
from nlp.measure_stories import half_of
from nlp.planted import Planted, plant
from nlp.planted_measure import Findings, Trial, find, load_floors, part_of, score
from store.types import Claim, Evidence, Flag, Stance

TEXT = "Ngày 12/11, tại Quy Nhơn có 350 người tham gia trồng 1.200 cây trong hai giờ."
SAMPLE = 16  # stories, and documents, that are drawn; half of them are tried


@pytest.fixture
def both_sides() -> tuple[Flag, Flag]:
    one, other = "Có 5 nhà bị sập.", "Có 7 nhà bị sập."

    def flag(article: int, said: str, against: str) -> Flag:
        evidence = Evidence(against, 0, 16, f"b{article}", "", "", None, Stance.AGAINST, "", 3 - article, 1)
        return Flag("c", "1", Claim(said, 0, 16, 0.9, ()), article, 1, "s", (evidence,), 0.8, ("5, 7",))

    return flag(1, one, other), flag(2, other, one)


@pytest.mark.parametrize("kind", Planted)
def test_one_word_is_changed_the_same_way_in_every_run(kind: Planted) -> None:
    names = ("Quy Nhơn", "Đà Nẵng")
    one, again = (plant(TEXT, kind, seed="a", names=names) for _ in range(2))
    assert one is not None
    assert one == again
    assert one.text[: one.start] == TEXT[: one.start]
    assert one.text[one.start :].removeprefix(one.after) == TEXT[one.start :].removeprefix(one.before)
    assert one.after != one.before


def test_a_place_is_not_exchanged_for_its_own_other_name() -> None:
    cities = {"Sài Gòn": 1, "Hồ Chí Minh": 1, "Đà Nẵng": 2}
    text = "Đoàn đi từ Sài Gòn."

    def are_apart(one: str, other: str) -> bool:
        return cities[one] != cities[other]

    made = (plant(text, Planted.PLACE, seed=s, names=tuple(cities), are_apart=are_apart) for s in "abcdef")
    assert {each.after for each in made if each} == {"Đà Nẵng"}
    alone = tuple(cities)[:2]
    assert plant(text, Planted.PLACE, seed="a", names=alone, are_apart=are_apart) is None


def test_every_planting_counts_once_and_every_flag_on_what_was_not_changed() -> None:
    planting = plant(TEXT, Planted.FIGURE, seed="a")
    assert planting is not None
    trials = [Trial("a", "document", planting, found, ()) for found in (True, True, False)]
    scores = score(Findings(trials, [], Counter(document=4)))
    assert (
        scores["planted_figure_document"] == scores["planted_figure_found"] == pytest.approx(2 / 3, abs=1e-3)
    )
    assert scores["planted_figure_tried"] == 3
    assert scores["flags_per_unchanged_article"] == scores["findings_per_unchanged_article"] == 0
    assert scores["unchanged_without_flags"] == scores["unchanged_without_findings"] == 1


def test_a_difference_flagged_on_both_sides_counts_as_two_flags_and_one_finding(
    both_sides: tuple[Flag, Flag],
) -> None:
    flags = [("a", "story", flag) for flag in both_sides]
    scores = score(Findings([], flags, Counter(story=8, document=2)))
    assert (scores["flags_per_unchanged_story"], scores["findings_per_unchanged_story"]) == (0.25, 0.125)
    assert (scores["unchanged_without_flags"], scores["unchanged_without_findings"]) == (0.8, 0.9)


def test_half_b_is_split_by_the_id_alone_and_half_a_is_left_whole() -> None:
    parts = {name: part_of(name) for name in map(str, range(400))}
    assert Counter(part == "A" for part in parts.values())[True] == sum(half_of(n) == "A" for n in parts)
    assert min(Counter(parts.values()).values()) > 60
    assert part_of("7") == part_of("7")


@pytest.mark.data
def test_planted_errors_are_found_and_what_is_as_it_was_is_left_alone(data: Path) -> None:
    office = load(None)
    found = find(data, gazetteer=office.gazetteer, topics=office.topics, most=SAMPLE, parts=("A",))["A"]
    scores = score(found)
    assert {n: scores[n] for n, floor in load_floors().items() if n in scores and scores[n] < floor} == {}
    assert scores["planted_figure_tried"] >= 8


def test_the_floors_are_scores_that_are_measured() -> None:
    assert all(0 < floor < 1 for floor in planted_measure.load_floors().values())
    assert "planted_figure_found" in planted_measure.load_floors()

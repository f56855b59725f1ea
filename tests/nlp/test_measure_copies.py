from __future__ import annotations

import random
from pathlib import Path

import pytest

from nlp import measure_copies
from nlp.measure_copies import RULES, share_runs
from nlp.stories import GroupItem

ITEM = GroupItem("a", "Giá cà phê tăng", " ".join(f"chữ{n}. Ở" for n in range(200)))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("a b c d", "a b c d", 1.0), ("a b c", "x y z", 0.0), ("a b c d", "a b c x", 0.5), ("a b", "a b", 0.0)],
    ids=["same", "other", "half", "too short"],
)
def test_shared_runs_are_counted_over_the_shorter_text(one: str, other: str, share: float):
    assert share_runs(one, other) == share


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_changes_the_article_the_same_way_in_every_run(rule: str):
    made, again = (
        RULES[rule](ITEM, random.Random("a"))  # noqa: S311 - a repeatable choice of words, no secret
        for _ in range(2)
    )
    assert made == again
    assert made != (ITEM.title, ITEM.text)


@pytest.mark.data
def test_copies_are_told_from_other_texts_of_their_story_as_well_as_promised(data: Path):
    scores = measure_copies.measure(data)
    assert {n: scores[n] for n, floor in measure_copies.load_floors().items() if scores[n] < floor} == {}

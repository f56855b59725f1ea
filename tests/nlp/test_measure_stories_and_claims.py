from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp import measure_stories
from nlp.fitting import fit_around
from nlp.measure_stories import bcubed, read_date


def test_bcubed_of_the_given_stories_is_one():
    assert bcubed(["x", "x", "y"], ["a", "a", "b"]) == (1, 1, 1)


def test_bcubed_counts_what_was_joined_wrongly_and_what_was_parted():
    assert bcubed(["x", "x"], ["a", "b"])[:2] == (0.5, 1)
    assert bcubed(["x", "y"], ["a", "a"])[:2] == (1, 0.5)


def test_bcubed_over_some_articles_still_counts_others_that_joined_them():
    assert bcubed(["x", "x"], ["a", "noise"], only=[0])[0] == 0.5


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Thứ 6, 11:03, 20/05/2016", datetime(2016, 5, 20, 11, 3, tzinfo=UTC)),
        ("25 tháng 5, 2016", datetime(2016, 5, 25, tzinfo=UTC)),
        ("2016-05-20", datetime(2016, 5, 20, tzinfo=UTC)),
        ("99/99/2016", None),
        ("hôm qua", None),
    ],
)
def test_date_lines_are_read_where_they_are_whole(written: str, moment: datetime | None):
    assert read_date(written) == moment


def test_a_feature_without_examples_keeps_the_weight_set_by_hand():
    rows = [{"a": 1.0}, {"a": 0.0}] * 20
    _, weights = fit_around({"a": 0.0, "b": -1.5}, rows, [True, False] * 20, pull=1.0)
    assert weights["b"] == -1.5
    assert weights["a"] > 1


@pytest.mark.data
def test_stories_are_grouped_as_well_as_promised_on_the_unseen_half(data: Path):
    scores = measure_stories.measure(data)
    assert {n: scores[n] for n, floor in measure_stories.load_floors().items() if scores[n] < floor} == {}

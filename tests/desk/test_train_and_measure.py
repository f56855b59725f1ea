"""What `diembao train` installs and refuses, and when `diembao measure` fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.load import load
from desk.cli import app
from desk.commands.measure import Row, find_rows
from desk.commands.train import settle
from nlp.trained import RELEVANCE, load_models
from nlp.training.run import Outcome

NEW = (
    '{"card": {}, "bias": {"about": 1.0, "mention": 0, "sport": 0, "company": 0, "none": 0}, '
    '"weights": {"title": {"about": 2.0}}}'
)


def outcome(before: float, after: float) -> Outcome:
    return Outcome(RELEVANCE, NEW, {"about_f1": before}, {"about_f1": after})


@pytest.mark.parametrize(
    ("before", "after", "installed"),
    [(0.9, 0.91, True), (0.9, 0.9, True), (0.9, 0.89, False)],
    ids=["better", "the same", "worse"],
)
def test_only_a_model_that_is_not_worse_is_installed(
    before: float, after: float, installed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(outcome(before, after), tmp_path, dry_run=False)
    assert (tmp_path / RELEVANCE).exists() is installed
    said = capsys.readouterr().out
    assert f"{before:.3f}" in said
    assert f"{after:.3f}" in said


def test_a_refused_model_leaves_the_office_s_own_as_it_was(tmp_path: Path) -> None:
    settle(outcome(0.8, 0.9), tmp_path, dry_run=False)
    settle(Outcome(RELEVANCE, '{"card": {}}', {"about_f1": 0.9}, {"about_f1": 0.5}), tmp_path, dry_run=False)
    assert load_models(tmp_path).relevance.bias["about"] == 1.0


def test_a_dry_run_says_the_scores_and_installs_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["train", "--dry-run"], env={"DIEMBAO_HOME": str(tmp_path)})
    assert done.exit_code == 0, done.output
    for score in ("relevance_accuracy", "about_f1", "topics_f1"):
        assert score in done.output
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    ("floor", "unseen", "below"),
    [(0.9, 0.89, True), (0.9, 0.9, False), (None, 0.1, False), (0.9, None, False)],
    ids=["under", "on it", "without a floor", "not measured"],
)
def test_a_score_is_below_only_its_own_floor_and_on_the_unseen_half(
    floor: float | None, unseen: float | None, below: bool
) -> None:
    assert Row("reading", "x", floor, 0.1, unseen, 0.1).is_below is below


def test_a_folder_that_is_not_there_is_no_folder_without_data(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["measure", str(tmp_path / "typo")], env={"DIEMBAO_HOME": str(tmp_path / "home")}
    )
    assert result.exit_code == 2
    assert "typo" in result.output


def test_without_data_measure_shows_the_floors_and_is_content(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["measure", str(tmp_path), "--json"], env={"DIEMBAO_HOME": str(tmp_path / "home")}
    )
    assert done.exit_code == 0, done.output
    floors = {row["score"]: row["floor"] for row in json.loads(done.output) if row["part"] == "reading"}
    assert {"relevance_accuracy", "about_f1", "sport_recall", "topics_f1"} <= floors.keys()
    assert all(0 < floor < 1 for floor in floors.values() if floor is not None)


def test_floors_without_data_have_no_scores() -> None:
    rows = find_rows(None, load(None), None)
    assert rows
    assert all(row.unseen is None and not row.is_below for row in rows)

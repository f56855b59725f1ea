from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.load import load
from nlp import measure_border
from nlp.knowledge import make_knowledge
from nlp.measure import half_of
from nlp.read import read
from nlp.training.examples import load_own_labels

LABELS = Path(__file__).resolve().parents[2] / "nlp/training/labels_border.jsonl"
ROWS = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def test_labels_of_the_border_hold_ids_and_what_we_say_and_no_text():
    assert {frozenset(row) for row in ROWS} == {frozenset({"id", "T01", "sure"})}
    assert all(isinstance(row["T01"], bool) and isinstance(row["sure"], bool) for row in ROWS)
    assert all(row["id"].startswith(("vntc:", "unc:")) for row in ROWS)


def test_no_article_is_labelled_twice_or_learned_from():
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids)) == 241
    assert not set(ids) & load_own_labels().keys()


def test_both_halves_hold_articles_about_the_border_and_others():
    labels = measure_border.load_labels()
    assert {(half_of(label.id), label.is_border) for label in labels} == {
        ("A", True),
        ("A", False),
        ("B", True),
        ("B", False),
    }


def test_a_labelled_article_whose_text_is_absent_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(measure_border, "iter_texts", lambda *_: iter([("unc:1", {"text": "Biên giới."})]))
    assert measure_border.find_articles(tmp_path, {"unc:1"})["unc:1"].text == "Biên giới."
    with pytest.raises(ValueError, match=r"1 labelled articles .* the first: unc:2"):
        measure_border.find_articles(tmp_path, {"unc:1", "unc:2"})


def test_scores_count_what_is_found_missed_false_and_spared():
    scores = measure_border.score(
        [(True, True), (True, False), (False, True), (False, False), (False, False)]
    )
    assert scores == {"T01_precision": 0.5, "T01_recall": 0.5, "T01_f1": 0.5, "T01_spared": 0.6667}


@pytest.mark.data
def test_no_article_of_the_border_is_a_gold_one(data: Path):
    gold = (data / "gold/articles.jsonl").read_text("utf-8").splitlines()
    assert not {json.loads(line)["id"] for line in gold} & {row["id"] for row in ROWS}


@pytest.mark.data
def test_telling_the_border_on_the_unseen_half_is_not_below_its_floors(data: Path):
    configuration = load(None)
    knowledge = make_knowledge(configuration.gazetteer, configuration.topics)
    scores = measure_border.measure(data, lambda article: read(article, knowledge), halves="B")["B"]
    floors = measure_border.load_floors()
    assert {name: scores[name] for name, floor in floors.items() if scores[name] < floor} == {}

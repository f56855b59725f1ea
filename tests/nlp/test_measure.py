from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.load import load
from nlp.knowledge import Knowledge
from nlp.measure import Labelled, Scored, half_of, load_floors, load_labelled, measure, place_key, score
from nlp.read import read
from store.types import Article, RelevanceLabel

MakeArticle = Callable[..., Article]


def test_about_half_of_all_ids_are_in_each_half_and_stay_there():
    halves = [half_of(f"vntc:{number}") for number in range(400)]
    assert 150 < halves.count("A") < 250
    assert halves == [half_of(f"vntc:{number}") for number in range(400)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("TP. Pleiku", "thành phố Pleiku"), ("huyện K'Bang", "KBang"), ("TT.Phú Thiện", "thị trấn Phú Thiện")],
)
def test_a_place_is_the_same_with_another_unit_word(one: str, other: str):
    assert place_key(one) == place_key(other)


def test_scores_count_what_agrees_with_the_labels(knowledge: Knowledge, article: MakeArticle):
    text = "Công an tỉnh Gia Lai khởi tố, bắt tạm giam nhóm ma túy ở huyện Đức Cơ."
    item = Labelled(
        "x",
        "Gia Lai: Khởi tố nhóm ma túy",
        text,
        RelevanceLabel.ABOUT,
        frozenset({"T07", "T01"}),
        True,
        frozenset({"Đức Cơ"}),
        True,
    )
    scores = score([Scored(item, read(article(text, item.title), knowledge))])
    assert scores["relevance_accuracy"] == 1
    assert scores["topics_recall"] == 0.5
    assert scores["event_places_recall"] == scores["event_places_precision"] == 1


@pytest.mark.data
def test_no_score_on_the_unseen_half_is_below_its_floor(data: Path):
    configuration = load(None)
    scores = measure(data, gazetteer=configuration.gazetteer, topics=configuration.topics)["B"]
    below = {name: scores[name] for name, floor in load_floors().items() if scores[name] < floor}
    assert below == {}


@pytest.mark.data
def test_every_label_finds_its_article(data: Path):
    items = load_labelled(data)
    assert len(items) == len({item.id for item in items}) == 325

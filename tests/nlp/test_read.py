from __future__ import annotations

import pickle
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.knowledge import Knowledge, make_knowledge
from nlp.read import READER_VERSION, read
from store.types import Article, Gazetteer, Topic

MakeArticle = Callable[..., Article]

WORDS = st.sampled_from(
    [
        "Gia Lai",
        "xã",
        "Ia Dom",
        ",",
        "huyện Đức Cơ",
        "(",
        ")",
        "trú",
        "quê",
        "HAGL",
        "1.200",
        "tỉnh",
        "TP.",
        "\n",
        "đường",
        "Pleiku",
        "An Phú",
        "biên giới",
        "Gi\u200ba",
        "\u202eLai",
        "và",
        "Hà Nội",
        "😀",
        "嘉莱",
        "ÐỨC",
        "İ",
        "làng Bi",
        ".",
    ]
)
TEXT = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=200)


ARTICLES = st.fixed_dictionaries(
    {
        "title": TEXT,
        "text": TEXT | TEXT.map(lambda text: unicodedata.normalize("NFD", text)),
        "day": st.sampled_from([None, date(1970, 1, 1), date(2030, 12, 31)]),
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ARTICLES)
def test_any_text_is_read_and_every_offset_is_exact(
    knowledge: Knowledge, article: MakeArticle, parts: dict[str, Any]
):
    title, text = parts["title"], parts["text"]
    reading = read(article(**parts), knowledge)
    for place in reading.places:
        whole = title if place.field == "title" else text
        assert whole[place.start : place.end] == place.name
        assert place.name
        assert place.rule
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.text
    assert reading.relevance.why


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000,
        "Ậ" * 300_000,
        "(" * 300_000,
        "Gia Lai " * 3000,
        "😀" * 100_000,
        "\u202e\u200f" * 50_000,
        " " * 300_000,
    ],
    ids=["one word", "one accented word", "brackets", "one name", "emoji", "marks of direction", "spaces"],
)
def test_a_long_strange_text_is_read(knowledge: Knowledge, article: MakeArticle, text: str):
    assert read(article(text), knowledge).relevance.why


def test_reading_twice_gives_the_same(knowledge: Knowledge, article: MakeArticle):
    one = article("Công an tỉnh Gia Lai khởi tố vụ án ở huyện Đức Cơ.", "Gia Lai")
    assert read(one, knowledge) == read(one, knowledge)


def test_half_a_surrogate_pair_is_an_unknown_character(knowledge: Knowledge, article: MakeArticle):
    assert read(article("\ud800 Gia Lai"), knowledge).places[0].name == "Gia Lai"


def test_knowledge_arrives_whole_in_another_process(knowledge: Knowledge, article: MakeArticle):
    one = article("Công an tỉnh Gia Lai khởi tố vụ án ở huyện Đức Cơ.", "Gia Lai")
    arrived = pickle.loads(pickle.dumps(knowledge))  # noqa: S301 - our own bytes
    assert read(one, arrived) == read(one, knowledge)


def test_other_words_of_the_office_are_another_version_of_the_reader(
    knowledge: Knowledge, gazetteer: Gazetteer, topics: tuple[Topic, ...]
):
    fewer = make_knowledge(Gazetteer(gazetteer.places[:3], (), "test-2"), topics)
    assert fewer.version != knowledge.version
    assert knowledge.version.startswith(READER_VERSION)
    assert make_knowledge(gazetteer, topics).version == knowledge.version

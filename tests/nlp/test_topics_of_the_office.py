"""Topics with the office's own cues: other languages' floods, and names that are no subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.load import load
from nlp.knowledge import Knowledge, make_knowledge
from nlp.read import read
from store.types import Article

MakeArticle = Callable[..., Article]
Tag = Callable[..., set[str]]


@pytest.fixture(scope="module")
def office() -> Knowledge:
    configuration = load(None)
    return make_knowledge(configuration.gazetteer, configuration.topics)


@pytest.fixture
def tag(office: Knowledge, article: MakeArticle) -> Tag:
    def tagged(text: str, title: str = "") -> set[str]:
        return {t.id for t in read(article(text, title), office).topics}

    return tagged


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Floods kill five in Vietnam's central highlands",
            "Flash floods swept through Gia Lai province on Tuesday, killing five people.",
        ),
        (
            "Inondations meurtrières à Gia Lai",
            "Au moins cinq personnes sont mortes dans les inondations qui ont frappé la province de Gia Lai.",
        ),
        ("Landslides cut off villages", "Landslides cut off three villages in Gia Lai after typhoons."),
    ],
    ids=["en", "fr", "en plural"],
)
def test_disasters_told_in_other_languages_are_disasters(tag: Tag, title: str, text: str):
    assert "T12" in tag(text, title)


def test_firemen_make_no_crime(tag: Tag):
    text = "Quán cà phê bốc cháy rạng sáng nay. Cảnh sát phòng cháy chữa cháy dập lửa sau 20 phút."
    assert "T07" not in tag(text, "Cháy quán cà phê ở Pleiku")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Phố đi bộ quanh Quảng trường Đại Đoàn Kết",
            "Phường mở phố đi bộ gần Quảng trường Đại Đoàn Kết, Pleiku.",
        ),
        (
            "Pho di bo quanh Quang truong Dai Doan Ket",
            "Phuong mo pho di bo gan Quang truong Dai Doan Ket, Pleiku.",
        ),
        (
            "Walking street near Dai Doan Ket Square",
            "A walking street opened near Dai Doan Ket Square in Pleiku.",
        ),
    ],
    ids=["marks", "unaccented", "en"],
)
def test_a_squares_name_is_no_subject(tag: Tag, title: str, text: str):
    assert "T05" not in tag(text, title)


def test_the_same_words_as_a_subject_are_one(tag: Tag):
    text = "Ngày hội đại đoàn kết của đồng bào dân tộc thiểu số, già làng và người Jrai ở làng Plei Ốp."
    assert "T05" in tag(text, "Ngày hội đại đoàn kết dân tộc")

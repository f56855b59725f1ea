"""Whatever an article holds, reading gives a Reading with a reason, and offsets that are exact."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.knowledge import Knowledge
from nlp.places.names import MOST_HITS
from nlp.read import read
from store.types import Article, PublicationDate, Reading, Scope

SENTENCE = "Sáng 5/11, tại xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai, cháy làm 12 người chết."
PIECES = st.sampled_from(
    [
        "Gia Lai",
        "Đức Cơ",
        "huyện ",
        "xã Ia Dom",
        ", ",
        " (",
        ")",
        "trú tại ",
        "“",
        "”",
        ".",
        "\n",
        "12 người chết",
        "\u200b",
        "\u202e",
        "\u0301",
        "\u0323",
        "😀",
        "한국",
        "嘉莱",
        "ខ្មែរ",
        "\ud800",
        "\x00",
        "Ð",
        "’",
        "-",
        "K'Bang",
        "µ",
        "¸",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(
    alphabet=st.characters(), max_size=120
)  # with surrogates


def check(reading: Reading, title: str, text: str) -> None:
    """What holds of every reading."""
    assert reading.relevance.why
    assert reading.language.method
    fields = {"title": title, "text": text}
    for place in reading.places:
        assert fields[place.field][place.start : place.end] == place.name
        assert place.rule
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.text


@given(title=TEXTS, text=TEXTS)
def test_any_title_and_text_give_a_reading_with_a_reason(knowledge: Knowledge, title: str, text: str):
    article = Article("https://bao.example/1", "bao", "Báo", Scope.DOMESTIC, title=title, text=text)
    check(read(article, knowledge), title, text)


@settings(max_examples=40)
@given(day=st.dates(date(1970, 1, 1), date(2030, 12, 31)))
def test_any_day_of_publication_gives_a_reading(knowledge: Knowledge, day: date):
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    article = Article(
        "https://bao.example/1",
        "bao",
        "Báo",
        Scope.DOMESTIC,
        title="",
        text=SENTENCE,
        published=PublicationDate(at, "given", 1.0),
    )
    check(read(article, knowledge), "", SENTENCE)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        (" \n\t ", " \n\t "),
        ("", "😀🔥🇻🇳" * 50),
        ("", "\u202e\u200f" + SENTENCE + "\u202c"),
        ("Đức Cơ сегодня 嘉莱", "Đức Cơ сегодня 嘉莱 ខេត្ត " + SENTENCE),
        (unicodedata.normalize("NFD", "Đức Cơ cháy lớn"), unicodedata.normalize("NFD", SENTENCE)),
        ("CHAY LON O DUC CO, GIA LAI", SENTENCE),
        ("", "\x00\ufeff\ufffd" * 30),
        ("", "(" * 5000),
        ("", "“" * 5000 + "Gia Lai" + "”" * 5000),
    ],
    ids=[
        "empty",
        "blank",
        "emoji",
        "right to left",
        "scripts",
        "NFD",
        "capitals",
        "control",
        "brackets",
        "quotes",
    ],
)
def test_odd_articles_give_a_reading_with_a_reason(
    knowledge: Knowledge, article: Callable[..., Article], title: str, text: str
):
    check(read(article(text, title), knowledge), title, text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_text_have_the_same_places(
    knowledge: Knowledge, article: Callable[..., Article], form: str
):
    text = unicodedata.normalize(form, SENTENCE)
    places = read(article(text), knowledge).places
    assert [(p.unit, p.kind) for p in places] == [
        (p.unit, p.kind) for p in read(article(SENTENCE), knowledge).places
    ]


def test_a_title_in_capitals_without_marks_is_read_beside_an_accented_text(
    knowledge: Knowledge, article: Callable[..., Article]
):
    places = read(article(SENTENCE, "CHAY LON O DUC CO, GIA LAI"), knowledge).places
    assert {p.unit for p in places if p.field == "title"} == {"d631", "p52"}


def test_dates_far_off_choose_the_units_of_their_time(knowledge: Knowledge):
    def unit(year: int) -> str:
        at = datetime(year, 6, 1, tzinfo=UTC) + timedelta(hours=1)
        found = Article(
            "https://bao.example/1",
            "bao",
            "Báo",
            Scope.DOMESTIC,
            title="",
            text="Cháy lớn ở Đức Cơ, tỉnh Gia Lai.",
            published=PublicationDate(at, "given", 1.0),
        )
        return read(found, knowledge).places[0].unit

    assert (unit(1970), unit(2030)) == ("d631", "c23857")


@pytest.mark.parametrize("word", ["mưa ", "a", "( ", "xã "])
def test_five_megabytes_of_one_word_are_read_once(
    knowledge: Knowledge, article: Callable[..., Article], word: str
):
    text = word * (5_000_000 // len(word))
    reading = read(article(text), knowledge)
    check(reading, "", text)
    assert reading.places == ()


@pytest.mark.parametrize(
    "piece",
    [
        "12 người chết. ",
        "từ 1 đến ",
        "1/",
        "ngày 1 ",
        "嘉莱",
        "o\u0323\u0302",
        "a\u200b",
        "😀\u202e",
        "\ud800",
        "İﬁß",
        "“Ông A. ",
        "a@",
        "Céng hoµ ",
        "xuyên tạc ",
    ],
    ids=[
        "figures",
        "ranges",
        "slashes",
        "days",
        "a name without case",
        "marks",
        "invisible",
        "emoji",
        "half pairs",
        "letters that become several",
        "quotes never closed",
        "addresses",
        "an old font",
        "loaded words",
    ],
)
def test_a_hundred_kilobytes_of_anything_give_a_reading_with_a_reason(
    knowledge: Knowledge, article: Callable[..., Article], piece: str
):
    text = piece * (100_000 // len(piece))
    check(read(article(text), knowledge), "", text)


def test_ten_thousand_identical_articles_are_read_alike(
    knowledge: Knowledge, article: Callable[..., Article]
):
    one = article("Cháy lớn.", "Đức Cơ")
    first = read(one, knowledge)
    check(first, "Đức Cơ", "Cháy lớn.")
    assert all(read(one, knowledge) == first for _ in range(10_000))


def test_five_megabytes_of_a_name_are_cut_and_it_is_said(
    knowledge: Knowledge, article: Callable[..., Article]
):
    text = "Gia Lai " * 625_000
    places = read(article(text), knowledge).places
    assert len(places) == MOST_HITS
    assert "phần sau không xét" in places[-1].rule

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.articles import save_article
from store.claims import save_flags
from store.database import Sessions
from store.folding import fold
from store.fulltext import rebuild_index
from store.matching import matching_articles
from store.readings import save_reading
from store.search import parse
from store.stories import list_stories
from store.types import (
    LanguageGuess,
    MentionKind,
    PlaceMention,
    PublicationDate,
    Relevance,
    RelevanceLabel,
    TopicTag,
)

Keep = Callable[..., list[int]]


@pytest.fixture
def press(sessions: Sessions, make: Any, now: datetime, keep_story: Keep) -> Sessions:
    """Five stories of one article each, an hour apart; the names are those of the queries below."""

    def place(name: str, unit: str, kind: MentionKind = MentionKind.MENTION) -> PlaceMention:
        return PlaceMention(name, unit, 0, 1, kind, "name")

    def keep(name: str, hours: int, title: str, text: str, **reading: Any) -> int:
        date = PublicationDate(now + timedelta(hours=hours), "page", 1.0)
        outlet = reading.pop("outlet", "bao-thu")
        outlet_name = reading.pop("outlet_name", "Báo Thử")
        article = make.article(
            name, title=title, text=text, published=date, outlet=outlet, outlet_name=outlet_name
        )
        return keep_story(name, (article, make.reading(**{"places": (), "topics": (), **reading})))[0]

    keep("lu", 1, "Lũ quét ở Đức Cơ", "Chính quyền xã Ia Dơk di dời dân.", topics=(TopicTag("T09", 1, ()),))
    keep(
        "son",
        2,
        "Đường tràn nước",
        "Xe tải chở sơn bị lật.",
        topics=(TopicTag("T09", 1, ()), TopicTag("T03", 1, ())),
        places=(place("xã Đức Cơ", "c23872"), place("Pleiku", "street", MentionKind.OTHER_NAME)),
        outlet="bao-khac",
        outlet_name="Báo Khác",
    )
    number = keep(
        "english",
        3,
        "Floods hit Duc Co",
        "Son Village was cut off; nobody was hurt. 100% safe?",
        language=LanguageGuess("en", "rule", 1.0),
        relevance=Relevance(RelevanceLabel.MENTION, 0.5, ()),
        places=(place("Duc Co", "d623"),),
    )
    keep(
        "khong-dau",
        4,
        "Lu quet o Duc Co",
        "Khong dau.",
        language=LanguageGuess("vi-x-unaccented", "rule", 1.0),
    )
    keep(
        "hoa",
        5,
        "Hoà bình",
        "Đàn bò Sơn Hòa; “lũ” trong ngoặc kép.",
        language=LanguageGuess("vi", "rule", 1.0),
    )
    with sessions.begin() as session:
        save_flags(session, "english", [make.flag(number, story="english")], now=now)
    return sessions


CASES = [
    ("", "hoa khong-dau english son lu"),
    # words: exact spelling first, then by time
    ("lu quet", "khong-dau lu"),
    ("lũ quét", "lu khong-dau"),
    ('"lũ quét"', "lu khong-dau"),
    ('"quét lũ"', ""),
    ("đức cơ", "lu khong-dau english"),
    ('"duc co"', "khong-dau english lu"),
    ("LŨ", "hoa lu khong-dau"),
    ("sơn", "hoa son english"),
    ("son", "hoa english son"),
    ("đường", "son"),
    ("hòa", "hoa"),
    ("hoà", "hoa"),
    ("hoa", "hoa"),
    (unicodedata.normalize("NFD", "lũ quét"), "lu khong-dau"),
    ("title:son", ""),
    ("title:lũ", "lu khong-dau"),
    ("100%", "english"),
    ("Ia-Dơk", "lu"),
    ("khongcotrongbao", ""),
    # operators
    ("sơn OR đường", "hoa son english"),
    ("lu NOT quet", "hoa"),
    ("NOT son", "khong-dau lu"),
    ("NOT (son OR lu)", ""),
    ("co AND (quet OR floods)", "khong-dau english lu"),
    ("lu AND NOT language:vi-x-unaccented", "hoa lu"),
    ("son OR topic:T09", "hoa english son lu"),
    # fields
    ("topic:T09", "son lu"),
    ("topic:t03", "son"),
    ("topic:T", ""),
    ('place:"Đức Cơ"', "english son"),
    ("place:c23872", "son"),
    ("place:d623", "english"),
    ("place:Pleiku", ""),
    ('place:"xã Đức Cơ" NOT place:d623', "son"),
    ("outlet:bao-khac", "son"),
    ("outlet:BAO-KHAC", "son"),
    ('outlet:"bao khac"', "son"),
    ("NOT outlet:bao-thu", "son"),
    ("language:vi", "hoa khong-dau son lu"),
    ("language:v", ""),
    ("language:%", ""),
    ("language:en", "english"),
    ("relevance:mention", "english"),
    ("flagged:yes", "english"),
    ("flagged:no", "hoa khong-dau son lu"),
    ("story:lu", "lu"),
    ("after:2026-11-22", "hoa khong-dau english son lu"),
    ("after:2026-11-23", ""),
    ("before:22/11/2026", ""),
    ("before:23/11/2026 topic:T09 sơn", "son"),
    # what looks like the databases' own languages is only words
    ("body", ""),
    ('"son*"', "hoa english son"),
    ("NEAR", ""),
    ("title_spelled", ""),
    ("'; DROP TABLE articles; --", ""),
    ("so'n", ""),
    ("sơn & !lũ", "hoa"),
]


@pytest.mark.parametrize(("query", "found"), CASES, ids=[query or "everything" for query, _ in CASES])
def test_both_databases_give_the_same_answers(press: Sessions, query: str, found: str) -> None:
    with press() as session:
        page = list_stories(session, parse(query))
    assert " ".join(story.id for story in page.stories) == found
    assert page.total == len(found.split())


def test_only_the_newest_words_read_are_found(
    sessions: Sessions, make: Any, now: datetime, keep_story: Keep
) -> None:
    (number,) = keep_story("s1", make.article(text="Vỡ đập"))
    with sessions.begin() as session:
        save_article(session, make.article(text="Rò rỉ nhỏ"), now=now)
        assert list_stories(session, parse("đập")).total == 1
        save_reading(session, number, 2, make.reading(), now=now)
        assert list_stories(session, parse("đập")).total == 0
        assert list_stories(session, parse("rò rỉ")).total == 1


def test_a_phrase_does_not_reach_from_the_title_into_the_text(
    sessions: Sessions, make: Any, keep_story: Keep
) -> None:
    keep_story("s1", make.article(title="Mưa lớn", text="ở Chư Sê"))
    with sessions() as session:
        assert list_stories(session, parse('"lớn ở"')).total == 0
        assert list_stories(session, parse('"mưa lớn" "ở Chư Sê"')).total == 1


def test_words_of_lead_and_text_are_found(sessions: Sessions, make: Any, keep_story: Keep) -> None:
    keep_story("s1", make.article(lead="Sạt lở đèo", text="Xe tắc"))
    with sessions() as session:
        assert list_stories(session, parse("sạt xe")).total == 1


@pytest.mark.parametrize(
    "text",
    [
        "''\\ :* & | ! <-> \" ( ) -- \\' '",
        "a" * 5_000,
        " ".join(f"{n:x}{'é' * 70}" for n in range(20_000)),
        "lặp " * 40_000,
        "กขค嘉莱省日本語" * 500,
        "\x00\ud800\ufffe",
    ],
    ids=["signs", "a long word", "many long words", "one word often", "no spaces", "no characters"],
)
def test_hostile_text_is_indexed_without_complaint(
    sessions: Sessions, make: Any, keep_story: Keep, text: str
) -> None:
    keep_story("s1", make.article(title="Lũ quét", text=text))
    with sessions() as session:
        assert list_stories(session, parse("title:lũ")).total == 1


def test_a_long_text_is_searched_as_far_as_it_is_indexed(
    sessions: Sessions, make: Any, keep_story: Keep
) -> None:
    keep_story("s1", make.article(text=" ".join(f"w{n}" for n in range(20_000))))
    with sessions() as session:
        totals = [list_stories(session, parse(word)).total for word in ('"w15000 w15001"', "w19000")]
    assert totals == [1, 0]


def test_the_index_can_be_made_anew(press: Sessions) -> None:
    with press() as session:
        before = list_stories(session, parse("sơn"))
    with press.begin() as session:
        assert rebuild_index(session) == 5
    with press() as session:
        assert list_stories(session, parse("sơn")) == before


_LETTERS = "aàáảãạăắâấbcdđeêếghiklmnoôốơớpqrstuưứvxyỳ"
_SYLLABLES = st.text(_LETTERS, min_size=1, max_size=6)


@given(words=st.lists(_SYLLABLES, min_size=1, max_size=5), form=st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_article_is_found_by_its_words_with_and_without_marks(
    sessions: Sessions, make: Any, words: list[str], form: str
) -> None:
    phrase = unicodedata.normalize(form, " ".join(words))
    asked = [f'"{phrase}"', f'"{fold(phrase)}"', f'"{phrase.upper()}"']
    with sessions() as session:
        stored = save_article(session, make.article(text=f"đầu {phrase} cuối"), now=make.now)
        save_reading(session, stored.number, stored.version, make.reading(), now=make.now)
        found = [session.scalars(matching_articles(session, parse(query))).all() for query in asked]
        exact = session.scalars(matching_articles(session, parse(asked[0]), exactly=True)).all()
        session.rollback()
    assert found == [[stored.number]] * 3
    assert exact == [stored.number]

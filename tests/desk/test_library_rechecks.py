"""A document that is added, superseded or restored makes the stories it may concern be checked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from config.settings import Settings
from crawler.documents.reading import File
from desk.house import House, open_house
from desk.library import Said, add_document, restore, supersede
from nlp.run import check_changed, group_new, read_new
from store.articles import save_article
from store.claims import list_flags
from store.types import Article, PublicationDate, Scope

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
SAID = "Theo báo cáo của tỉnh Gia Lai, mưa lũ ngày 12/11 tại xã Ia Dom làm {} người bị thương và 40 nhà ngập."


def quiet(*_progress: object) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with one story, read and checked while the library was empty."""
    home = tmp_path_factory.mktemp("home")
    with open_house(Settings(home=home, database_url="")) as opened:
        article = Article(
            url="https://bao.example/1",
            outlet="bao",
            outlet_name="Báo",
            scope=Scope.DOMESTIC,
            title="Mưa lũ ở Ia Dom",
            text=f"{SAID.format(15)} Nước rút chậm.",
            byline="",
            published=PublicationDate(NOW - timedelta(days=8), "given", 1.0),
        )
        with opened.sessions.begin() as session:
            save_article(session, article, now=NOW)
        read_new(opened.sessions, opened.make_knowledge(), now=NOW, progress=quiet)
        group_new(opened.sessions, now=NOW, progress=quiet)
        assert checked(opened) == []
        yield opened


def checked(house: House) -> list[str]:
    check_changed(house.sessions, now=NOW, progress=quiet)
    with house.sessions() as session:
        found = list_flags(session)
        return [f.flag.value.check for f in found if f.flag.value.check == "library_figures"]


def add(house: House, name: str, figure: int) -> int:
    file = File(f"{name}.txt", SAID.format(figure).encode(), NOW)
    said = Said(title=name, published=date(2026, 11, 14))
    return add_document(house.sessions, house.archive, file, said, by="An", progress=quiet).number


def test_stories_are_checked_again_when_the_library_changes(house: House) -> None:
    wrong = add(house, "Báo cáo nhanh", 5)
    assert checked(house) == ["library_figures"]
    right = add(house, "Báo cáo đầy đủ", 15)
    with house.sessions.begin() as session:
        supersede(session, wrong, right, by="An", now=NOW)
    assert checked(house) == []
    with house.sessions.begin() as session:
        restore(session, wrong, by="An", now=NOW)
    assert checked(house) == ["library_figures"]

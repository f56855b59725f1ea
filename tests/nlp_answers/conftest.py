"""Stories told in a few sentences, each of which is a claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nlp.quantities import find_quantities
from store.articles import save_article
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.readings import find_read, save_reading
from store.stories import find_story, save_memberships
from store.types import (
    Article,
    Claim,
    LanguageGuess,
    Membership,
    PublicationDate,
    ReadArticle,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Story,
    StoryMember,
)

DAY = datetime(2026, 11, 15, 1, tzinfo=UTC)
CLAIM = "Hồ chứa xả lũ không báo trước cho 300 hộ dân ở xã Ia Dom ngày 5/11."


@dataclass(frozen=True)
class Told:
    """One article in a few words."""

    text: str
    outlet: str = ""
    hours: float = 0
    copy_of: int = 0
    name: str = ""


def read_of(told: Told, number: int) -> tuple[Article, Reading]:
    outlet = told.outlet or f"bao-{number}"
    article = Article(
        url=f"https://{outlet}.example/{number}",
        outlet=outlet,
        outlet_name=told.name or f"Báo {outlet}",
        scope=Scope.DOMESTIC,
        title=f"Tin {number}",
        text=told.text,
        byline="P.V.",
        published=PublicationDate(DAY + timedelta(hours=told.hours), "given", 1.0),
        fetched_at=DAY + timedelta(hours=told.hours),
    )
    claims = tuple(_claim(told.text, hit) for hit in re.finditer(r"[^\s][^\n.]*[.]", told.text))
    relevance = Relevance(RelevanceLabel.ABOUT, 1.0, ())
    return article, Reading(LanguageGuess("vi", "test", 1.0), relevance, (), (), claims, "test")


def _claim(text: str, hit: re.Match[str]) -> Claim:
    said = re.match(r"(?:Theo|According to) [^,]+", hit[0])
    found = find_quantities(hit[0])
    return Claim(hit[0], hit.start(), hit.end(), 0.9, (), found, attributed=said[0] if said else "")


@pytest.fixture
def tell() -> Callable[..., Story]:
    """A maker of stories: tell(Told(…), …)."""

    def make(*told: Told, id_: str = "s1") -> Story:
        members = []
        for number, each in enumerate(told, 1):
            article, reading = read_of(each, number)
            members.append(StoryMember(ReadArticle(number, 1, article, reading, DAY), each.copy_of, ()))
        return Story(id_, tuple(members))

    return make


@pytest.fixture
def told() -> type[Told]:
    return Told


@pytest.fixture
def said() -> str:
    return CLAIM


@pytest.fixture
def day() -> datetime:
    return DAY


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    engine = open_engine(f"sqlite:///{tmp_path}/answers.sqlite")
    upgrade(engine)
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture
def keep(sessions: Sessions) -> Callable[..., Story]:
    """Saves a story and gives it back as it is loaded: keep("s1", Told(…), …)."""

    def save(id_: str, *told: Told) -> Story:
        with sessions.begin() as session:
            for number, each in enumerate(told, 1):
                article, reading = read_of(each, int(f"{len(id_)}{ord(id_[-1])}{number}"))
                stored = save_article(session, article, now=DAY)
                save_reading(session, stored.number, stored.version, reading, now=DAY)
                assert find_read(session, stored.number) is not None
                save_memberships(session, [Membership(stored.number, id_, 0, 1.0, ())], now=DAY)
            story = find_story(session, id_)
        assert story is not None
        return story

    return save

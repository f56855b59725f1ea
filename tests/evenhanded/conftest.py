"""Invented facts, told critically and flatteringly, and the practice press, through the real stages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml

from config.load import load
from nlp.checks import check_case
from nlp.checks.case import Held
from nlp.gathering import gather
from nlp.knowledge import Knowledge, make_knowledge
from nlp.read import read
from nlp.run import Catalogue, check_changed, group_new, make_catalogue, read_new
from practice.stories import load_edition
from store.archive import Archive
from store.articles import save_article
from store.claims import FlaggedClaim, list_flags
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.readings import find_read
from store.stories import members_since
from store.types import (
    Article,
    Configuration,
    DocumentKind,
    DocumentPassage,
    Flag,
    LibraryDocument,
    PublicationDate,
    ReadArticle,
    Reading,
    Scope,
    Story,
    StoryMember,
)

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=4000)
ONE_STORY_IN = 6  # of those that say nothing against each other
FACT_FILES = ("land", "religion", "rights", "money", "daily")


@dataclass(frozen=True)
class Fact:
    """One figure with what tells it; `{n}` in the texts is where the figure stands."""

    id: str
    right: str
    wrong: str
    evidence: str
    critic: str
    praise: str
    language: str = "vi"


@dataclass(frozen=True)
class World:
    """What came of it all: readings, flags and stories by what does not change with an outlet."""

    sessions: Sessions
    readings: dict[str, Reading]
    flags: list[FlaggedClaim]
    stories: set[frozenset[str]]


@dataclass(frozen=True)
class Checked:
    """One article alone in its story: how it is read, what is flagged, what the library has on it."""

    reading: Reading
    flags: tuple[Flag, ...]
    passages: Mapping[str, tuple[Held, ...]]


def key_of(article: Article) -> str:
    """Our own name of a test article: it stands in the section, which nothing reads."""
    return article.section


def _make_article(key: str, text: str, *, title: str, outlet: str, at: datetime, byline: str = "") -> Article:
    return Article(
        url=f"https://{outlet}.example/{key}",
        outlet=outlet,
        outlet_name=f"Báo {outlet}",
        scope=Scope.DOMESTIC,
        title=title,
        text=text,
        byline=byline,
        section=key,
        published=PublicationDate(at, "given", 1.0),
        fetched_at=at,
    )


@pytest.fixture(scope="session")
def library() -> dict[str, tuple[dict[str, str], tuple[Fact, ...]]]:
    """File -> what its document is, and its facts."""
    found = {}
    for name in FACT_FILES:
        body = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
        found[name] = (body["document"], tuple(Fact(**fact) for fact in body["facts"]))
    return found


@pytest.fixture(scope="session")
def facts(library: dict[str, tuple[dict[str, str], tuple[Fact, ...]]]) -> tuple[Fact, ...]:
    return tuple(fact for _, listed in library.values() for fact in listed)


@pytest.fixture(scope="session")
def tell() -> Callable[..., Article]:
    """tell(fact, tone, figure) -> an article in a tone (critic or praise), with the right or wrong figure.

    `wording`: the tone whose sentence gives the figure, so that either tone tells it in either wording.
    """

    def make(fact: Fact, tone: str, figure: str, *, wording: str = "") -> Article:
        whole = getattr(fact, tone).replace(
            _figure_sentence(getattr(fact, tone)), _figure_sentence(getattr(fact, wording or tone))
        )
        whole = whole.replace("{n}", getattr(fact, figure)).strip()
        key = f"{fact.id}-{tone}-{figure}-{wording or tone}"
        return _make_article(key, whole, title=whole.split(". ")[0], outlet=f"{tone}-{figure}", at=NOW)

    return make


def _figure_sentence(text: str) -> str:
    """The one sentence of a telling that gives the figure."""
    return next(part for part in re.split(r"(?<=[.?!])\s", text) if "{n}" in part)


@pytest.fixture(scope="session")
def check_one(
    tmp_path_factory: pytest.TempPathFactory,
    library: dict[str, tuple[dict[str, str], tuple[Fact, ...]]],
    knowledge: Knowledge,
    catalogue: Catalogue,
) -> Callable[[Article], Checked]:
    """check_one(article) -> how it is read and flagged with the invented library at hand."""
    sessions = _open(tmp_path_factory.mktemp("library"), library)

    @cache
    def check(article: Article) -> Checked:
        item = ReadArticle(1, 1, article, read(article, knowledge), NOW)
        story = Story("s", (StoryMember(item, 0, ()),))
        with sessions() as session:
            case = gather(session, story, catalogue)
        return Checked(item.reading, check_case(case), case.passages)

    return check


@pytest.fixture(scope="session")
def press() -> tuple[Article, ...]:
    """The practice press's articles of all stories whose outlets disagree, and of some of the others."""
    edition = load_edition(NOW)
    stories = dict.fromkeys(each.story for each in edition.articles)
    chosen = {pair.story for pair in edition.disagreements} | set(list(stories)[::ONE_STORY_IN])
    return tuple(
        _make_article(
            each.key, each.text, title=each.title, outlet=each.outlet, at=each.published, byline=each.byline
        )
        for each in edition.articles
        if each.story in chosen
    )


@pytest.fixture(scope="session")
def configuration() -> Configuration:
    return load(None)


@pytest.fixture(scope="session")
def knowledge(configuration: Configuration) -> Knowledge:
    return make_knowledge(configuration.gazetteer, configuration.topics)


@pytest.fixture(scope="session")
def catalogue(configuration: Configuration) -> Catalogue:
    return make_catalogue(configuration.sources, configuration.gazetteer)


@pytest.fixture(scope="session")
def make_world(
    tmp_path_factory: pytest.TempPathFactory,
    knowledge: Knowledge,
    catalogue: Catalogue,
) -> Callable[..., World]:
    """make_world(articles) -> the same articles read, grouped and checked by the real stages.

    Their evidence library is empty: what it says is asked of one telling after another, which is quicker.
    """

    def make(articles: Sequence[Article]) -> World:
        sessions = _open(tmp_path_factory.mktemp("world"), {})
        with sessions.begin() as session:
            numbers = {key_of(each): save_article(session, each, now=NOW).number for each in articles}
        read_new(sessions, knowledge, now=NOW, progress=_silent)
        group_new(sessions, now=NOW, progress=_silent)
        check_changed(sessions, now=NOW, progress=_silent, catalogue=catalogue)
        return _look(sessions, numbers)

    return make


def _look(sessions: Sessions, numbers: dict[str, int]) -> World:
    with sessions() as session:
        read = {key: find_read(session, number) for key, number in numbers.items()}
        stories: dict[str, set[str]] = {}
        for item, membership in members_since(session, LONG_AGO):
            stories.setdefault(membership.story, set()).add(key_of(item.article))
        flags = list_flags(session, limit=100_000)
    readings = {key: item.reading for key, item in read.items() if item is not None}
    return World(sessions, readings, flags, {frozenset(each) for each in stories.values()})


def _open(place: Path, library: dict[str, tuple[dict[str, str], tuple[Fact, ...]]]) -> Sessions:
    """A new store with the invented documents in its evidence library."""
    engine = open_engine(f"sqlite:///{place / 'world.db'}")
    upgrade(engine)
    sessions, archive = make_sessions(engine), Archive(place)
    with sessions.begin() as session:  # one for all: each costs a wait for the disk
        for name, (said, facts) in library.items():
            texts = [fact.evidence.replace("{n}", fact.right) for fact in facts]
            body = "\n".join(texts).encode()
            document = LibraryDocument(
                title=said["title"],
                name=f"{name}.txt",
                format="txt",
                sha256=hashlib.sha256(body).hexdigest(),
                added_by="Người thử",
                kind=DocumentKind(said["kind"]),
                publisher=said["publisher"],
            )
            passages = [DocumentPassage(text) for text in texts]
            save_document(session, archive, document, passages, body, now=NOW)
    return sessions


def _silent(stage: str, done: int, known: int) -> None:
    """Nobody watches."""

"""A small invented press on a real store, and a desk over it, with and without somebody signed in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from config.words import translator
from desk.web.accounts import first_start_link
from desk.web.app import make_app
from desk.web.dependencies import DeskDependencies
from store.archive import Archive
from store.articles import find_article, save_article, save_snapshot
from store.claims import save_flags
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.notices import claim_next, enqueue, record_failed, record_sent
from store.readings import save_reading
from store.sources import save_state
from store.stories import save_memberships
from store.types import (
    Article,
    Claim,
    Configuration,
    Evidence,
    Feed,
    FeedOutcome,
    FeedState,
    Flag,
    Gazetteer,
    LanguageGuess,
    Membership,
    MentionKind,
    Notice,
    Place,
    PlaceLevel,
    PlaceMention,
    PublicationDate,
    Reading,
    Relevance,
    RelevanceLabel,
    Rules,
    Scope,
    Snapshot,
    Source,
    Stance,
    Topic,
    TopicTag,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8080"
PASSWORD = "bốn từ ghép lại"
HOSTILE = "<script>alert('x')</script>\"'&<img src=x onerror=alert(1)> \u202egnp.exe " + "dài " * 2500

FLOOD_A = (
    "Mưa lớn từ đêm 20/11 gây ngập nhiều nơi ở xã Đức Cơ.\n"
    "Theo UBND xã, 120 hộ dân phải sơ tán trong đêm. Đường 19 bị chia cắt."
)
FLOOD_B = (
    "Lũ về nhanh trong đêm tại Đức Cơ, tỉnh Gia Lai.\n"
    "Đến sáng 21/11, 210 hộ dân phải sơ tán. Chưa có thiệt hại về người."
)
FLOOD_EN = (
    "Heavy rain flooded Duc Co commune in Gia Lai province. Officials said 120 households were evacuated."
)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, span: timedelta) -> None:
        self.at += span


@dataclass(slots=True)
class PackMaker:
    """Makes a pack of the ids it is asked for, and remembers them."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, story_ids: Sequence[str]) -> bytes:
        self.asked.append(tuple(story_ids))
        return b"PK\x03\x04 pack of " + " ".join(story_ids).encode()


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the seed put into the store."""

    flood: str
    hostile: str
    football: str
    numbers: dict[str, int]
    claim: str
    other_claim: str


class Seeder:
    """Puts invented material into a store through the store's own functions."""

    def __init__(self, sessions: Sessions, archive: Archive) -> None:
        self.sessions = sessions
        self.archive = archive

    def article(
        self, name: str, *, title: str, text: str, hours: float, label: str = "about", **more: str
    ) -> int:
        """Save one read article; `hours` before NOW."""
        at = NOW - timedelta(hours=hours)
        url = more.get("url", f"https://{more.get('outlet', name)}.example/{name}")
        article = Article(
            url=url,
            outlet=more.get("outlet", name),
            outlet_name=more.get("outlet_name", f"Báo {name.title()}"),
            scope=Scope.FOREIGN if more.get("language") == "en" else Scope.DOMESTIC,
            title=title,
            text=text,
            lead=more.get("lead", ""),
            byline=more.get("byline", ""),
            language=more.get("language", "vi"),
            published=PublicationDate(at, "meta", 0.9),
            fetched_at=at + timedelta(minutes=20),
        )
        return self.save(article, label=label)

    def save(self, article: Article, *, label: str = "about") -> int:
        """Save a capture of the article, the article and its reading."""
        body = f"<html><title>{article.title}</title><p>{article.text}</p></html>".encode()
        headers = (("content-type", "text/html; charset=utf-8"), ("server", "press"))
        snapshot = Snapshot(article.outlet, article.url, article.url, 200, headers, body, article.fetched_at)
        with self.sessions.begin() as session:
            save_snapshot(session, self.archive, snapshot, now=article.fetched_at)
            kept = replace(article, snapshot_sha256=snapshot.sha256)
            stored = save_article(session, kept, now=article.fetched_at)
            reading = make_reading(kept, label)
            save_reading(session, stored.number, stored.version, reading, now=article.fetched_at)
        return stored.number

    def story(self, story_id: str, members: Sequence[tuple[int, int]]) -> None:
        """Group articles: pairs of number and the number it copies."""
        made = [Membership(n, story_id, copy_of, 0.9, ("shares a headline",)) for n, copy_of in members]
        with self.sessions.begin() as session:
            save_memberships(session, made, now=NOW)


def make_reading(article: Article, label: str) -> Reading:
    """A reading with every sentence that has a figure as a claim."""
    claims = tuple(
        Claim(m.group(), m.start(), m.end(), 0.8, ("a figure",))
        for m in re.finditer(r"[^.\n]*\d[^.\n]*\.", article.text)
    )
    at = article.text.find("Đức Cơ")
    places = (
        (PlaceMention("Đức Cơ", "c1", at, at + 6, MentionKind.EVENT_PLACE, "name after xã"),)
        if at >= 0
        else ()
    )
    return Reading(
        language=LanguageGuess(article.language, "declared", 1.0),
        relevance=Relevance(RelevanceLabel(label), 0.9, ("names a commune of the province",)),
        topics=(TopicTag("T12", 0.8, ("ngập",)),) if "ngập" in article.text or "Lũ" in article.text else (),
        places=places,
        claims=claims,
        reader_version="test-1",
    )


def make_flag(seed: Seeder, story: str, *, number: int, other: int, text: str, against: str) -> Flag:
    """A flag on the second sentence of FLOOD_B with the second of FLOOD_A as evidence."""
    claim = next(c for c in make_reading(_bare(text), "about").claims if "hộ dân" in c.text)
    quoted = next(c for c in make_reading(_bare(against), "about").claims if "hộ dân" in c.text)
    evidence = Evidence(
        text=quoted.text,
        start=quoted.start,
        end=quoted.end,
        document="https://ngongio.example/flood",
        document_title="Ngập ở Đức Cơ",
        publisher="Báo Ngọn Gió",
        published=NOW - timedelta(hours=9),
        stance=Stance.AGAINST,
        why="120 hộ dân ≠ 210 hộ dân",
        article=other,
        version=1,
    )
    because = ("120 hộ dân", "210 hộ dân")
    return Flag("figures", "figures-1", claim, number, 1, story, (evidence,), 0.8, because, ("giờ kiểm đếm",))


def _bare(text: str) -> Article:
    return Article("https://x.example/", "x", "X", Scope.DOMESTIC, "X", text)


def seed_press(sessions: Sessions, archive: Archive) -> Seeded:
    """A flood with copies, a foreign report and figures that disagree; football; a hostile title."""
    seed = Seeder(sessions, archive)
    first = seed.article(
        "flood", title="Ngập ở Đức Cơ, hàng trăm hộ dân sơ tán", text=FLOOD_A, hours=9, outlet="ngongio",
        outlet_name="Báo Ngọn Gió", byline="Bút danh Mây", lead="Nước lên nhanh trong đêm.",
    )  # fmt: skip
    copy = seed.article(
        "copy",
        title="Ngập ở Đức Cơ, hàng trăm hộ dân sơ tán",
        text=FLOOD_A,
        hours=8,
        outlet="songba",
        outlet_name="Tin Sông Ba",
    )
    other = seed.article(
        "flood2",
        title="Lũ về nhanh, 210 hộ dân Đức Cơ phải dời nhà",
        text=FLOOD_B,
        hours=7,
        outlet="caonguyen",
        outlet_name="Đài Cao Nguyên",
    )
    foreign = seed.article(
        "foreign",
        title="Floods hit Gia Lai province",
        text=FLOOD_EN,
        hours=6,
        language="en",
        outlet="courier",
        outlet_name="Highland Courier",
    )
    football = seed.article(
        "football",
        title="HAGL thắng trận thứ ba",
        text="Đội bóng phố núi thắng 2-0 trên sân Pleiku.",
        hours=5,
        label="sport",
    )
    hostile = seed.article(
        "hostile", title=HOSTILE, hours=4, text="<b onclick=alert(1)>Tin</b> <script>alert(2)</script> 5 ca.",
        url="javascript:alert(3)", outlet_name="<i>Báo</i> Lạ",
        byline="<script>alert(4)</script>",
    )  # fmt: skip
    seed.story("s-flood", [(first, 0), (copy, first), (other, 0), (foreign, 0)])
    seed.story("s-football", [(football, 0)])
    seed.story("s-hostile", [(hostile, 0)])
    flag = make_flag(seed, "s-flood", number=other, other=first, text=FLOOD_B, against=FLOOD_A)
    with sessions.begin() as session:
        save_flags(session, "s-flood", [flag], now=NOW)
    numbers = {"flood": first, "copy": copy, "other": other, "foreign": foreign, "hostile": hostile}
    english = make_reading(_bare(FLOOD_EN), "about").claims[0].key
    return Seeded("s-flood", "s-hostile", "s-football", numbers, flag.claim.key, english)


LETTER = (
    "<!DOCTYPE html>\n<html>\n<head><style>p { color: teal }</style></head><body><p style='margin: 0'>chữ</p>"
    "<a href='https://ngongio.example/1'>bài</a><script>document.title = 'taken over'</script></body></html>"
)


def seed_office(sessions: Sessions) -> None:
    """States of feeds, and notices in every state."""
    states = (
        FeedState(
            "https://ngongio.example/rss",
            "ngongio",
            FeedOutcome.OK,
            "200",
            checked_at=NOW,
            succeeded_at=NOW,
            new_article_at=NOW,
        ),
        FeedState(
            "https://songba.example/rss", "songba", FeedOutcome.DEAD, "HTTP 404", checked_at=NOW, failures=7
        ),
        FeedState(
            "https://caonguyen.example/rss",
            "caonguyen",
            FeedOutcome.UNCHANGED,
            "304",
            checked_at=NOW,
            succeeded_at=NOW,
            new_article_at=NOW - timedelta(days=20),
        ),
    )
    with sessions.begin() as session:
        for state in states:
            save_state(session, state)
        for number in range(3):
            notice = Notice(
                f"digest:leaders:{NOW:%Y-%m}-0{number + 1}:leaders",
                "leaders",
                "lanhdao@example.vn",
                "mail",
                f"Điểm báo số {number}",
                "chữ",
                LETTER,
                "bản tin hằng ngày",
                f"<{number}@desk.example>",
                NOW,
            )
            enqueue(session, notice)
        sent, failed = (claim_next(session, channel="mail", worker="w", now=NOW) for _ in range(2))
        assert sent is not None
        assert failed is not None
        record_sent(session, sent.number, now=NOW)
        record_failed(session, failed.number, permanent=True, detail="550 no such box", now=NOW)


def make_configuration() -> Configuration:
    """Four outlets, two topics, one commune."""

    def source(id_: str, name: str, **more: str) -> Source:
        return Source(
            id_,
            name,
            f"{id_}.example",
            Scope.DOMESTIC,
            "VN",
            "vi",
            "newspaper",
            (Feed(f"https://{id_}.example/rss"),),
            **more,
        )

    return Configuration(
        sources=(
            source("ngongio", "Báo Ngọn Gió"),
            source("songba", "Tin Sông Ba"),
            source("caonguyen", "Đài Cao Nguyên"),
            source("courier", "Highland Courier"),
            source("tat", "Báo Tắt", disabled="trả lời 403"),
        ),
        topics=(
            Topic("T12", "Môi trường, thiên tai", "Environment, disaster", "", (), ()),
            Topic("T00", "Thể thao", "Sport", "", (), ()),
        ),
        gazetteer=Gazetteer((Place("c1", ("Đức Cơ",), PlaceLevel.COMMUNE, ("xã",)),), (), "test"),
        units=(),
        rules=Rules((), ()),
        calendar=(),
    )


@dataclass(slots=True)
class Bench:
    """A desk to test: its dependencies, the seed, the clock and the pack maker."""

    deps: DeskDependencies
    seeded: Seeded
    clock: Clock
    packs: PackMaker
    engine: Engine
    token: str  # of the session of lan.anh, "" where nobody has an account

    def client(self) -> TestClient:
        """A browser that has never been here."""
        app = make_app(self.deps)
        return TestClient(app, base_url=BASE, client=("127.0.0.1", 50000), follow_redirects=False)


def open_bench(folder: Path, seeded: Seeded, token: str) -> Bench:
    """A desk over a store that lies in `folder`."""
    engine = open_engine(f"sqlite:///{folder}/desk.sqlite")
    clock, packs = Clock(), PackMaker()
    deps = DeskDependencies(
        sessions=make_sessions(engine),
        archive=Archive(folder / "archive"),
        configuration=make_configuration(),
        words=translator,
        now=clock,
        make_pack=packs,
        secret=b"0123456789abcdef0123456789abcdef",
        base_address=BASE,
    )
    return Bench(deps, seeded, clock, packs, engine, token)


@dataclass(frozen=True, slots=True)
class Mould:
    """A store seeded once: as on the first start, and with the account of lan.anh, who is signed in."""

    fresh: Path
    settled: Path
    seeded: Seeded
    token: str


@pytest.fixture(scope="session")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """Made once, since migrations and password hashes take their time; tests work on copies."""
    fresh = tmp_path_factory.mktemp("fresh")
    engine = open_engine(f"sqlite:///{fresh}/desk.sqlite")
    upgrade(engine)
    sessions = make_sessions(engine)
    seeded = seed_press(sessions, Archive(fresh / "archive"))
    seed_office(sessions)
    engine.dispose()
    settled = tmp_path_factory.mktemp("settled")
    shutil.copytree(fresh, settled, dirs_exist_ok=True)
    bench = open_bench(settled, seeded, "")
    visitor = Visitor(bench.client())
    open_account(bench, visitor)
    token = visitor.client.cookies["diembao_session"]
    bench.engine.dispose()
    return Mould(fresh, settled, seeded, token)


def open_account(bench: Bench, visitor: Visitor) -> None:
    """Go through the first one-time link as lan.anh."""
    link = first_start_link(bench.deps.sessions, BASE, NOW)
    assert link is not None
    path = link.removeprefix(BASE)
    fields = {"name": "lan.anh", "password": PASSWORD, "again": PASSWORD}
    answer = visitor.send(path, fields, page=path)
    assert answer.status_code == 303, answer.text


@pytest.fixture
def bench(request: pytest.FixtureRequest, mould: Mould, tmp_path: Path) -> Iterator[Bench]:
    """A seeded store and a desk over it; with the account of lan.anh where a test uses her."""
    is_settled = "lan" in request.fixturenames
    shutil.copytree(mould.settled if is_settled else mould.fresh, tmp_path / "desk")
    made = open_bench(tmp_path / "desk", mould.seeded, mould.token if is_settled else "")
    yield made
    made.engine.dispose()


class Visitor:
    """A browser without JavaScript: looks at pages, sends their forms with token and origin."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **more: object):
        return self.client.get(path, **more)

    def token(self, page: str = "/sign-in") -> str:
        """The hidden token of a page's forms."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def send(self, path: str, fields: dict[str, object], *, page: str = "/sign-in", **headers: str):
        """POST a form as the page `page` would."""
        sent = {"Origin": BASE, "Sec-Fetch-Site": "same-origin", **headers}
        return self.client.post(path, data={"csrf": self.token(page), **fields}, headers=sent)


@pytest.fixture
def stranger(bench: Bench) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(bench.client())


@pytest.fixture
def lan(bench: Bench) -> Visitor:
    """The first colleague, signed in."""
    visitor = Visitor(bench.client())
    visitor.client.cookies.set("diembao_session", bench.token)
    return visitor


@pytest.fixture
def edited(bench: Bench) -> int:
    """The number of an article of which a second version was captured, with another figure."""
    with bench.deps.sessions() as session:
        first = find_article(session, bench.seeded.numbers["flood"])
    assert first is not None
    text = first.article.text.replace("120", "135")
    later = replace(first.article, text=text, fetched_at=NOW, snapshot_sha256="")
    return Seeder(bench.deps.sessions, bench.deps.archive).save(later)


@pytest.fixture
def seeder(bench: Bench) -> Seeder:
    """Puts more material into the bench's store."""
    return Seeder(bench.deps.sessions, bench.deps.archive)


@pytest.fixture
def visitors(bench: Bench) -> Callable[[], Visitor]:
    """Makes further browsers that have never been here."""
    return lambda: Visitor(bench.client())


@pytest.fixture
def counted(bench: Bench) -> Iterator[list[str]]:
    """Every SQL statement that is executed, in order."""
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(bench.engine, "before_cursor_execute", count)
    yield statements
    event.remove(bench.engine, "before_cursor_execute", count)


@pytest.fixture
def now() -> datetime:
    """The desk's clock (UTC)."""
    return NOW

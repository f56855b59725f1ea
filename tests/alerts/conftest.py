"""Makers of invented material: outlets, articles, stories and flags that exist nowhere."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from babel.messages.pofile import read_po
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import alerts
from alerts.material import DigestMaterial, Office, OpenFlag, SeenChange
from store.database import make_sessions, open_engine, upgrade
from store.types import (
    Article,
    CalendarEntry,
    Claim,
    Deadline,
    Event,
    EventKind,
    Evidence,
    Feed,
    FeedOutcome,
    FeedState,
    Flag,
    LanguageGuess,
    MentionKind,
    Notice,
    Place,
    PlaceLevel,
    PlaceMention,
    PublicationDate,
    Quantity,
    ReadArticle,
    Reading,
    Recipient,
    Relevance,
    RelevanceLabel,
    Review,
    Rules,
    Saved,
    Scope,
    Source,
    Stance,
    Story,
    StoryMember,
    Topic,
    TopicTag,
    Unit,
    Verdict,
)

CATALOGUE = Path(alerts.__file__).parents[1] / "config/locale/vi/LC_MESSAGES/diembao.po"
END = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 06:30 on 22 November in Gia Lai
START = END - timedelta(days=1)

BRIDGE = (
    "Cầu Ia Rin bị nước cuốn trôi lúc 3 giờ sáng. Theo UBND xã, 45 hộ dân phải di dời trong đêm. Lũ đã rút."
)
BRIDGE_OTHER = "Mưa lớn làm sập cầu Ia Rin. Có 60 hộ dân phải di dời trong đêm. Học sinh nghỉ học một ngày."

TOPICS = (
    Topic(
        "T01", "Biên giới, lãnh thổ, cửa khẩu", "Border, territory, border gates", "", (), (), priority="read"
    ),
    Topic("T10", "Văn hóa, du lịch, di sản", "Culture, tourism, heritage", "", (), (), priority="scan"),
    Topic(
        "T12", "Môi trường, thiên tai, khí hậu", "Environment, disaster, climate", "", (), (), priority="read"
    ),
    Topic("T15", "Báo chí, truyền thông, tin giả", "Press, media, false information", "", (), ()),
    Topic("T00", "Thể thao và nhiễu", "Sport and noise", "", (), (), priority="hidden"),
)
PLACES = (
    Place("p52", ("Gia Lai",), PlaceLevel.PROVINCE, ("tỉnh",)),
    Place("c23872", ("Ia Dom",), PlaceLevel.COMMUNE, ("xã",)),
    Place("o23872", ("Ia Dom",), PlaceLevel.COMMUNE, ("xã",), successors=("c23872",)),
    Place("c21583", ("Quy Nhơn",), PlaceLevel.COMMUNE, ("phường",)),
)
UNITS = (
    Unit("so-nnmt", "Sở Nông nghiệp và Môi trường", topics=("T12",)),
    Unit("so-ngoaivu", "Sở Ngoại vụ", topics=("T01",)),
    Unit("xa-ia-dom", "UBND xã Ia Dom", places=("c23872",)),
    Unit("huyen-cu", "UBND huyện cũ", topics=("T12",), valid_to=date(2025, 6, 30)),
)
SOURCES = (
    Source("ngongio", "Báo Ngọn Gió", "ngongio.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed("https://ngongio.example/rss"),)),
    Source("songba", "Tin Sông Ba", "songba.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed("https://songba.example/rss"),)),
    Source("caonguyen", "Đài Cao Nguyên", "caonguyen.example", Scope.DOMESTIC, "VN", "vi", "broadcaster", (Feed("https://caonguyen.example/rss"),)),
    Source("courier", "Highland Courier", "courier.example", Scope.FOREIGN, "GB", "en", "newspaper", (Feed("https://courier.example/rss"),)),
    Source("quiet", "Báo Lặng", "lang.example", Scope.DOMESTIC, "VN", "vi", "magazine"),
)  # fmt: skip
NAMES = {source.id: source for source in SOURCES}
DEADLINES = (
    Deadline(
        "major-event", "Sự việc có tác động lớn", 24, "hours",
        "người có thẩm quyền ghi nhận đã tiếp nhận, xử lý sự việc", "Điều 7 khoản 3 Nghị định 244/2026/NĐ-CP",
    ),
    Deadline(
        "forwarded-opinion", "Thông báo kết quả xử lý kiến nghị báo chí chuyển đến", 15, "working_days",
        "ghi nhận văn bản của báo chí", "Điều 18 Nghị định 237/2026/NĐ-CP",
    ),
    Deadline("old", "Quy định cũ", 1, "days", "sự việc xảy ra", "Nghị định cũ", valid_to=date(2026, 6, 30)),
)  # fmt: skip
RULES = Rules(
    recipients=(
        Recipient("lanh-dao", "Lãnh đạo Văn phòng", "lanhdao@office.example"),
        Recipient("bao-chi", "Phòng Báo chí", "baochi@office.example", language="en"),
    ),
    deadlines=DEADLINES,
    sender="Điểm Báo <diembao@office.example>",
    reply_to="baochi@office.example",
    list_id="diembao.office.example",
    office="Văn phòng Ủy ban nhân dân tỉnh",
    superior="Ủy ban nhân dân tỉnh Gia Lai",
)
CALENDAR = (
    CalendarEntry(date(2026, 11, 24), "Ngày hội văn hóa các dân tộc", "event"),
    CalendarEntry(date(2027, 1, 1), "Tết Dương lịch", "holiday"),
)
OFFICE = Office(topics=TOPICS, units=UNITS, places=PLACES, sources=SOURCES, rules=RULES, calendar=CALENDAR)


class Makers:
    """Small verbs that make material; whatever is not said is ordinary."""

    start, end, office, names, bridge, bridge_other = START, END, OFFICE, NAMES, BRIDGE, BRIDGE_OTHER

    def article(self, number: int, **given: Any) -> Article:
        source = NAMES[given.pop("outlet", "ngongio")]
        at = given.pop("at", END - timedelta(hours=20 - number % 19))
        facts = {
            "url": f"https://{source.domain}/bai-{number}.html",
            "outlet": source.id,
            "outlet_name": source.name,
            "scope": source.scope,
            "title": f"Bài số {number}",
            "text": "Câu thứ nhất của bài. Câu thứ hai của bài. Câu thứ ba.",
            "language": source.language,
            "published": PublicationDate(at, "meta", 1.0) if at else None,
            "fetched_at": END - timedelta(hours=1),
            "snapshot_sha256": f"{number:064x}",
        }
        return Article(**(facts | given))

    def claim(self, text: str, sentence: str, *quantities: Quantity) -> Claim:
        start = text.index(sentence)
        return Claim(sentence, start, start + len(sentence), 0.9, ("số liệu",), quantities)

    def quantity(
        self, text: str, figure: str, value: float, unit: str = "household", thing: str = "ho dan"
    ) -> Quantity:
        start = text.index(figure)
        return Quantity(figure, start, start + len(figure), value, value, unit, thing)

    def read(self, number: int, **given: Any) -> ReadArticle:
        reading = {
            "language": LanguageGuess(given.get("language", "vi"), "declared", 1.0),
            "relevance": Relevance(given.pop("label", RelevanceLabel.ABOUT), 1.0, ("tên tỉnh",)),
            "topics": tuple(
                TopicTag(t, 1.0 - i / 10, ("từ khóa",)) for i, t in enumerate(given.pop("topics", ("T12",)))
            ),
            "places": tuple(
                PlaceMention("Ia Dom", p, 0, 6, MentionKind.EVENT_PLACE, "tên")
                for p in given.pop("places", ())
            ),
            "claims": given.pop("claims", ()),
            "reader_version": "1",
        }
        saved_at = given.pop("saved_at", END - timedelta(hours=1))
        return ReadArticle(number, 1, self.article(number, **given), Reading(**reading), saved_at)

    def story(self, name: str, *items: ReadArticle, copies: dict[int, int] | None = None) -> Story:
        copied = copies or {}
        return Story(
            name, tuple(StoryMember(item, copied.get(item.number, 0), ("cùng sự việc",)) for item in items)
        )

    def evidence(self, item: ReadArticle, sentence: str, stance: Stance = Stance.AGAINST) -> Evidence:
        start = item.article.text.index(sentence)
        return Evidence(
            sentence, start, start + len(sentence), item.article.url, item.article.title,
            item.article.outlet_name, item.article.when, stance, "cùng đại lượng, số khác",
            item.number, item.version,
        )  # fmt: skip

    def flag(
        self, number: int, story: str, item: ReadArticle, claim: Claim, *evidence: Evidence, **given: Any
    ) -> OpenFlag:
        reviews = given.pop("reviews", ())
        saved_at = given.pop("saved_at", END - timedelta(minutes=30))
        facts = {"strength": 0.8, "because": ("45 khác 60",), "missing": ("số liệu chính thức",)} | given
        flag = Flag("figures", "1", claim, item.number, item.version, story, evidence, **facts)
        return OpenFlag(Saved(number, saved_at, flag), item, reviews)

    def review(self, claim: Claim, verdict: Verdict, reason: str = "đối chiếu biên bản") -> Review:
        at = END - timedelta(minutes=10)
        return Review(claim.key, claim.text, 1, verdict, reason, "ban.doc", at, ("kho:1",))

    def trouble(self, source: str, outcome: FeedOutcome = FeedOutcome.DEAD, **given: Any) -> FeedState:
        facts = {
            "url": NAMES[source].feeds[0].url,
            "source": source,
            "outcome": outcome,
            "detail": "HTTP 404",
        }
        return FeedState(**(facts | given))

    def event(self, kind: EventKind = EventKind.HEADLINE_CHANGED, **given: Any) -> Event:
        at = given.pop("at", END - timedelta(hours=3))
        facts = {"source": "ngongio", "article": 1, "before": "", "after": "", "detail": ""} | given
        key = given.get("key", "|".join(map(str, (kind.value, at, *facts.values()))))
        return Event(kind=kind, at=at, **(facts | {"key": key}))

    def change(self, item: ReadArticle, kind: EventKind, **given: Any) -> SeenChange:
        """Something that happened to an article's page; `saved_at` is when it was noticed."""
        saved_at = given.pop("saved_at", END - timedelta(hours=1))
        number, before_at = given.pop("number", 1), given.pop("before_at", None)
        return SeenChange(
            Saved(number, saved_at, self.event(kind, article=item.number, **given)), item, before_at
        )

    def condition(self, source: str, after: str, **given: Any) -> Event:
        return self.event(EventKind.SOURCE_STATE, source=source, article=0, after=after, **given)

    def flood(self) -> tuple[Story, OpenFlag]:
        """A flood told by three outlets, one of them copying, with figures that differ."""
        mine = self.claim(
            BRIDGE, "Theo UBND xã, 45 hộ dân phải di dời trong đêm.", self.quantity(BRIDGE, "45 hộ dân", 45)
        )
        theirs = self.claim(
            BRIDGE_OTHER, "Có 60 hộ dân phải di dời trong đêm.", self.quantity(BRIDGE_OTHER, "60 hộ dân", 60)
        )
        first = self.read(
            1,
            title="Cầu Ia Rin bị cuốn trôi",
            text=BRIDGE,
            claims=(mine,),
            places=("c23872",),
            at=END - timedelta(hours=10),
        )
        copy = self.read(
            2,
            title="Cầu Ia Rin trôi",
            text=BRIDGE,
            claims=(mine,),
            outlet="caonguyen",
            at=END - timedelta(hours=9),
        )
        other = self.read(
            3,
            title="Sập cầu Ia Rin",
            text=BRIDGE_OTHER,
            claims=(theirs,),
            outlet="songba",
            at=END - timedelta(hours=8),
        )
        story = self.story("s1", first, copy, other, copies={2: 1})
        return story, self.flag(1, "s1", first, mine, self.evidence(other, theirs.text))

    def material(self, *stories: Story, **given: Any) -> DigestMaterial:
        return DigestMaterial(START, END, stories, **({"office": OFFICE} | given))

    def rules(self, **given: Any) -> Rules:
        return replace(RULES, **given)

    def notice(self, key: str = "digest:leaders:2026-11-22:lanh-dao", **given: Any) -> Notice:
        facts = {
            "key": key,
            "recipient": "lanh-dao",
            "address": "lanhdao@office.example",
            "channel": "mail",
            "subject": "Điểm báo 22/11/2026",
            "text": "Xin chào\n",
            "html": "<p>Xin chào</p>",
            "reason": "bản tin hằng ngày",
            "message_id": "<abc@office.example>",
            "created_at": END,
        }
        return Notice(**(facts | given))


@pytest.fixture
def make() -> Makers:
    return Makers()


@pytest.fixture
def plain():
    """Words as they stand in the code: the English of the catalogue."""
    return lambda msgid: msgid


@pytest.fixture
def sessions(tmp_path: Any):
    """Sessions on a new SQLite file."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    upgrade(engine)
    yield make_sessions(engine)
    engine.dispose()


class PostOffice:
    """A real SMTP server on loopback that keeps what it takes and answers as it is told."""

    def __init__(self) -> None:
        self.messages: list = []
        self.recipients: list[str] = []
        self.answers: list[str] = []  # to the next texts, then 250
        self.refused: dict[str, str] = {}  # recipient -> answer

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: Any, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
        return answer


class AnyPort(Controller):
    """aiosmtpd's controller on a port that the system chooses; its own greets the port it was asked for."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post_office():
    office = PostOffice()
    controller = AnyPort(office, hostname="127.0.0.1", port=0)
    controller.start()
    office.port = controller.port
    yield office
    controller.stop()


@pytest.fixture
def certificate(tmp_path: Any):
    """A file with a certificate of 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain_key = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + plain_key)
    return path


@pytest.fixture
def private_post_office(certificate: Any):
    """A mail server that takes letters over STARTTLS only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    office = PostOffice()
    controller = AnyPort(office, hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True)
    controller.start()
    office.port = controller.port
    yield office
    controller.stop()


@pytest.fixture
def scripted():
    """A server that says its lines in turn to whatever it hears, then does what `ending` says."""
    threads, sockets = [], []

    def start(lines: Any, *, ending: Any) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)

        def serve() -> None:
            connection, _ = listening.accept()
            sockets.append(connection)
            connection.settimeout(10)
            for line in lines:
                connection.sendall(line)
                if line is not lines[-1] or ending == "close":
                    connection.recv(65_536)
            if ending == "close":
                connection.close()

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return listening.getsockname()[1]

    yield start
    for thread in threads:
        thread.join(10)
    for opened in sockets:
        opened.close()


@pytest.fixture
def words():
    """A language's words, read from the catalogue itself: alerts knows no config."""
    with CATALOGUE.open("rb") as file:
        vietnamese = {str(message.id): str(message.string) for message in read_po(file) if message.id}

    def translator(language: str) -> Any:
        return (lambda msgid: vietnamese.get(msgid, msgid)) if language == "vi" else (lambda msgid: msgid)

    return translator


class Receiver(ThreadingHTTPServer):
    """A real HTTP server on loopback that keeps what is posted and answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ReceiverTalk)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []  # in turn, then 200
        self.wait = 0.0  # seconds before each answer
        self.port = self.server_address[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.place}/nhan"

    def handle_error(self, _request: Any, _address: Any) -> None:
        """Whoever asked has gone: nothing to tell."""


class ReceiverTalk(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        server.asked.append((self.path, dict(self.headers.items()), body))
        time.sleep(server.wait)
        status, headers = server.answers.pop(0) if server.answers else (200, {})
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers.items()), b""))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def receivers():
    """Starts real HTTP servers on loopback."""
    started = []

    def start() -> Receiver:
        server = Receiver()
        started.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(receivers: Any):
    return receivers()


@pytest.fixture
def start_post_office():
    """Starts real mail servers on loopback, with options of aiosmtpd."""
    controllers = []

    def start(**options: Any) -> PostOffice:
        office = PostOffice()
        controller = AnyPort(office, hostname="127.0.0.1", port=0, **options)
        controller.start()
        controllers.append(controller)
        office.port = controller.port
        return office

    yield start
    for controller in controllers:
        controller.stop()

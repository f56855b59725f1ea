"""A small gazetteer and topics by hand, so that the rules are tested apart from the office's files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from config.load import load
from nlp.knowledge import Knowledge, make_knowledge
from store.types import (
    Article,
    Gazetteer,
    Place,
    PlaceLevel,
    PublicationDate,
    Scope,
    Topic,
    Trap,
)

LAST = date(2025, 6, 30)
FIRST = date(2025, 7, 1)


def _old(identifier: str, name: str, unit: str, **more: object) -> Place:
    level = PlaceLevel.COMMUNE if unit in {"xã", "phường", "thị trấn"} else PlaceLevel.DISTRICT
    return Place(identifier, (name,), level, (unit,), valid_to=LAST, **more)  # type: ignore[arg-type]


def _new(identifier: str, name: str, unit: str, **more: object) -> Place:
    return Place(
        identifier,
        (name,),
        PlaceLevel.COMMUNE,
        (unit,),
        valid_from=FIRST,
        parent="p52",
        **more,  # type: ignore[arg-type]
    )


PLACES = (
    Place("p52", ("Gia Lai", "Gialai", "嘉莱"), PlaceLevel.PROVINCE, ("tỉnh",), valid_from=FIRST),
    Place("p64", ("Gia Lai", "Gialai"), PlaceLevel.PROVINCE, ("tỉnh",), valid_to=LAST, successors=("p52",)),
    Place("p52-old", ("Bình Định",), PlaceLevel.PROVINCE, ("tỉnh",), valid_to=LAST, successors=("p52",)),
    Place(
        "d622",
        ("Pleiku", "Plei Ku", "Plây Cu"),
        PlaceLevel.DISTRICT,
        ("thành phố",),
        valid_to=LAST,
        successors=("c23575", "c23602"),
        parent="p64",
    ),
    _old("d631", "Đức Cơ", "huyện", successors=("c23857", "c23872"), parent="p64"),
    _old("d632", "Chư Prông", "huyện", successors=("c23887", "c23938"), parent="p64"),
    _old("d542", "An Lão", "huyện", successors=("c21609",), parent="p52-old", ambiguous=True),
    _old("o23872", "Ia Dom", "xã", successors=("c23872",), parent="d631"),
    _old("o23896", "Chư Ty", "thị trấn", successors=("c23857",), parent="d631"),
    _old("o23602", "An Phú", "xã", successors=("c23602",), parent="d622", ambiguous=True),
    _new("c23575", "Pleiku", "phường"),
    _new("c23602", "An Phú", "phường", ambiguous=True),
    _new("c21609", "An Lão", "xã", ambiguous=True),
    _new("c23857", "Đức Cơ", "xã"),
    _new("c23872", "Ia Dom", "xã"),
    _new("c23887", "Chư Prông", "xã"),
    _new("c23938", "Ia Mơ", "xã"),
    Place("l-le-thanh", ("Lệ Thanh", "Le Thanh"), PlaceLevel.LANDMARK, ("cửa khẩu",), parent="c23872"),
    Place("l-kon-ka-kinh", ("Kon Ka Kinh",), PlaceLevel.LANDMARK, (), parent="p52"),
    Place("l-tay-nguyen", ("Tây Nguyên", "Central Highlands"), PlaceLevel.LANDMARK, ambiguous=True),
    Place("n-quang-ngai", ("Quảng Ngãi",), PlaceLevel.NEIGHBOUR, ("tỉnh",)),
)
TRAPS = (
    Trap("HAGL", "sport"),
    Trap("Hoàng Anh Gia Lai", "company"),
    Trap("sân {place}", "sport"),
    Trap("đường {place}", "street"),
    Trap("phố {place}", "street"),
    Trap("{place} street", "street"),
    Trap("người {place}", "origin"),
    Trap("cà phê {place}", "product"),
    Trap("xổ số {place}", "list"),
    Trap("Battle of {place}", "history"),
)
TOPICS = (
    Topic(
        "T01",
        "Biên giới",
        "Border",
        "",
        ("biên giới", "cửa khẩu Lệ Thanh", "cột mốc"),
        ("border gate", "Le Thanh"),
    ),
    Topic(
        "T02",
        "Biển, đảo",
        "Sea",
        "",
        ("tàu cá", "ngư dân", "IUU"),
        ("fishing vessel",),
        case_sensitive=("IUU",),
    ),
    Topic(
        "T03", "Tôn giáo", "Religion", "", ("tôn giáo", "tự do tôn giáo", "Tin Lành"), ("church", "pastor")
    ),
    Topic("T04", "Nhân quyền", "Rights", "", ("nhân quyền", "xuyên tạc"), ("human rights", "crackdown")),
    Topic("T07", "An ninh", "Security", "", ("khởi tố", "ma túy", "bắt tạm giam"), ("smuggling", "police")),
    Topic("T00", "Thể thao", "Sport", "", ("HAGL", "vòng đấu"), ("HAGL", "striker")),
)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES, TRAPS, "test-1")


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return TOPICS


@pytest.fixture(scope="session")
def knowledge(gazetteer: Gazetteer, topics: tuple[Topic, ...]) -> Knowledge:
    return make_knowledge(gazetteer, topics)


@pytest.fixture(scope="session")
def office() -> Knowledge:
    """What reading knows with the office's own files, for tests of those."""
    configuration = load(None)
    return make_knowledge(configuration.gazetteer, configuration.topics)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    """A maker of articles: article(text, title="", day=None)."""

    def make(
        text: str, title: str = "", day: date | None = None, url: str = "https://bao.example/1"
    ) -> Article:
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC) if day else None
        published = PublicationDate(at, "given", 1.0) if at else None
        return Article(url, "bao", "Báo", Scope.DOMESTIC, title=title, text=text, published=published)

    return make

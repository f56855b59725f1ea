"""Real newspapers' articles through ingest and read: counts, languages, dates, and never an exception.

The folders are read where they lie, beside the checkout; nothing of them is copied.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.settings import Settings
from desk.house import House, open_house
from desk.ingest import ingest
from nlp.run import read_new
from store.tables import ArticleRow, ReadingRow, VersionRow

pytestmark = pytest.mark.data
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
EACH = pytest.mark.parametrize(
    "step", [6, pytest.param(1, marks=pytest.mark.soak)], ids=["every sixth", "all of them"]
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(Settings(home=tmp_path), clock=lambda: NOW) as opened:
        yield opened


def lines(file: Path) -> list[bytes]:
    with gzip.open(file, "rb") as opened:
        return list(opened)


def read_all(house: House) -> Counter[str]:
    """Read everything in two processes; the languages found."""
    read_new(house.sessions, house.make_knowledge(), now=NOW, progress=lambda *_: None, processes=2)
    with house.sessions() as session:
        waiting = session.scalar(select(func.count()).select_from(ArticleRow)) - session.scalar(
            select(func.count()).select_from(ReadingRow)
        )
        assert waiting == 0
        return Counter(session.scalars(select(ReadingRow.language)))


@EACH
def test_dan_tri_articles_are_ingested_dated_and_read(house: House, data: Path, step: int) -> None:
    every = lines(data / "classification" / "unc" / "unc.jsonl.gz")
    given = every[::step]
    report = ingest(given, house.sessions, house.configuration.sources, now=NOW)
    addresses = {json.loads(line)["url"] for line in given}
    assert (len(every), report.bad) == (2653, [])
    assert report.new == len(addresses)
    with house.sessions() as session:
        earliest, latest = session.execute(
            select(func.min(VersionRow.when_at), func.max(VersionRow.when_at))
        ).one()
    assert 2019 <= earliest.year <= latest.year <= 2021
    assert read_all(house)["vi"] >= 0.995 * report.new


@EACH
def test_vims_articles_are_ingested_and_read(house: House, data: Path, step: int) -> None:
    every = lines(data / "clustering" / "vims" / "vims.jsonl.gz")
    given = every[::step]
    report = ingest(given, house.sessions, house.configuration.sources, now=NOW)
    assert len(every) == 1945
    assert report.new == len(given)
    assert report.bad == []
    assert len(report.notes) <= 0.02 * len(given), "dates that nobody could read"
    assert read_all(house)["vi"] >= 0.995 * report.new

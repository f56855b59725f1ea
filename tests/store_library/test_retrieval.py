"""How often the right passage stands among the first five: on own pairs, and on ViHallu's unseen half."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.documents.prose import make_passages
from crawler.documents.tables import Table, table_passages
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.library.search import find_like
from store.types import DocumentPassage, LibraryDocument

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FLOOR = 0.9  # of the pairs, among the first five

COMMUNES = (
    "Ia Dom", "Ia Nan", "Chư Prông", "Kbang", "An Lão", "Hoài Ân", "Vĩnh Thạnh", "Tuy Phước", "Kông Chro",
    "Krông Pa", "Đak Đoa", "Mang Yang", "Phù Cát", "Tây Sơn", "Ia Grai", "Chư Sê",
)  # fmt: skip
MATTERS = {
    "Dân số": ("người", "{place} hiện có khoảng {n} người sinh sống, theo một bài báo."),
    "Hộ nghèo": ("hộ", "Báo viết số hộ nghèo ở {place} lên tới {n} hộ."),
    "Diện tích cà phê": ("ha", "Nông dân {place} trồng {n} ha cà phê."),
    "Số trường học": ("trường", "Cả {place} chỉ có {n} trường học."),
    "Đường giao thông nông thôn": ("km", "{place} được cho là mới làm {n} km đường nông thôn."),
    "Trạm y tế": ("trạm", "Theo phản ánh, {place} có {n} trạm y tế."),
}


@pytest.fixture
def library(tmp_path: Path) -> Sessions:
    engine = open_engine(f"sqlite:///{tmp_path / 'library.sqlite'}")
    upgrade(engine)
    return make_sessions(engine)


def keep(sessions: Sessions, archive: Archive, title: str, passages: Sequence[DocumentPassage]) -> int:
    body = "\n".join(passage.text for passage in passages).encode()
    document = LibraryDocument(
        title=title, name=title, format="txt", sha256=hashlib.sha256(body).hexdigest(), added_by="lan"
    )
    with sessions.begin() as session:
        return save_document(session, archive, document, passages, body, now=NOW).number


def test_a_claim_finds_the_row_of_the_yearbook_that_it_is_about(library: Sessions, archive: Archive) -> None:
    for matter, (unit, _) in MATTERS.items():
        rows = [("Xã", "ĐVT", "2024", "2025")]
        rows += [(place, unit, str(100 + n), str(120 + n)) for n, place in enumerate(COMMUNES)]
        table = Table(((matter, "", "", ""), *rows), sheet=matter)
        passages = [
            DocumentPassage(f"{matter} – {passage.text}", cell=passage.cell)
            for passage in table_passages(table)[0]
        ]
        keep(library, archive, matter, passages)
    found, wanted = 0, 0
    with library() as session:
        for matter, (_, claim) in MATTERS.items():
            for place in COMMUNES:
                hits = find_like(session, claim.format(place=place, n=999))
                right = [
                    h for h in hits if h.document.document.title == matter and place in h.passage.passage.text
                ]
                found, wanted = found + bool(right), wanted + 1
    assert found / wanted >= FLOOR, f"{found} of {wanted}"


@pytest.mark.data
def test_an_answer_finds_the_passage_it_was_given_for(
    library: Sessions, archive: Archive, data: Path
) -> None:
    """ViHallu: 663 passages, of the pairs the half that nothing was chosen on (odd hash of the id)."""
    path = data / "factcheck" / "vihallu" / "val.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        pairs = list(csv.DictReader(file))
    numbers = {
        context: keep(library, archive, f"tài liệu {n}", make_passages(context.split("\n")))
        for n, context in enumerate(sorted({pair["context"] for pair in pairs}))
    }
    unseen = [pair for pair in pairs if int(hashlib.sha256(pair["id"].encode()).hexdigest(), 16) % 2]
    with library() as session:
        found = sum(
            numbers[pair["context"]] in {hit.document.number for hit in find_like(session, pair["response"])}
            for pair in unseen
        )
    assert len(unseen) > 300
    assert found / len(unseen) >= FLOOR, f"{found} of {len(unseen)}"

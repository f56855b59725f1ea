"""The evidence library growing to 100,000 passages: claims and queries looked for among them."""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from bench.apart import Row, find_peak
from bench.material import find_articles
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.library.search import find_like, search_library
from store.search import parse
from store.types import DocumentPassage, LibraryDocument

SIZES = (1_000, 10_000, 100_000)  # passages
_A_DOCUMENT = 500  # passages
_CLAIMS = 200
_STRANGE = 0.2  # of the words of a passage that comes again, so that no two are alike
_QUERIES = (
    "dân số", '"hộ nghèo"', "thu ngân sách 2020", "ngập lụt sơ tán", "cao tốc OR sân bay", "xuất khẩu cà phê",
    "đất rừng NOT hỏa hoạn", "dan toc thieu so", "học sinh nghỉ học", "tai nạn giao thông",
)  # fmt: skip


def measure_library() -> tuple[Row, ...]:
    """Passages added a second, and searches by their median as the library grows; no peer does the same."""
    claims = list(islice(make_sentences(random.Random(2)), _CLAIMS))  # noqa: S311  the same every time
    texts = make_texts()
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder)) as sessions:
        held, adding = 0, 0.0
        rows: list[Row] = []
        for size in SIZES:
            start = time.perf_counter()
            fill_library(sessions, Archive(Path(folder) / "archive"), size - held, texts=texts, first=held)
            adding += time.perf_counter() - start
            held = size
            with sessions() as session:
                rows += _search(session, size, claims)
        return (Row("library: passages added", held / adding, held), *rows)


def _search(session: Session, size: int, claims: Sequence[str]) -> tuple[Row, ...]:
    before = find_peak()
    like = _median(lambda words: find_like(session, words), claims)
    asked = _median(lambda words: search_library(session, parse(words)), _QUERIES * 5)
    own = find_peak() - before
    return (
        Row(f"library of {size:,}: a claim, {like * 1000:.1f} ms", 1 / like, len(claims), own_mib=own),
        Row(f"library of {size:,}: a query, {asked * 1000:.1f} ms", 1 / asked, len(_QUERIES) * 5),
    )


@contextmanager
def open_library(folder: Path) -> Iterator[Sessions]:
    """An empty library in a folder, closed in the end."""
    engine = open_engine(f"sqlite:///{folder}/library.sqlite")
    upgrade(engine)
    try:
        yield make_sessions(engine)
    finally:
        engine.dispose()


def make_texts() -> Iterator[str]:
    """Texts of passages without end, the same every time."""
    return make_sentences(random.Random(1))  # noqa: S311  the same every time


def fill_library(
    sessions: Sessions, archive: Archive, count: int, *, texts: Iterator[str] | None = None, first: int = 0
) -> None:
    """Put so many passages into a library, in documents of 500; `first`: how many it holds."""
    now = datetime.now(UTC)
    texts = texts or make_texts()
    for number in range(first // _A_DOCUMENT, (first + count) // _A_DOCUMENT):
        passages = [DocumentPassage(text, page=n + 1) for n, text in enumerate(islice(texts, _A_DOCUMENT))]
        body = str(number).encode()
        sha256 = hashlib.sha256(body).hexdigest()
        document = LibraryDocument(
            title=f"Tài liệu {number}", name="x", format="txt", sha256=sha256, added_by="x"
        )
        with sessions.begin() as session:
            save_document(session, archive, document, passages, body, now=now)


def make_sentences(chance: random.Random) -> Iterator[str]:
    """Three sentences at a time of the articles, over and over, from the second time on with other words."""
    articles = find_articles()
    words = [word for article in articles[:300] for word in article.text.split()]
    changed = 0.0
    while True:
        for article in articles:
            sentences = [s for s in article.text.replace("\n", ". ").split(". ") if len(s) > 20]
            for at in range(0, len(sentences), 3):
                text = ". ".join(sentences[at : at + 3])
                yield " ".join(chance.choice(words) if chance.random() < changed else w for w in text.split())
        changed = _STRANGE


def _median(search: Callable[[str], object], asked: Sequence[str]) -> float:
    """Seconds of a search in the middle."""
    times = []
    for words in asked:
        start = time.perf_counter()
        search(words)
        times.append(time.perf_counter() - start)
    return statistics.median(times)

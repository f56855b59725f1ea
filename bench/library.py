"""The evidence library: 100,000 passages added, then claims and queries looked for among them."""

from __future__ import annotations

import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.apart import Row
from bench.material import find_articles
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.library.search import find_like, search_library
from store.search import parse
from store.types import DocumentPassage, LibraryDocument

PASSAGES = 100_000
_A_DOCUMENT = 500  # passages
_CLAIMS = 200
_STRANGE = 0.2  # of the words of a passage that comes again, so that no two are alike
_QUERIES = (
    "dân số", '"hộ nghèo"', "thu ngân sách 2020", "ngập lụt sơ tán", "cao tốc OR sân bay", "xuất khẩu cà phê",
    "đất rừng NOT hỏa hoạn", "dan toc thieu so", "học sinh nghỉ học", "tai nạn giao thông",
)  # fmt: skip


def measure_library() -> tuple[Row, ...]:
    """Passages added a second, and searches a second by their median; no peer does the same."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/library.sqlite")
        upgrade(engine)
        sessions = make_sessions(engine)
        start = time.perf_counter()
        _fill(sessions, Archive(Path(folder) / "archive"))
        seconds = time.perf_counter() - start
        claims = list(islice(_sentences(random.Random(2)), _CLAIMS))  # noqa: S311  the same every time
        with sessions() as session:
            like = _median(lambda words: find_like(session, words), claims)
            asked = _median(lambda words: search_library(session, parse(words)), _QUERIES * 5)
        engine.dispose()
    return (
        Row("library: passages added", PASSAGES / seconds, PASSAGES),
        Row(f"library: a claim among them, {like * 1000:.0f} ms", 1 / like, _CLAIMS),
        Row(f"library: a query among them, {asked * 1000:.0f} ms", 1 / asked, len(_QUERIES) * 5),
    )


def _fill(sessions: Sessions, archive: Archive) -> None:
    now = datetime.now(UTC)
    texts = _sentences(random.Random(1))  # noqa: S311  the same every time
    for number in range(PASSAGES // _A_DOCUMENT):
        passages = [DocumentPassage(text, page=n + 1) for n, text in enumerate(islice(texts, _A_DOCUMENT))]
        body = str(number).encode()
        sha256 = hashlib.sha256(body).hexdigest()
        document = LibraryDocument(
            title=f"Tài liệu {number}", name="x", format="txt", sha256=sha256, added_by="x"
        )
        with sessions.begin() as session:
            save_document(session, archive, document, passages, body, now=now)


def _sentences(chance: random.Random) -> Iterator[str]:
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

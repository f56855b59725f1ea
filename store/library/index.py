"""The library's index: folded words of passages and pairs of them, and in how many passages a word stands.

SQLite: an FTS5 table `library_search` without content; PostgreSQL: a table with one tsvector. The same words
in both, see store.fulltext; how many passages hold a word is counted by us, so that both rank alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.folding import folded_words
from store.fulltext import lexemes
from store.loading import in_portions
from store.tables import DocumentRow, WordRow
from store.upsert import table_of

MOST_WORDS = 4_000  # of a passage; a tsvector counts positions to 16,383
_MOST_TITLE = 200
_AT_ONCE = 1_000

_INSERT_SQLITE = text(
    "INSERT INTO library_search (rowid, title, body, pairs) VALUES (:passage, :title, :body, :pairs)",
)
_INSERT_POSTGRESQL = text(
    "INSERT INTO library_search (passage, words) VALUES (:passage, CAST(:words AS tsvector))",
)


def index_passages(session: Session, title: str, texts: Mapping[int, str]) -> int:
    """Add the passages of one document to the index, in the caller's transaction; how many words they have.

    Args:
        session: in a writing transaction.
        title: the document's.
        texts: the passages by row id.

    """
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    titles = folded_words(title)[:_MOST_TITLE]
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    total = 0
    make = _postgresql_row if is_postgresql else _sqlite_row
    for passage, text_ in texts.items():
        words = folded_words(text_)[:MOST_WORDS]
        pairs = list(dict.fromkeys(pair_word(*pair) for pair in pairwise(words)))
        total += len(words)
        counts.update({*words, *titles})
        rows.append({"passage": passage, **make(titles, words, pairs)})
    statement = _INSERT_POSTGRESQL if is_postgresql else _INSERT_SQLITE
    if rows:
        session.execute(statement, rows)
    _count_words(session, counts)
    return total


def find_counts(session: Session, words: Iterable[str]) -> dict[str, int]:
    """In how many passages words stand; words that stand in none are left out."""
    found: dict[str, int] = {}
    for some in in_portions(sorted(set(words))):
        rows = session.execute(select(WordRow.word, WordRow.passages).where(WordRow.word.in_(some)))
        found.update((row.word, row.passages) for row in rows)
    return found


def find_size(session: Session) -> tuple[int, int]:
    """How many passages the library has, and how many words in them."""
    sums = select(
        func.coalesce(func.sum(DocumentRow.passages), 0), func.coalesce(func.sum(DocumentRow.words), 0)
    )
    passages, words = session.execute(sums).one()
    return int(passages), int(words)


def pair_word(first: str, second: str) -> str:
    """Two neighbouring folded words as one word of the index: much rarer than either."""
    return f"{first}_{second}"


def _sqlite_row(titles: list[str], words: list[str], pairs: list[str]) -> dict[str, str]:
    return {"title": " ".join(titles), "body": " ".join(words), "pairs": " ".join(pairs)}


def _postgresql_row(titles: list[str], words: list[str], pairs: list[str]) -> dict[str, str]:
    marked = lexemes(titles, (), start=1, weight="A")
    plain = lexemes(words, (), start=len(titles) + 10)
    return {"words": " ".join([*marked, *plain, *(f"'{pair}'" for pair in pairs)])}


def _count_words(session: Session, counts: Counter[str]) -> None:
    """Add to the counts; in the order of the words, so that two who add at once never wait for each other."""
    table = table_of(WordRow)
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    rows = [{"word": word, "passages": count} for word, count in sorted(counts.items())]
    for start in range(0, len(rows), _AT_ONCE):
        insert = postgresql.insert(table) if is_postgresql else sqlite.insert(table)
        added = insert.on_conflict_do_update(
            index_elements=["word"], set_={"passages": table.c.passages + insert.excluded.passages}
        )
        session.execute(added, rows[start : start + _AT_ONCE])

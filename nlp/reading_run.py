"""Unread articles -> readings in the store. Killed at any moment it goes on; run again it adds nothing.

1. Load a batch that nobody has read with these rules.  2. Read it, in other processes where allowed.
3. Save it in one short transaction.  4. Until nothing is unread.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from nlp.knowledge import Knowledge
from nlp.read import read
from store.articles import StoredArticle
from store.database import Sessions
from store.readings import save_reading, unread
from store.types import Article, Reading

_BATCH = 100  # articles in one transaction

Progress = Callable[[str, int, int], None]


def read_new(
    sessions: Sessions, knowledge: Knowledge, *, now: datetime, progress: Progress, processes: int = 1
) -> int:
    """Read what is unread -> how many articles were read.

    `progress` is told (stage, done, how many are known). With `processes` above 1 the articles are read in
    that many further processes, each with its own copy of the knowledge; this one saves.
    """
    done = 0
    with _readers(knowledge, processes) as read_all:
        while batch := _load(sessions, knowledge):
            progress("read", done, done + len(batch))
            readings = read_all([stored.article for stored in batch])
            _save(sessions, batch, readings, now=now)
            done += len(batch)
    progress("read", done, done)
    return done


def _load(sessions: Sessions, knowledge: Knowledge) -> list[StoredArticle]:
    with sessions() as session:
        return unread(session, reader_version=knowledge.version, limit=_BATCH)


def _save(
    sessions: Sessions, batch: Sequence[StoredArticle], readings: Sequence[Reading], *, now: datetime
) -> None:
    with sessions.begin() as session:
        for stored, reading in zip(batch, readings, strict=True):
            save_reading(session, stored.number, stored.version, reading, now=now)


@contextmanager
def _readers(
    knowledge: Knowledge, processes: int
) -> Iterator[Callable[[Sequence[Article]], Sequence[Reading]]]:
    """A function that reads a batch: here, or in a pool that ends with the block."""
    if processes <= 1:
        yield lambda articles: [read(article, knowledge) for article in articles]
        return
    context = multiprocessing.get_context("spawn")  # a forked copy of threads and sockets may hang
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(knowledge,))
    try:
        yield lambda articles: _read_in(pool, articles, processes)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _read_in(pool: Executor, articles: Sequence[Article], processes: int) -> list[Reading]:
    chunk = max(1, len(articles) // (processes * 4))
    return list(pool.map(_read_one, articles, chunksize=chunk))


_prepared: list[Knowledge] = []  # of this process, filled by the pool


def _prepare(knowledge: Knowledge) -> None:
    _prepared[:] = [knowledge]


def _read_one(article: Article) -> Reading:
    return read(article, _prepared[0])

"""Unread articles -> readings in the store. Killed at any moment it goes on; run again it adds nothing.

1. Load some that nobody has read with these rules.  2. Read them, in other processes where allowed.
3. Save a batch in one short transaction while those after it are being read.  4. Until nothing is unread.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from nlp.knowledge import Knowledge
from nlp.read import read
from store.articles import StoredArticle
from store.database import Sessions
from store.interrupts import deaf_children
from store.readings import save_reading, unread
from store.types import Article, Reading

_BATCH = 50  # articles in one transaction
_AHEAD = 4  # batches loaded at a time: bounds memory
_CHUNK = 10  # articles handed to another process at a time

Progress = Callable[[str, int, int], None]


def read_new(
    sessions: Sessions, knowledge: Knowledge, *, now: datetime, progress: Progress, processes: int = 1
) -> int:
    """Read what is unread -> how many articles were read.

    `progress` is told (stage, done, how many are known). With `processes` above 1 the articles are read in
    that many further processes, each with its own copy of the knowledge; this one saves.
    """
    done = 0
    with readers(knowledge, processes) as read_all:
        while loaded := _load(sessions, knowledge):
            readings = read_all([stored.article for stored in loaded])
            known = done + len(loaded)
            for batch in _batches(loaded):
                progress("read", done, known)
                _save(sessions, batch, list(islice(readings, len(batch))), now=now)
                done += len(batch)
    progress("read", done, done)
    return done


def _load(sessions: Sessions, knowledge: Knowledge) -> list[StoredArticle]:
    with sessions() as session:
        return unread(session, reader_version=knowledge.version, limit=_AHEAD * _BATCH)


def _batches(loaded: Sequence[StoredArticle]) -> Iterator[Sequence[StoredArticle]]:
    return (loaded[start : start + _BATCH] for start in range(0, len(loaded), _BATCH))


def _save(
    sessions: Sessions, batch: Sequence[StoredArticle], readings: Sequence[Reading], *, now: datetime
) -> None:
    with sessions.begin() as session:
        for stored, reading in zip(batch, readings, strict=True):
            save_reading(session, stored.number, stored.version, reading, now=now)


@contextmanager
def readers(
    knowledge: Knowledge, processes: int
) -> Iterator[Callable[[Sequence[Article]], Iterator[Reading]]]:
    """Knowledge and how many processes -> a function that reads articles in order: here as it is asked for
    them, or ahead in that many further processes, which end with the block.
    """
    if processes <= 1:
        yield lambda articles: (read(article, knowledge) for article in articles)
        return
    context = multiprocessing.get_context("spawn")  # a forked copy of threads and sockets may hang
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(knowledge,))

    def ahead(articles: Sequence[Article]) -> Iterator[Reading]:
        with deaf_children():  # the pool starts them when it gets work
            return pool.map(_read_one, articles, chunksize=_CHUNK)

    try:
        yield ahead
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_prepared: list[Knowledge] = []  # of this process, filled by the pool


def _prepare(knowledge: Knowledge) -> None:
    _prepared[:] = [knowledge]


def _read_one(article: Article) -> Reading:
    return read(article, _prepared[0])

"""Articles to readings: in one process, in two, and how long a pipe waits for the first."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.apart import Row, timed
from bench.material import find_articles
from config.load import load
from nlp.read import make_knowledge, read
from nlp.reading_run import readers

_STARTS = 3
_ONE = '{"id": "1", "title": "Cháy ở Đức Cơ", "text": "Sáng 5/11, tại xã Ia Dom, cháy làm 12 người chết."}\n'
_COMMAND = (sys.executable, "-c", "from desk.cli import main; main()", "read")


def measure_reading() -> tuple[Row, ...]:
    """Articles a second through the whole of `read`. The memory is a process's with knowledge, beside it the
    largest of its children's: of the two that read, or of a pipe.
    """
    configuration = load(None)
    knowledge = make_knowledge(configuration.gazetteer, configuration.topics)
    articles = find_articles()
    read(articles[0], knowledge)

    def alone() -> int:
        return len([read(article, knowledge) for article in articles])

    before = time.process_time()
    count, seconds = timed(alone)
    busy = time.process_time() - before
    with readers(knowledge, 2) as read_all:
        list(read_all(articles[:100]))  # both have started
        count_by_two, seconds_by_two = timed(lambda: len(list(read_all(articles))))
    starts, waited = timed(_start)
    return (
        Row("read (articles)", count / seconds, count),
        Row("read, a second of the processor", count / busy, count),
        Row("read, two processes", count_by_two / seconds_by_two, count_by_two),
        Row("diembao read: starts to the first result", starts / waited, starts),
    )


def _start() -> int:
    """Start the command anew for one article, some times.

    Raises:
        RuntimeError: it gave no result.

    """
    for _ in range(_STARTS):
        ran = subprocess.run(_COMMAND, input=_ONE, capture_output=True, text=True, check=True)
        if '"relevance"' not in ran.stdout:
            raise RuntimeError(f"diembao read gave no result: {ran.stdout!r}")
    return _STARTS

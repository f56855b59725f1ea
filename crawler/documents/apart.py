"""Reading a document in a process of its own with limits of time and memory, which can write nothing.

`python -m crawler.documents.apart` is the process. Whatever a file does to a parser, it does there.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from threading import Timer
from typing import IO

from crawler.child import environment
from crawler.documents.parsed import Parsed, Unreadable, UnreadableError, in_english
from crawler.documents.reading import File, read_document
from store.codec import from_text, to_text
from store.errors import CodecError

SECONDS = 600.0  # an honest report of 500 pages takes 90
MEMORY = 2 * 1024**3  # bytes of address space
_MOST_ANSWER = 256 * 1024 * 1024  # bytes
_GRACE = 10.0
_PR_SET_PDEATHSIG = 1  # Linux: die with the process that started us

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


def read_apart(file: File, *, progress: Progress, seconds: float = SECONDS) -> Parsed | Unreadable:
    """Read a file as `read_document` does, but never longer than `seconds` of work or with more than 2 GiB.

    What takes longer, or ends the process that reads it, is unreadable, and says so.
    """
    command = [sys.executable, "-P", "-m", "crawler.documents.apart", str(os.getpid())]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module, no word from outside
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
            start_new_session=True,  # Ctrl-C is our business, not its
        )
        watch = Timer(seconds + _GRACE, process.kill)
        watch.daemon = True
        watch.start()
        try:
            answer = _converse(process, file, seconds, progress)
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            _close(process)
        if answer is None:
            errors.seek(0)
            _log.warning("reading %s: code %s: %s", file.name, process.returncode, errors.read()[-300:])
    return answer or _too_much(seconds)


def _converse(
    process: subprocess.Popen[bytes], file: File, seconds: float, progress: Progress
) -> Parsed | Unreadable | None:
    """Hand over the file, pass on the progress; None when the process ended without an answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # it died at once: its answer is missing, which is told
        pickle.dump((file, seconds), process.stdin)
        process.stdin.close()
    while True:
        line = process.stdout.readline(_MOST_ANSWER)
        kind, _, text = line.decode("utf-8", errors="replace").partition(" ")
        if not text.endswith("\n"):
            return None
        if kind != "progress":
            return _answer_from(kind, text)
        done, _, total = text.partition(" ")
        progress(int(done), int(total))


def _answer_from(kind: str, text: str) -> Parsed | Unreadable | None:
    """Never pickle: a hostile file was in that process."""
    try:
        return from_text(Parsed, text) if kind == "parsed" else from_text(Unreadable, text)
    except CodecError:
        return None


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def _too_much(seconds: float) -> Unreadable:
    return UnreadableError(
        in_english("Reading it took more than {seconds} s or more memory than a file may."),
        in_english("If it is what it should be, open it, save it again or split it, and add that."),
        seconds=f"{seconds:g}",
    ).told


def main() -> int:
    """Read one file from standard input, write progress and what was found to standard output."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not be taken for the answer
    _die_with(int(sys.argv[1]))
    file, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our parent, see `read_apart`
    _limit_ourselves(int(seconds) + 1)

    def tell(done: int, total: int) -> None:
        _write(output, f"progress {done} {total}")

    try:
        found = read_document(file, progress=tell)
    except (MemoryError, RecursionError):  # told by the missing answer
        return 1
    _write(output, f"{'parsed' if isinstance(found, Parsed) else 'refused'} {to_text(found)}")
    return 0


def _write(output: IO[bytes], line: str) -> None:
    output.write(f"{line}\n".encode())
    output.flush()


def _die_with(parent: int) -> None:
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we could ask to be told
        sys.exit(1)


def _limit_ourselves(work: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (work, work + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())

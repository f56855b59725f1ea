"""Starts the crawler's processes for tests: forked from here, where their imports are done.

Beside it lies the command that stands in for Python (`process_client.py`): it hands over its streams, words
and environment, waits, and ends with the same code. What is forked ends when its client is gone, or we are.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import threading
import traceback
from typing import Any

MODULES = (
    "crawler.asking", "crawler.crawl", "crawler.documents.apart", "crawler.extractor", "crawler.feeds.apart",
)  # fmt: skip


def become(asked: dict[str, Any], streams: list[int], parent: int) -> None:
    """Take on the streams, environment and words of the process that was asked for."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, max([*streams, 100]) + 1)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(number, "wb" if number else "rb", closefd=False), encoding="utf-8")
        for number in range(3)
    )
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    starter = str(
        asked["starter"]
    )  # named among the words of a process that ends with its parent: that is us
    sys.argv = [asked["module"], *(str(parent) if word == starter else word for word in asked["words"])]


def run(module: str) -> int:
    """The exit code of a module's `main`."""
    code: Any = 1
    try:
        code = importlib.import_module(module).main()
    except SystemExit as left:
        code = left.code
    except BaseException:  # noqa: BLE001  this is the end of a process: what else is left is its trace
        traceback.print_exc()
    threading._shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    return code if isinstance(code, int) else int(code is not None)


def attend(client: socket.socket) -> None:
    """Fork what a client asks for and tell it the code; end it when the client or the tests are gone."""
    told, streams, _, _ = socket.recv_fds(client, 1 << 20, 3)
    while not told.endswith(b"\n"):
        told += client.recv(1 << 20)
    asked, here = json.loads(told), os.getpid()
    child = os.fork()
    if child == 0:
        become(asked, streams, here)
        os._exit(run(asked["module"]))
    for stream in streams:
        os.close(stream)
    ended = os.pidfd_open(child)
    ready, _, _ = select.select([ended, client, sys.stdin], [], [])
    if ended not in ready:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with contextlib.suppress(OSError):
        client.sendall(str(code).encode())


def serve(listening: socket.socket) -> None:
    """Attend to every client in a process of its own, until the tests close our input."""
    attending: set[int] = set()
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        client, _ = listening.accept()
        attendant = os.fork()
        if attendant == 0:
            listening.close()
            attend(client)
            os._exit(0)
        client.close()
        attending.add(attendant)
        attending -= {one for one in attending if os.waitpid(one, os.WNOHANG)[0]}
    for one in attending:
        os.waitpid(one, 0)


if __name__ == "__main__":
    for name in MODULES:
        importlib.import_module(name)
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(sys.argv[1])
        made.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        serve(made)

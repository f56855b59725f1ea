"""Imports the commands once and then runs each one asked for in a process of its own, forked from here.

A line of JSON comes in for each command (words, environment, folder, where input and output lie) and the exit
code goes out. What is forked differs from a start of `diembao` in two things: the imports are done already,
and the shipped configuration is parsed already.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import signal
import sys
import threading
import traceback
from functools import cache
from typing import Any

from config import load

LANGUAGE = "en"  # of the words that are imported here; the other language imports the desk anew


def prepare() -> None:
    """Import what commands import, and keep the garbage collector from touching (so copying) it in each."""
    os.environ["DIEMBAO_LANGUAGE"] = LANGUAGE
    from desk.cli import COMMANDS  # noqa: PLC0415  the language is read when this is imported

    for module in dict.fromkeys(COMMANDS.values()):
        importlib.import_module(f"desk.commands.{module}")
    importlib.import_module("alembic.command")  # the first upgrade imports it
    load.parse = cache(load.parse)
    load.load(None)
    gc.freeze()


def become(asked: dict[str, Any]) -> None:
    """Take on the environment, folder, words and streams of a command."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = ["diembao", *asked["words"]]
    for number, path in enumerate(asked["streams"]):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(
            os.fdopen(number, "wb" if number else "rb", closefd=False),
            encoding="utf-8",
            errors="backslashreplace" if number == 2 else "strict",  # as Python opens them
            write_through=number == 2,
        )
        for number in range(3)
    )
    if not os.environ.get("DIEMBAO_LANGUAGE", "").startswith(LANGUAGE):
        for name in [name for name in sys.modules if name.split(".")[0] == "desk"]:
            del sys.modules[name]
    signal.alarm(asked["seconds"])  # a command that hangs is killed, and its code tells so


def run() -> int:
    """The command's exit code, as Python gives it."""
    code = 0
    try:
        importlib.import_module("desk.cli").main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001  this is the end of a process: what else is left is its trace
        traceback.print_exc()
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    return code


def serve() -> None:
    """Run commands until nobody asks any more."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(json.loads(line))
            os._exit(run())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    prepare()
    serve()

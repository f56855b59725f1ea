"""The command as people run it, without its second of imports each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def command_server() -> Iterator[subprocess.Popen[str]]:
    """A process that has imported the commands and forks one for each line of JSON it gets."""
    words = [sys.executable, "-P", str(Path(__file__).with_name("command_server.py"))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield server


@pytest.fixture(scope="session")
def diembao(
    command_server: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Ran]:
    """Runs `diembao *words` in a process of its own and gives its exit code and what it said.

    `home` is where it keeps things, `given` its standard input, `cwd` its folder; further names are variables
    of its environment. In English unless `DIEMBAO_LANGUAGE` is given.
    """
    streams = [tmp_path_factory.mktemp("command") / name for name in ("stdin", "stdout", "stderr")]

    def run(
        *words: str, home: Path, given: str = "", cwd: Path | None = None, seconds: int = 120, **settings: str
    ) -> Ran:
        for stream in streams:
            stream.write_text(given if stream.name == "stdin" else "", encoding="utf-8")
        environment = {**os.environ, "DIEMBAO_LANGUAGE": "en", "DIEMBAO_HOME": str(home), **settings}
        asked = {"words": words, "environment": environment, "folder": str(cwd or Path.cwd())}
        asked |= {"streams": [str(stream) for stream in streams], "seconds": seconds}
        assert command_server.stdin is not None
        assert command_server.stdout is not None
        print(json.dumps(asked), file=command_server.stdin, flush=True)
        code = int(command_server.stdout.readline())
        _, out, err = (stream.read_text(encoding="utf-8") for stream in streams)
        return Ran([*words], code, out, err)

    return run

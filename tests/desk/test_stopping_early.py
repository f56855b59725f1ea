"""Ctrl-C while the program still loads, and while further processes read: a code, no trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from desk.start import main; main()"]


def interrupt(words: list[str], *, after: float) -> tuple[int, str]:
    """Start it in a group of its own, Ctrl-C the group as a terminal does -> its code and what it said."""
    # a shell that starts tests in the background has them ignore Ctrl-C; a person's terminal does not
    command = ["env", "--default-signal=INT", *RUN, *words]
    running = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(after)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    return running.returncode, said


@pytest.mark.parametrize("after", [0.15, 0.25, 0.4])
def test_ctrl_c_while_the_program_loads_leaves_no_trace(after: float) -> None:
    code, said = interrupt(["read"], after=after)
    assert (code, "Traceback" in said) == (130, False), said


@pytest.mark.parametrize("after", [2.0, 4.0])
def test_ctrl_c_while_further_processes_read_leaves_no_trace_of_theirs(after: float, tmp_path: Path) -> None:
    line = json.dumps(
        {"id": 1, "title": "Mưa lớn ở Đức Cơ", "text": "Mưa làm 12 nhà tốc mái ở Đức Cơ. " * 40}
    )
    (tmp_path / "articles.jsonl").write_text((line + "\n") * 400, encoding="utf-8")
    code, said = interrupt(["read", "--processes", "2", str(tmp_path / "articles.jsonl")], after=after)
    assert (code, "Traceback" in said) == (130, False), said

"""`python -m practice`: what it prints and how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from practice.outlets import addresses


def test_it_prints_its_addresses_and_ends_with_ctrl_c(fetch: Callable[..., Any]):
    command = [sys.executable, "-W", "error", "-m", "practice", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        lines = []
        for line in running.stdout:
            lines.append(line)
            if line.startswith("DIEMBAO_ALLOW_PRIVATE="):
                break
        host = lines[-1].removeprefix("DIEMBAO_ALLOW_PRIVATE=").split(",")[0]
        assert fetch(f"http://{host}/robots.txt").status == 200
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 0
        assert running.stderr.read() == ""
    assert sum("http://127.0.1." in line for line in lines) >= 20


def test_a_taken_port_ends_it_with_one_clear_line():
    with socket.socket() as holder:
        holder.bind((addresses()[0], 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", "practice", "--port", port], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"127.0.1.1:{port}" in ended.stderr

"""Stopped at any moment, by Ctrl-C or by force: nothing stored is lost or doubled, the next run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practice.server import Press, start_press

COMMAND = str(Path(sys.executable).with_name("diembao"))
TWICE = [(2.0, signal.SIGINT), (5.0, signal.SIGKILL)]  # seconds
OFTEN = [(2.0, signal.SIGINT), (3.5, signal.SIGKILL), (5.0, signal.SIGINT), (7.0, signal.SIGKILL)]


@pytest.fixture
def press() -> Iterator[Press]:
    with start_press() as running:
        yield running


def environment(press: Press, folder: Path) -> dict[str, str]:
    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "sources.yaml").write_text(press.sources_yaml(), encoding="utf-8")
    return {
        **os.environ,
        "DIEMBAO_HOME": str(folder / "home"),
        "DIEMBAO_CONFIG": str(config),
        "DIEMBAO_ALLOW_PRIVATE": press.allow_private(),
        "DIEMBAO_CONTACT": "tests@example.invalid",
    }


def stop_after(seconds: float, sign: signal.Signals, settings: dict[str, str]) -> tuple[int, str]:
    """Start a cycle, stop it, give its exit code and what it said."""
    # a shell that starts tests in the background has them ignore Ctrl-C; a person's terminal does not
    words = ["env", "--default-signal=INT", COMMAND, "cycle"]
    running = subprocess.Popen(words, env=settings, stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    running.send_signal(sign)
    _, said = running.communicate(timeout=60)
    return running.returncode, said


def records(what: str, settings: dict[str, str]) -> list[dict[str, Any]]:
    done = subprocess.run([COMMAND, "export", what], env=settings, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.soak
@pytest.mark.parametrize("moments", [TWICE, OFTEN], ids=["twice", "often"])
def test_a_cycle_stopped_again_and_again_ends_with_everything_once(
    moments: list[tuple[float, signal.Signals]], press: Press, tmp_path: Path
) -> None:
    settings = environment(press, tmp_path)
    for seconds, sign in moments:
        code, said = stop_after(seconds, sign, settings)
        assert code in {0, 130, -signal.SIGKILL}, said
        assert "Traceback" not in said
    done = subprocess.run([COMMAND, "cycle"], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    articles = records("articles", settings)
    wanted = {press.url_of(key) for key, answer in press.answers.articles.items() if not answer.trouble}
    assert Counter(a["url"] for a in articles).most_common(1)[0][1] == 1
    assert wanted - {a["url"] for a in articles} == set()
    placed = Counter(m["id"] for story in records("stories", settings) for m in story["articles"])
    assert set(placed) == {a["id"] for a in articles}
    assert placed.most_common(1)[0][1] == 1
    assert len(list((tmp_path / "home" / "mail").glob("*.eml"))) == 3


def test_an_interrupted_command_says_that_nothing_is_lost(press: Press, tmp_path: Path) -> None:
    settings = environment(press, tmp_path)
    words = ["env", "--default-signal=INT", COMMAND, "cycle"]
    running = subprocess.Popen(words, env=settings, stderr=subprocess.PIPE, text=True)
    while not press.requests and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert "không mất" in said

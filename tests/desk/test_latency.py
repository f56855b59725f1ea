"""From an item in a priority feed to the alert at the mail server: at most the cadence and 30 seconds."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from sqlalchemy.exc import OperationalError

from practice.server import Press, start_press
from store.database import make_sessions, open_engine
from store.jobs import last_runs

COMMAND = str(Path(sys.executable).with_name("diembao"))
CADENCE, ALLOWED = 60.0, 30.0  # seconds
# stories that one priority outlet alone has, and how long after the letter before each appears
LATE = {
    "mui-hoi-nha-may-mi": 3.0,
    "lua-dao-giao-hang": 17.0,
    "que-gia-lai-tphcm": 29.0,
    "cao-toc-ve-dich": 41.0,
    "tet-tickets": 53.0,
}
# the cadence of nine minutes, shortened in every process of the service: Python runs this at its start
SHORTER = f"""
from datetime import timedelta
import crawler.courtesy.schedule as schedule
schedule.PRIORITY = timedelta(seconds={CADENCE})
"""
ALERTS = """
alerts:
  - {id: new, name: Vụ việc mới, search: "", when: [new_story], to: ["edition:press"], at_most: 60}
"""


@dataclass
class Box:
    """A mail server that notes when each letter came."""

    letters: list[tuple[float, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        letter = message_from_bytes(envelope.content, policy=policy.default)
        body = letter.get_body(("plain",))
        self.letters.append((time.monotonic(), body.get_content() if body else ""))
        return "250 taken"

    def came(self, words: str) -> float | None:
        wanted = " ".join(words.split())
        return next((at for at, text in self.letters if wanted in " ".join(text.split())), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[tuple[Box, int]]:
    box = Box()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        yield box, server.port
    finally:
        server.stop()


@contextmanager
def service(folder: Path, press: Press, mail_port: int) -> Iterator[Path]:
    (folder / "config").mkdir()
    (folder / "early").mkdir()
    (folder / "early" / "sitecustomize.py").write_text(SHORTER, encoding="utf-8")
    (folder / "config" / "sources.yaml").write_text(press.sources_yaml(), encoding="utf-8")
    (folder / "config" / "alerts.yaml").write_text(ALERTS, encoding="utf-8")
    settings = {
        "DIEMBAO_HOME": str(folder / "home"),
        "DIEMBAO_CONFIG": str(folder / "config"),
        "DIEMBAO_ALLOW_PRIVATE": press.allow_private(),
        "DIEMBAO_CONTACT": "tests@example.invalid",
        "DIEMBAO_DESK_PORT": str(free_port()),
        "DIEMBAO_SMTP_HOST": "127.0.0.1",
        "DIEMBAO_SMTP_PORT": str(mail_port),
        "DIEMBAO_SMTP_SECURITY": "none",
        "PYTHONPATH": str(folder / "early"),
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([COMMAND, "serve"], env=os.environ | settings, stdout=log, stderr=log)
        try:
            yield folder
            assert process.poll() is None, (folder / "log").read_text()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def wait_for_first_collection(folder: Path) -> None:
    engine = open_engine(f"sqlite:///{folder / 'home' / 'diembao.sqlite3'}")
    try:
        for _ in range(240):
            time.sleep(1)
            try:
                with make_sessions(engine)() as session:
                    runs = last_runs(session)
            except OperationalError:  # the tables are not there yet
                runs = []
            if any(run.job == "collect" and run.finished_at for run in runs):
                return
    finally:
        engine.dispose()
    raise AssertionError((folder / "log").read_text())


def wait_for_letter(box: Box, title: str, *, longest: float) -> float | None:
    until = time.monotonic() + longest
    while time.monotonic() < until:
        if (at := box.came(title)) is not None:
            return at
        time.sleep(0.2)
    return None


@pytest.mark.soak
def test_an_alert_reaches_the_mail_server_within_the_cadence_and_thirty_seconds(tmp_path: Path) -> None:
    took: dict[str, float] = {}
    with mail_server() as (box, port), start_press() as press:
        assert any(source["priority"] for source in yaml.safe_load(press.sources_yaml())["sources"])
        for key in LATE:
            press.withdraw(key)
        with service(tmp_path, press, port) as folder:
            wait_for_first_collection(folder)
            for key, pause in LATE.items():
                time.sleep(pause)
                title = press.edition.find(key).title
                press.restore(key)
                appeared = time.monotonic()
                came = wait_for_letter(box, title, longest=4 * CADENCE)
                took[key] = came - appeared if came else float("inf")
    (tmp_path / "took.json").write_text(json.dumps(took), encoding="utf-8")
    assert max(took.values()) <= CADENCE + ALLOWED, took

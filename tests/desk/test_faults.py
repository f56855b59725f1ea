"""What goes wrong around a service: a second one, a night slept through, a mail server that hangs, a kill."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from config.settings import Settings
from desk.house import House, open_house
from desk.service import digest_job, make_scheduler, run_job, send_waiting
from store.jobs import last_runs
from store.notices import enqueue, list_notices
from store.types import Notice, NoticeState

COMMAND = str(Path(sys.executable).with_name("diembao"))
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam
DUE = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 06:30 of that day
ZONE = "Asia/Ho_Chi_Minh"


@dataclass
class Box:
    """A real mail server on loopback that keeps what it takes."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    @property
    def received(self) -> Counter[tuple[str, str]]:
        return Counter((str(letter["To"]), str(letter["Message-ID"])) for letter in self.letters)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box() -> Iterator[Box]:
    made = Box(free_port())
    server = Controller(made, hostname="127.0.0.1", port=made.port)
    server.start()
    yield made
    server.stop()


def settings_of(home: Path, port: int) -> Settings:
    return Settings(home=home, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")


@contextmanager
def a_house(home: Path, port: int, now: datetime = NOW) -> Iterator[House]:
    with open_house(settings_of(home, port), clock=lambda: now) as opened:
        yield replace(opened, configuration=replace(opened.configuration, sources=(), alerts=()))


def wait_until(is_so: Callable[[], bool], *, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def test_two_processes_whose_digest_is_due_at_the_same_minute_send_each_letter_once(
    tmp_path: Path, box: Box
) -> None:
    gate = threading.Barrier(2)

    with a_house(tmp_path, box.port) as house:

        def live() -> None:
            gate.wait()
            run_job(house, digest_job(house))

        lives = [threading.Thread(target=live) for _ in range(2)]
        for life in lives:
            life.start()
        for life in lives:
            life.join()
        recipients = len(house.configuration.rules.recipients)
    assert len(box.received) == recipients
    assert set(box.received.values()) == {1}


def test_a_machine_asleep_at_half_past_six_sends_at_waking_once_and_says_that_it_is_late(
    tmp_path: Path, box: Box
) -> None:
    with a_house(tmp_path, box.port) as house:
        scheduler = make_scheduler(house)
        scheduler.start(paused=True)
        try:
            (job,) = (one for one in scheduler.get_jobs() if one.args[1].name == "digest")
            job.modify(next_run_time=datetime.now(UTC) - timedelta(hours=3))  # nobody was awake
            scheduler.resume()
            wait_until(lambda: has_ended(house))
        finally:
            scheduler.shutdown(wait=True)
        recipients = len(house.configuration.rules.recipients)
    assert set(box.received.values()) == {1}
    assert len(box.received) == recipients
    letter = box.letters[0].get_body(("plain",))
    assert letter is not None
    assert "06:30" in letter.get_content()
    assert "muộn" in letter.get_content()


def has_ended(house: House) -> bool:
    with house.sessions() as session:
        return any(run.job == "digest" and run.finished_at for run in last_runs(session))


@pytest.fixture
def change_zone(tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """Installs new data of the office's zone, as an update of the system does before a restart."""

    def install(hours: int) -> None:
        header = struct.pack(">4s c15x 6l", b"TZif", b"\0", 0, 0, 0, 0, 1, 4)
        path = tmp_path / "zones" / ZONE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(header + struct.pack(">l2B4s", hours * 3600, 0, 0, b"+xx\0"))
        zoneinfo.reset_tzpath((str(tmp_path / "zones"),))
        zoneinfo.ZoneInfo.clear_cache()

    yield install
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize("hours", [6, 8], ids=["an hour behind", "an hour ahead"])
def test_new_data_of_the_time_zone_give_no_second_edition_and_lose_none(
    tmp_path: Path, box: Box, change_zone: Callable[[int], None], hours: int
) -> None:
    with a_house(tmp_path, box.port) as house:

        def edition(now: datetime) -> None:
            then = replace(house, clock=lambda: now)
            run_job(then, digest_job(then))

        edition(DUE)
        first = dict(box.received)
        change_zone(hours)
        assert digest_job(house).key(NOW) == DUE + timedelta(hours=7 - hours)
        edition(DUE + timedelta(hours=2))  # again on the same morning
        assert box.received == first
        edition(DUE + timedelta(days=1, hours=7 - hours))
        edition(DUE + timedelta(days=1, hours=9))
    assert len(box.received) == 2 * len(first)
    assert set(box.received.values()) == {1}


def a_notice() -> Notice:
    return Notice(
        key="digest:2026-11-22:to-bao-chi", channel="mail", recipient="to-bao-chi", subject="Điểm báo",
        address="to-bao-chi@example.invalid", reason="bản tin sáng", text="Tin", html="<p>Tin</p>",
        message_id="<1@so.example>", created_at=datetime.now(UTC),
    )  # fmt: skip


@pytest.fixture
def hanging() -> Iterator[int]:
    """A mail server that greets, and then says nothing more; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken: list[socket.socket] = []

        def greet() -> None:
            try:
                while True:
                    connection, _ = listening.accept()
                    taken.append(connection)
                    connection.sendall(b"220 hello\r\n")
            except OSError:
                return  # the test is over

        thread = threading.Thread(target=greet)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in taken:
            connection.close()


@contextmanager
def a_service(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`diembao serve` without sources, in English."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    environment = {
        **os.environ,
        "DIEMBAO_HOME": str(home),
        "DIEMBAO_CONFIG": str(home / "config"),
        "DIEMBAO_CONTACT": "tests@example.invalid",
        "DIEMBAO_LANGUAGE": "en",
        "DIEMBAO_DESK_PORT": str(free_port()),
        "DIEMBAO_SMTP_HOST": "127.0.0.1",
        "DIEMBAO_SMTP_PORT": str(port),
        "DIEMBAO_SMTP_SECURITY": "none",
    }
    process = subprocess.Popen(
        [COMMAND, "serve"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def is_claimed(house: House) -> bool:
    with house.sessions() as session:
        return [row.state for row in list_notices(session)] == [NoticeState.CLAIMED]


@pytest.mark.soak
def test_a_service_told_to_end_while_a_mail_server_hangs_ends_within_ten_seconds(
    tmp_path: Path, hanging: int
) -> None:
    with a_house(tmp_path, hanging) as house:
        with house.sessions.begin() as session:
            enqueue(session, a_notice())
        with a_service(tmp_path, hanging) as process:
            wait_until(lambda: is_claimed(house), seconds=60)
            told = time.monotonic()
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=60)
            took = time.monotonic() - told
        assert (process.returncode, "Traceback" in err) == (0, False), err
        assert took < 10.0


@pytest.mark.soak
def test_killed_between_claim_and_sending_the_letter_goes_out_once_marked_as_perhaps_repeated(
    tmp_path: Path, hanging: int, box: Box
) -> None:
    with a_house(tmp_path, hanging) as house:
        with house.sessions.begin() as session:
            enqueue(session, a_notice())
        with a_service(tmp_path, hanging) as process:
            wait_until(lambda: is_claimed(house), seconds=60)
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=10)
    for minutes in (1, 11, 12):
        with a_house(tmp_path, box.port, datetime.now(UTC) + timedelta(minutes=minutes)) as again:
            send_waiting(again)
    assert list(box.received.values()) == [1]
    with a_house(tmp_path, box.port) as house, house.sessions() as session:
        (row,) = list_notices(session)
    assert (row.state, row.perhaps_sent) == (NoticeState.SENT, True)


@pytest.mark.soak
def test_a_second_service_on_the_same_store_says_that_there_is_one_and_leaves(
    tmp_path: Path, box: Box
) -> None:
    with a_service(tmp_path, box.port) as first:
        assert first.stdout is not None
        assert "The desk" in first.stdout.readline()
        with a_service(tmp_path, box.port) as second:
            _, err = second.communicate(timeout=60)
        assert (second.returncode, "Another process runs the schedule" in err) == (4, True)
        assert first.poll() is None

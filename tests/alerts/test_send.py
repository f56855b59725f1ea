"""The outbox on a real store: sent once, shown where it may have been sent, never to strangers."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta
from typing import Any

import pytest

from alerts.channels.channel import ChannelError
from alerts.channels.file.folder import FolderChannel
from alerts.channels.message import letterhead_from
from alerts.send import NOT_CONFIGURED, deliver
from store.notices import enqueue, list_notices
from store.types import NoticeState


class Killed(BaseException):
    """Stands for a process that ends between two lines."""


class Recorder:
    """A channel that keeps what it is given; `plan` holds errors to raise, one a sending."""

    def __init__(self, *plan: Any) -> None:
        self.sent, self.plan = [], list(plan)

    def send(self, notice: Any, _number: Any) -> None:
        self.sent.append(notice.message_id)
        if self.plan and (error := self.plan.pop(0)):
            raise error


@pytest.fixture
def outbox(sessions: Any, make: Any):
    def put(*notices: Any) -> None:
        with sessions.begin() as session:
            for notice in notices or (make.notice(),):
                assert enqueue(session, notice)

    return put


@pytest.fixture
def run(sessions: Any, make: Any):
    def once(
        channel: Any,
        *,
        now: Any = make.end,
        worker: Any = "a",
        allowed: Any = ("lanhdao@office.example",),
        name: Any = "mail",
    ) -> Any:
        return deliver(sessions, {name: channel}, now=now, worker=worker, allowed_addresses=allowed)

    return once


@pytest.fixture
def rows(sessions: Any):
    def load() -> Any:
        with sessions() as session:
            return list_notices(session)

    return load


def test_a_notice_is_sent_once_however_often_the_outbox_is_emptied(outbox: Any, run: Any, rows: Any):
    outbox()
    channel = Recorder()
    assert [run(channel).sent for _ in range(3)] == [1, 0, 0]
    assert channel.sent == ["<abc@office.example>"]
    assert rows()[0].state is NoticeState.SENT


def test_an_address_is_compared_without_regard_to_capitals(outbox: Any, run: Any, make: Any):
    outbox(make.notice(address="LanhDao@Office.example"))
    assert run(Recorder()).sent == 1


def test_nothing_is_sent_to_an_address_that_is_not_configured(outbox: Any, run: Any, rows: Any, make: Any):
    outbox(make.notice(address="stranger@evil.example"))
    channel = Recorder()
    report = run(channel)
    assert channel.sent == []
    assert (report.failed, report.deliveries[0].words) == (1, NOT_CONFIGURED)
    assert (rows()[0].state, rows()[0].detail) == (NoticeState.FAILED, NOT_CONFIGURED)


def test_with_no_address_configured_nothing_is_sent(outbox: Any, run: Any):
    outbox()
    channel = Recorder()
    run(channel, allowed=())
    assert channel.sent == []


def test_a_temporary_fault_is_tried_again_later_and_not_in_the_same_round(
    outbox: Any, run: Any, rows: Any, make: Any
):
    outbox()
    channel = Recorder(ChannelError(permanent=False, words="451 later"))
    first = run(channel)
    assert (first.waiting, first.sent, len(channel.sent)) == (1, 0, 1)
    assert (rows()[0].state, rows()[0].detail) == (NoticeState.RETRY, "451 later")
    assert run(channel, now=make.end + timedelta(hours=1)).sent == 1


def test_a_permanent_fault_is_shown_and_never_tried_again(outbox: Any, run: Any, rows: Any, make: Any):
    outbox()
    channel = Recorder(ChannelError(permanent=True, words="550 no such user"))
    assert run(channel).failed == 1
    run(channel, now=make.end + timedelta(days=1))
    assert len(channel.sent) == 1
    assert (rows()[0].state, rows()[0].detail) == (NoticeState.FAILED, "550 no such user")


def test_one_that_fails_holds_up_no_other(outbox: Any, run: Any, make: Any):
    outbox(*(make.notice(f"k{i}", message_id=f"<{i}@office.example>") for i in range(3)))
    report = run(Recorder(None, ChannelError(permanent=True, words="550"), None))
    assert (report.sent, report.failed) == (2, 1)


def test_killed_between_sending_and_recording_it_is_perhaps_sent_and_the_same_message_again(
    outbox: Any, run: Any, rows: Any, make: Any
):
    outbox()
    channel = Recorder(Killed())
    with pytest.raises(Killed):
        run(channel)
    assert rows()[0].state is NoticeState.CLAIMED
    assert run(channel, now=make.end + timedelta(minutes=1)).sent == 0
    report = run(channel, now=make.end + timedelta(minutes=11))
    assert (report.released, report.sent) == (1, 1)
    assert channel.sent == ["<abc@office.example>"] * 2
    assert (rows()[0].state, rows()[0].perhaps_sent) == (NoticeState.SENT, True)


def test_a_fault_that_is_no_channel_error_is_not_hidden(outbox: Any, run: Any):
    outbox()
    with pytest.raises(ZeroDivisionError):
        run(Recorder(ZeroDivisionError()))


def test_notices_of_a_channel_that_is_not_there_stay_where_they_are(outbox: Any, run: Any, rows: Any):
    outbox()
    assert run(Recorder(), name="file").deliveries == ()
    assert rows()[0].state is NoticeState.WAITING


def test_two_workers_send_each_notice_once_between_them(outbox: Any, run: Any, make: Any):
    outbox(*(make.notice(f"k{i}", message_id=f"<{i}@office.example>") for i in range(12)))
    channel, reports = Recorder(), []
    gate = threading.Barrier(2)

    def work(name: Any) -> None:
        gate.wait()
        reports.append(run(channel, worker=name))

    workers = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(report.sent for report in reports) == 12
    assert sorted(channel.sent) == sorted(f"<{i}@office.example>" for i in range(12))


def test_a_process_killed_while_it_sends_leaves_one_letter(
    outbox: Any, run: Any, rows: Any, make: Any, tmp_path: Any
):
    outbox()
    program = f"""
        import os, signal
        from datetime import datetime
        from pathlib import Path
        from alerts.channels.file.folder import FolderChannel
        from alerts.channels.message import Letterhead
        from alerts.send import deliver
        from store.database import make_sessions, open_engine

        class Dying(FolderChannel):
            def send(self, notice, number):
                super().send(notice, number)
                os.kill(os.getpid(), signal.SIGKILL)

        channel = Dying(Path({str(tmp_path / "mail")!r}), Letterhead("Điểm Báo <diembao@office.example>"))
        deliver(make_sessions(open_engine("sqlite:///{tmp_path / "store.sqlite"}")), {{"mail": channel}},
                now=datetime.fromisoformat({make.end.isoformat()!r}), worker="x",
                allowed_addresses=["lanhdao@office.example"])
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert (len(list((tmp_path / "mail").iterdir())), rows()[0].state) == (1, NoticeState.CLAIMED)
    again = FolderChannel(tmp_path / "mail", letterhead_from(make.rules()))
    assert run(again, now=make.end + timedelta(minutes=11)).sent == 1
    assert len(list((tmp_path / "mail").iterdir())) == 1
    assert rows()[0].perhaps_sent

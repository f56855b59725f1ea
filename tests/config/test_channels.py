"""channels.yaml: what is read, and that no secret written there by mistake is ever repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.faults import Fault
from config.load import load, load_telling
from store.types import ChannelKind, ChannelSetting

Faults = Callable[[dict[str, str | bytes]], tuple[Fault, ...]]
RULES = """\
sender: a@b.example
recipients: [{id: to, name: Tổ báo chí, email: to@b.example}]
deadlines: []
"""
GOOD = """\
channels:
  - {id: nhom, kind: chat, name: Nhóm, person: to, secret: DIEMBAO_CHANNEL_NHOM}
  - {id: ioc, kind: webhook, name: Trung tâm, person: to, secret: DIEMBAO_CHANNEL_IOC, url: https://ioc.example/x}
  - {id: luu, kind: folder, name: Lưu, person: to, folder: outbox}
"""
SECRET = "tgram://123456:ABCDEF/7890"


def files(channels: str) -> dict[str, str | bytes]:
    return {"rules.yaml": RULES, "channels.yaml": channels}


def test_each_kind_of_channel_is_read(write_folder: Callable[[dict[str, str | bytes]], Path]) -> None:
    _, channels = load_telling(write_folder(files(GOOD)))
    assert channels[0] == ChannelSetting(
        id="nhom", name="Nhóm", kind=ChannelKind.CHAT, person="to", secret="DIEMBAO_CHANNEL_NHOM"
    )
    assert (channels[1].url, channels[2].folder) == ("https://ioc.example/x", "outbox")


def test_the_shipped_file_has_no_channel() -> None:
    assert load(None).channels == ()


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("{id: a, kind: chat, name: A, person: to, secret: '" + SECRET + "'}", "secret"),
        ("{id: a, kind: chat, name: A, person: to, secret: PATH}", "secret"),
        ("{id: a, kind: pigeon, name: A, person: to, secret: DIEMBAO_CHANNEL_A}", "kind"),
        ("{id: a, kind: chat, name: A, person: nobody, secret: DIEMBAO_CHANNEL_A}", "person"),
        ("{id: mail, kind: folder, name: A, person: to, folder: x}", "id"),
        ("{id: a, kind: webhook, name: A, person: to, secret: DIEMBAO_CHANNEL_A, url: 'ftp://x/y'}", "url"),
        ("{id: a, kind: webhook, name: A, person: to, secret: DIEMBAO_CHANNEL_A, url: 'https://x?k'}", "url"),
        ("{id: a, kind: chat, name: A, person: to, secret: DIEMBAO_CHANNEL_A, longest: 5}", "longest"),
        ("{id: a, kind: folder, name: A, person: to, folder: x, colour: red}", "colour"),
    ],
    ids=[
        "the secret itself", "another variable", "an unknown kind", "an unknown person", "the name of e-mail",
        "no web address", "a secret in the address", "a message too short", "an unknown key",
    ],
)  # fmt: skip
def test_a_fault_names_its_key_and_never_the_secret(faults_of: Faults, entry: str, key: str) -> None:
    found = faults_of(files(f"channels:\n  - {entry}\n"))
    assert [fault.key.rpartition(".")[2] for fault in found] == [key]
    assert SECRET not in str(found)


def test_two_channels_of_one_name_are_a_fault(faults_of: Faults) -> None:
    twice = "  - {id: luu, kind: folder, name: Lưu, person: to, folder: outbox}\n" * 2
    assert len(faults_of(files(f"channels:\n{twice}"))) == 1

"""The ways out at the desk's edge: put together from settings, judged by the doctor, tried by send-test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.channels.channel import ChannelError
from alerts.channels.chat.apprise import ChatChannel
from alerts.channels.file.folder import FolderChannel
from alerts.channels.mail.smtp import SmtpChannel
from alerts.channels.webhook.channel import WebhookChannel
from config.load import load
from config.settings import Settings
from desk.channel_checks import examine_channels, find_fault
from desk.channels import make_channels
from desk.destinations import CurrentDestinations
from desk.findings import State
from desk.trial import UnknownTrialError, find_person, make_trial
from store.types import ChannelKind, ChannelSetting, Configuration, Recipient

# Apprise's own import, on the Pythons that still have the module
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
KEY = "canary-0123456789-abcdefghij"
CHAT = ChannelSetting("nhom", "Nhóm", ChannelKind.CHAT, "to", secret="DIEMBAO_CHANNEL_NHOM")
HOOK = ChannelSetting(
    "ioc", "Trung tâm", ChannelKind.WEBHOOK, "to", secret="DIEMBAO_CHANNEL_IOC", url="https://203.0.113.7/x"
)
FOLDER = ChannelSetting("luu", "Lưu", ChannelKind.FOLDER, "to", folder="outbox")
PERSON = Recipient("to", "Tổ báo chí", "to@office.example")


def say(text: str) -> str:
    return text


def clock() -> datetime:
    return NOW


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, allow_private=("203.0.113.7:443",))


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    shipped = load(None)
    rules = replace(shipped.rules, recipients=(PERSON,), sender="diembao@office.example")
    return replace(shipped, channels=(CHAT, HOOK, FOLDER), rules=rules)


def test_every_channel_is_made_under_its_name(settings: Settings, configuration: Configuration) -> None:
    made = make_channels(settings, configuration, environment={}, clock=clock)
    kinds = [FolderChannel, ChatChannel, WebhookChannel, FolderChannel]
    assert {name: type(channel) for name, channel in made.items()} == dict(
        zip(["mail", "nhom", "ioc", "luu"], kinds, strict=True)
    )


def test_a_mail_server_that_is_set_takes_the_letters(tmp_path: Path, configuration: Configuration) -> None:
    settings = Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_port=2525)
    assert isinstance(
        make_channels(settings, configuration, environment={}, clock=clock)["mail"], SmtpChannel
    )


def test_no_secret_stands_in_what_a_channel_says_of_itself(
    settings: Settings, configuration: Configuration
) -> None:
    secrets = {"DIEMBAO_CHANNEL_NHOM": f"tgram://{KEY}/1", "DIEMBAO_CHANNEL_IOC": KEY}
    made = make_channels(settings, configuration, environment=secrets, clock=clock)
    assert KEY not in repr(made)


def test_a_channel_whose_variable_is_not_set_waits_and_says_so(settings: Settings) -> None:
    fault = find_fault(HOOK, settings, secret="", clock=clock)
    assert fault == "its variable is not set"


def test_the_doctor_judges_each_channel_and_repeats_no_secret(
    settings: Settings, configuration: Configuration
) -> None:
    environment = {"DIEMBAO_CHANNEL_NHOM": f"nothing://{KEY}", "DIEMBAO_CHANNEL_IOC": KEY}
    found = list(examine_channels(settings, configuration, environment=environment, clock=clock, t=say))
    assert [finding.state for finding in found] == [State.NOTE, State.FAULT, State.OK, State.OK]
    assert KEY not in repr(found)


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "outbox").write_text("a file stands where the folder should")
    fault = find_fault(FOLDER, settings, secret="", clock=clock)
    assert fault.startswith("no file can be made in")


def test_a_trial_names_the_one_who_looks_after_the_channel(configuration: Configuration) -> None:
    assert find_person(configuration, "nhom", "") == PERSON
    trial = make_trial(configuration, "nhom", PERSON, now=NOW, t=say)
    assert (trial.address, "08:00:00" in trial.text, trial.subject.startswith("[TEST]")) == (
        "nhom",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("channel", "person"), [("pigeon", "to"), ("mail", ""), ("mail", "x@y.example"), ("nhom", "x")], ids=str
)
def test_a_trial_goes_to_nobody_who_is_not_in_the_configuration(
    configuration: Configuration, channel: str, person: str
) -> None:
    with pytest.raises(UnknownTrialError):
        find_person(configuration, channel, person)


def test_an_address_taken_out_of_the_file_gets_nothing_more(
    tmp_path: Path, configuration: Configuration
) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    rules = folder / "rules.yaml"
    rules.write_text(
        "sender: a@b.example\nrecipients: [{id: to, name: T, email: to@office.example}]\ndeadlines: []\n"
    )
    may_go = CurrentDestinations(folder)
    letter = make_trial(configuration, "mail", PERSON, now=NOW, t=say)
    assert may_go(letter)
    rules.write_text(
        "sender: a@b.example\nrecipients: [{id: ai, name: A, email: ai@office.example}]\ndeadlines: []\n"
    )
    assert not may_go(letter)


def test_nothing_goes_out_while_the_file_cannot_be_read(tmp_path: Path, configuration: Configuration) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "rules.yaml").write_text("recipients: [")
    with pytest.raises(ChannelError) as caught:
        CurrentDestinations(folder)(make_trial(configuration, "mail", PERSON, now=NOW, t=say))
    assert caught.value.is_whole

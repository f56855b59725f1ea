"""Chats through Apprise against a real HTTP server: what arrives, what it means, and what nobody hears."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from alerts.channels.channel import ChannelError
from alerts.channels.chat.apprise import ChatChannel, find_address_fault
from alerts.channels.chat.text import make_body, make_title
from alerts.channels.secrecy import HIDDEN, scrub

pytest.importorskip("apprise", reason="the extra `chat` is not installed")

# a plugin of Apprise still asks for a module that Python 3.13 no longer has, and does without it there
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CANARY = "canaryTOKEN123456"


@pytest.fixture
def open_chat(receiver: Any):
    def make(secret: str = "", **given: Any) -> ChatChannel:
        address = f"json://user:{CANARY}@{receiver.place}/{CANARY}/?rto=1&cto=1"
        return ChatChannel("nhom-truc", secret or address, **given)

    return make


def fault_of(channel: Any, notice: Any) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(notice, 1)
    return caught.value


def test_a_chat_gets_subject_start_reason_and_mark(open_chat: Any, receiver: Any, make: Any):
    open_chat().send(make.notice(), 1)
    ((_, _, body),) = receiver.asked
    said = json.loads(body)
    assert said["title"] == "Điểm báo 22/11/2026"
    assert said["message"].startswith("Xin chào")
    assert "Why you get this: bản tin hằng ngày" in said["message"]
    assert "the same mark is the same message" in said["message"]


def test_a_second_sending_has_the_same_mark(open_chat: Any, receiver: Any, make: Any):
    channel = open_chat()
    channel.send(make.notice(), 1)
    channel.send(make.notice(), 1)
    assert receiver.asked[0][2] == receiver.asked[1][2]
    assert make_body(make.notice("other"), longest=500, t=str) != make_body(make.notice(), longest=500, t=str)


@pytest.mark.parametrize(
    ("status", "is_of_text"),
    [(400, True), (413, True), (401, False), (404, False), (500, False)],
)
def test_an_answer_says_what_becomes_of_the_notice(
    status: int, is_of_text: bool, open_chat: Any, receiver: Any, make: Any
):
    receiver.answers = [(status, {})]
    fault = fault_of(open_chat(), make.notice())
    assert (fault.permanent, fault.is_whole) == (is_of_text, not is_of_text)
    assert CANARY not in fault.words


def test_a_redirect_does_not_take_the_secret_elsewhere(
    open_chat: Any, receiver: Any, receivers: Any, make: Any
):
    other = receivers()
    receiver.answers = [(302, {"Location": other.url})]
    fault_of(open_chat(), make.notice())
    assert other.asked == []


@pytest.mark.parametrize(
    "secret",
    [
        f"json://user:{CANARY}@127.0.0.1:1/{CANARY}",
        f"tgram://123456789:{CANARY}",
        f"nothing://{CANARY}",
        CANARY,
        "",
    ],
    ids=["nobody answers", "unfinished", "no such service", "no address", "not set"],
)
def test_not_a_word_of_the_secret_is_logged_or_kept_whatever_fails(
    secret: str, open_chat: Any, make: Any, caplog: pytest.LogCaptureFixture, capfd: Any
):
    caplog.set_level(1)  # whatever anybody might switch on
    logging.getLogger("apprise").setLevel(1)
    logging.getLogger("urllib3").setLevel(1)
    try:
        fault = fault_of(ChatChannel("nhom-truc", secret), make.notice())
        assert not fault.permanent
        assert fault.is_whole
        told = caplog.text + fault.words + repr(fault) + "".join(capfd.readouterr())
        assert CANARY not in told
        assert fault.__cause__ is None
        assert fault.__context__ is None or fault.__suppress_context__
    finally:
        logging.getLogger("apprise").setLevel(logging.NOTSET)
        logging.getLogger("urllib3").setLevel(logging.NOTSET)


def test_what_is_sent_is_not_logged_either(
    open_chat: Any, receiver: Any, make: Any, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(1)
    channel = open_chat()
    channel.send(make.notice(), 1)
    assert CANARY not in caplog.text + repr(channel)


def test_loggers_are_left_as_they_were(open_chat: Any, make: Any):
    log = logging.getLogger("apprise")
    before = (log.level, log.propagate, list(log.handlers))
    open_chat().send(make.notice(), 1)
    assert (log.level, log.propagate, list(log.handlers)) == before


@pytest.mark.parametrize(
    ("service", "address"),
    [
        ("Telegram", "tgram://123456789:abcdefg_hijklmnop_qrstuvwxyzABCDEF/987654321/"),
        ("Slack", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#press"),
        ("Teams", "workflows://host.example:443/workflow1a/signature1b/"),
        ("Matrix", "matrixs://user:pass@matrix.example/#press"),
        ("Zalo", "zalo://123456789:abcdefghijKLMNOPqrst/6ede9afa66b88fe6d6a9"),
        ("SMS gateway", "twilio://AC735c307c62944b5a:e29dfbcebf390dee9@+12022223333/15553334444"),
    ],
    ids=lambda value: value.split(":")[0],
)
def test_apprise_knows_the_services_the_office_asked_for(service: str, address: str):
    assert find_address_fault(address) == "", service


@pytest.mark.parametrize(
    "title",
    ["@everyone", "<!channel> <@U1>", "@here @all @room @channel", "\u202egnp.exe", "a\r\nb: c\x00"],
    ids=["discord", "slack", "others", "right to left", "control"],
)
def test_a_headline_calls_nobody_and_turns_nothing(title: str, make: Any):
    said = make_title(make.notice(subject=title)) + make_body(make.notice(text=title), longest=500, t=str)
    assert not any(call in said for call in ("@everyone", "@here", "@all", "@room", "@channel", "<!", "<@"))
    assert not any(mark in said for mark in "\u202e\r\x00")


def test_ten_thousand_characters_are_cut_and_reason_and_mark_stay(make: Any):
    said = make_body(make.notice(text="dài " * 10_000, subject="t" * 10_000), longest=600, t=str)
    assert len(said) <= 600
    assert "the same mark" in said
    assert len(make_title(make.notice(subject="t" * 10_000))) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "failed: https://x.example/botAB%2FCDEF/send",
        "password hunter2hunter2 refused",
        "Basic dXNlcjpodW50ZXIyaHVudGVyMg",
        "auth aHVudGVyMmh1bnRlcjI=",
    ],
    ids=["in a path", "as it is", "basic", "base64"],
)
def test_words_of_others_lose_our_secrets(text: str):
    secrets = ["tgram://user:hunter2hunter2@x.example/botAB%2FCDEF", "user:hunter2hunter2"]
    said = scrub(text, [*secrets, "dXNlcjpodW50ZXIyaHVudGVyMg"])
    assert HIDDEN in said
    assert not any(word in said for word in ("hunter2", "botAB", "dXNlcj", "aHVudGVy"))

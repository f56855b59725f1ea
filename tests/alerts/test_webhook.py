"""Signed posts to a real HTTP server, and what the guard lets nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels.channel import ChannelError
from alerts.channels.webhook.channel import WebhookChannel, explain, make_body
from alerts.channels.webhook.place import ForbiddenPlaceError, Guard, place_from
from alerts.channels.webhook.post import Reply
from alerts.channels.webhook.signature import WeakKeyError, key_from, sign

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SECRET = "canary-0123456789-abcdefghij"


def is_public(address: str) -> bool:
    """As the crawler's guard judges the addresses of these tests."""
    return address.startswith("203.0.113.")


@pytest.fixture
def open_hook(receiver: Any):
    def make(url: str = "", **given: Any) -> WebhookChannel:
        guard = given.pop("guard", Guard(is_public, frozenset([receiver.place])))
        facts = {"clock": lambda: NOW, "timeout_seconds": 5.0, "secret": SECRET} | given
        return WebhookChannel("hook", url or receiver.url, guard=guard, **facts)

    return make


def fault_of(channel: Any, notice: Any) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(notice, 1)
    return caught.value


def test_a_receiver_gets_the_notice_and_can_check_who_sent_it(open_hook: Any, receiver: Any, make: Any):
    open_hook().send(make.notice(), 1)
    ((path, headers, body),) = receiver.asked
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(SECRET.encode(), told, hashlib.sha256).digest()).decode()
    assert path == "/nhan"
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert json.loads(body)["subject"] == "Điểm báo 22/11/2026"


def test_a_second_attempt_has_the_same_key_and_body_and_its_own_time(
    open_hook: Any, receiver: Any, make: Any
):
    open_hook().send(make.notice(), 1)
    open_hook(clock=lambda: NOW + timedelta(minutes=1)).send(make.notice(), 1)
    (_, first, one), (_, second, two) = receiver.asked
    assert one == two
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == first["webhook-id"]
    assert first["webhook-signature"] != second["webhook-signature"]


def test_the_receivers_code_in_the_papers_accepts_ours_and_nothing_else(
    open_hook: Any, receiver: Any, make: Any, root: Path
):
    paper = (root / "docs" / "channels.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", paper, re.DOTALL)
    room: dict[str, Any] = {}
    exec(code, room)  # noqa: S102  our own paper: what receivers copy must work
    open_hook().send(make.notice(), 1)
    ((_, headers, body),) = receiver.asked
    small = {name.lower(): value for name, value in headers.items()}
    now = NOW.timestamp()
    is_ours = room["is_ours"]
    assert is_ours(SECRET.encode(), small, body, now)
    assert not is_ours(SECRET.encode(), small, body + b" ", now)
    assert not is_ours(b"another-key-another-key-another", small, body, now)
    assert not is_ours(SECRET.encode(), small, body, now + 600)
    assert not is_ours(SECRET.encode(), small | {"webhook-timestamp": "1"}, body, now)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((status, (True, False)) for status in (400, 413, 422)),
        *((status, (False, True)) for status in (401, 403, 404, 410, 429, 503)),
        *((status, (False, False)) for status in (408, 409, 425, 500, 502)),
        *((status, (False, True)) for status in (301, 302, 307, 308)),
    ],
)
def test_an_answer_says_what_becomes_of_the_notice(
    status: int, meaning: tuple[bool, bool], open_hook: Any, receiver: Any, make: Any
):
    receiver.answers = [(status, {})]
    fault = fault_of(open_hook(), make.notice())
    assert (fault.permanent, fault.is_whole) == meaning
    assert str(status) in fault.words
    open_hook().send(make.notice(), 1)
    assert len(receiver.asked) == 2


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("999999", timedelta(hours=1)),
        ("Sun, 22 Nov 2026 01:05:00 GMT", timedelta(minutes=5)),
        ("Sun, 22 Nov 2020 01:05:00 GMT", timedelta()),
        ("soon", None),
        ("-1", None),
        ("١٢", None),
        ("9" * 5000, None),
        ("", None),
    ],
    ids=["seconds", "too long", "date", "past", "words", "negative", "other digits", "flood", "nothing"],
)
def test_a_receiver_may_ask_for_a_pause(text: str, pause: timedelta | None):
    fault = explain(Reply(503, text), "hook", now=NOW)
    assert fault is not None
    assert fault.pause == pause


def test_a_redirect_to_loopback_is_not_followed(open_hook: Any, receivers: Any, receiver: Any, make: Any):
    inner = receivers()
    receiver.answers = [(307, {"Location": inner.url})]
    fault = fault_of(open_hook(), make.notice())
    assert inner.asked == []
    assert (fault.is_whole, "no redirect is followed" in fault.words) == (True, True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://user:pass@127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "http://127.0.0.1:99999/",
    ],
)
def test_nothing_is_posted_to_this_machine(url: str, open_hook: Any, receiver: Any, make: Any):
    hook = open_hook(url.format(port=receiver.port), guard=Guard(is_public))
    assert fault_of(hook, make.notice()).is_whole
    assert receiver.asked == []


def test_a_name_that_leads_to_a_private_address_beside_a_public_one_is_refused():
    guard = Guard(is_public, resolve=lambda _host, _port: ["203.0.113.7", "10.0.0.1"])
    with pytest.raises(ForbiddenPlaceError, match="private"):
        guard.choose(place_from("https://ioc.example/"))


def test_a_name_is_looked_up_once_so_that_it_cannot_mean_another_place_a_moment_later(
    receiver: Any, open_hook: Any, make: Any
):
    asked = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.9"]

    guard = Guard(is_public, frozenset([f"ioc.example:{receiver.port}"]), rebind)
    open_hook(f"http://ioc.example:{receiver.port}/x", guard=guard).send(make.notice(), 1)
    ((_, headers, _),) = receiver.asked
    assert asked == ["ioc.example"]
    assert headers["Host"] == f"ioc.example:{receiver.port}"


def test_what_can_be_read_on_its_way_is_not_posted_to_the_open_net():
    guard = Guard(is_public, resolve=lambda _host, _port: ["203.0.113.7"])
    with pytest.raises(ForbiddenPlaceError, match="https"):
        guard.choose(place_from("http://ioc.example/"))
    assert guard.choose(place_from("https://ioc.example/")) == "203.0.113.7"


def test_a_private_port_beside_the_allowed_one_is_refused(
    receiver: Any, receivers: Any, open_hook: Any, make: Any
):
    other = receivers()
    assert fault_of(open_hook(other.url), make.notice()).is_whole
    assert other.asked == []


def test_a_receiver_that_hangs_is_left_and_may_have_it(open_hook: Any, receiver: Any, make: Any):
    receiver.wait = 2.0
    fault = fault_of(open_hook(timeout_seconds=0.2), make.notice())
    assert (fault.permanent, fault.is_unsure) == (False, True)


def test_a_receiver_that_drips_its_answer_is_left_when_the_whole_limit_is_over(open_hook: Any, make: Any):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()
        place = f"127.0.0.1:{listening.getsockname()[1]}"

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        hook = open_hook(f"http://{place}/", guard=Guard(is_public, frozenset([place])), timeout_seconds=0.3)
        fault = fault_of(hook, make.notice())
        ended.set()
        thread.join()
    assert not fault.permanent


@pytest.mark.parametrize(
    "secret", ["", "short", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!canary!!!!"], ids=lambda s: s or "none"
)
def test_a_key_that_keeps_nobody_out_signs_nothing(secret: str, open_hook: Any, receiver: Any, make: Any):
    fault = fault_of(open_hook(secret=secret), make.notice())
    assert fault.is_whole
    assert "canary" not in fault.words
    assert receiver.asked == []


def test_a_key_in_base64_is_the_bytes_it_stands_for():
    key = bytes(range(32))
    assert key_from("whsec_" + base64.b64encode(key).decode()) == key
    with pytest.raises(WeakKeyError):
        key_from("whsec_" + base64.b64encode(key[:8]).decode())


def test_neither_key_nor_place_shows_the_secret(open_hook: Any):
    assert "canary" not in repr(open_hook())


@given(text=st.text(max_size=300), subject=st.text(max_size=100))
def test_whatever_a_headline_holds_the_body_is_json_in_utf8(text: str, subject: str):
    from store.types import Notice  # noqa: PLC0415  Hypothesis takes no fixture here

    notice = Notice("k", "r", "hook", "hook", subject, text, "", "why", "<a@b>", NOW)
    body = make_body(notice)
    assert (
        json.loads(body)["id"]
        == sign(b"k" * 24, reference=json.loads(body)["id"], at=NOW, body=body)["webhook-id"]
    )
    assert body == make_body(notice)

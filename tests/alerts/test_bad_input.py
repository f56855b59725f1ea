"""What outsiders write, on its whole way: composed, rendered, through the outbox, to a real mail server."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import letterhead_from
from alerts.digest import compose
from alerts.render.mail import render
from alerts.send import deliver
from store.notices import enqueue, list_notices
from store.types import NoticeState

ME = "lanhdao@office.example"
TITLES = {
    "header injection": "Tin\r\nBcc: all@evil.example\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
    "a lone line feed": "Tin\nBcc: all@evil.example",
    "the end of a letter": "Tin\r\n.\r\nMAIL FROM:<x@evil.example>",
    "markup": "<h1>Tin</h1><a href='//evil.example'>x</a>",
    "script": "<script>alert(1)</script>",
    "ten thousand characters": "Gia Lai " * 1_250,
    "one word of ten thousand": "a" * 10_000,
    "right-to-left override": "giá \u202ehcas\u202c tăng \u2066x\u2069",
    "control characters": "\x00\x1b[31mTin\x7f\x85",
    "an encoded word": "=?utf-8?q?Tin=0d=0aBcc=3a_all=40evil.example?=",
    "an encoded word after an ordinary one": "Tin =?UTF-8?B?DQpCY2M6IGFsbEBldmlsLmV4YW1wbGU=?= mới",
}


@pytest.fixture
def post(sessions: Any, make: Any, post_office: Any) -> Any:
    """Empties the outbox over SMTP."""
    server = SmtpServer("127.0.0.1", post_office.port, Security.NONE)
    channel = SmtpChannel(server, letterhead_from(make.rules()))

    def once(*, minutes: int = 0, worker: str = "a") -> Any:
        now = make.end + timedelta(minutes=minutes)
        return deliver(sessions, {"mail": channel}, now=now, worker=worker, allowed_addresses=[ME])

    return once


def hostile_letter(make: Any, plain: Any, title: str) -> Any:
    item = make.read(1, title=title, text=title, url="https://ngongio.example/la", outlet_name=title)
    mail = render(compose(make.material(make.story("s9", item))), plain)
    return make.notice(subject=title, text=mail.text, html=mail.html, reason=title, address=ME)


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_hostile_title_reaches_one_recipient_as_one_letter_that_says_and_does_nothing_else(  # noqa: PLR0917 -- fixtures
    sessions: Any, make: Any, plain: Any, post: Any, post_office: Any, title: str
) -> None:
    with sessions.begin() as session:
        enqueue(session, hostile_letter(make, plain, title))
    assert post().sent == 1
    (letter,) = post_office.messages
    assert post_office.recipients == [ME]
    assert (letter["Bcc"], letter.get_content_type()) == (None, "multipart/alternative")
    assert len(letter.get_all("To")) == len(letter.get_all("Subject")) == 1
    assert max(len(line) for line in letter.as_bytes().splitlines()) <= 998  # RFC 5322 2.1.1
    page = letter.get_body(("html",)).get_content()
    assert not re.search(r"<script|<h1>Tin|<a href='//evil", page)
    shown = letter.get_body(("plain",)).get_content() + str(letter["Subject"])
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?a=0d=0aBcc=3ax?=@evil.example",
        "a@b.example\r\nRCPT TO:<c@evil.example>",
        "a@b.example, c@d.example",
        "ả rập@b.example",
        ME + "\x00",
    ],
    ids=["an encoded word", "line breaks", "a comma", "a blank and marks", "a null"],
)
def test_an_address_that_is_not_one_gets_nothing_however_it_came_into_the_outbox(
    sessions: Any, make: Any, post_office: Any, address: str
) -> None:
    channel = SmtpChannel(
        SmtpServer("127.0.0.1", post_office.port, Security.NONE), letterhead_from(make.rules())
    )
    with sessions.begin() as session:
        enqueue(session, make.notice(address=address))
    report = deliver(
        sessions,
        {"mail": channel},
        now=make.end,
        worker="a",
        allowed_addresses=[address, address.strip("\x00")],
    )
    assert (report.sent, report.failed, post_office.recipients) == (0, 1, [])


def test_a_mail_server_that_says_not_now_gets_it_a_minute_later_once(
    sessions: Any, make: Any, post: Any, post_office: Any
) -> None:
    post_office.answers = ["451 4.3.0 try later"]
    with sessions.begin() as session:
        enqueue(session, make.notice())
    counts = [post(minutes=minute).sent for minute in (0, 1, 2)]
    assert counts == [0, 1, 0]
    assert len(post_office.messages) == 1


def test_two_processes_that_empty_the_outbox_at_the_same_minute_send_each_letter_once(
    sessions: Any, make: Any, post_office: Any
) -> None:
    with sessions.begin() as session:
        for number in range(20):
            enqueue(session, make.notice(f"k{number}", message_id=f"<{number}@office.example>"))
    gate = threading.Barrier(2)

    def work(name: str) -> None:
        server = SmtpServer("127.0.0.1", post_office.port, Security.NONE)
        channel = SmtpChannel(server, letterhead_from(make.rules()))  # each process has its own
        gate.wait()
        deliver(sessions, {"mail": channel}, now=make.end, worker=name, allowed_addresses=[ME])
        channel.close()

    workers = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(m["Message-ID"] for m in post_office.messages) == sorted(
        f"<{number}@office.example>" for number in range(20)
    )
    with sessions() as session:
        assert {row.state for row in list_notices(session)} == {NoticeState.SENT}


def test_a_letter_beside_a_hostile_one_is_sent_all_the_same(
    sessions: Any, make: Any, plain: Any, post: Any, post_office: Any
) -> None:
    bad = replace(hostile_letter(make, plain, TITLES["control characters"]), address="x\r\n@evil.example")
    with sessions.begin() as session:
        enqueue(session, replace(bad, key="k1"))
        enqueue(session, make.notice("k2"))
    assert (post().sent, post_office.recipients) == (1, [ME])

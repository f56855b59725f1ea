"""Many letters over one connection to a real mail server, and every way it can go wrong."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from alerts.channels.channel import ChannelError
from alerts.channels.mail import line
from alerts.channels.mail.answers import RefusalError, Step, explain
from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import letterhead_from


@pytest.fixture
def open_channel(make: Any):
    opened = []

    def start(port: int, **given: Any) -> SmtpChannel:
        facts = {"security": Security.NONE, "timeout_seconds": 5.0} | given
        opened.append(SmtpChannel(SmtpServer("127.0.0.1", port, **facts), letterhead_from(make.rules())))
        return opened[-1]

    yield start
    for channel in opened:
        channel.close()


@pytest.fixture
def notices(make: Any):
    return lambda count: [
        make.notice(f"k{i}", address=f"p{i}@office.example", message_id=f"<{i}@office.example>")
        for i in range(count)
    ]


def fault_of(channel: Any, notice: Any) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(notice, 1)
    return caught.value


def count_greetings(office: Any) -> list[str]:
    greeted: list[str] = []

    async def handle_ehlo(_server: Any, session: Any, _envelope: Any, name: str, responses: Any) -> Any:
        session.host_name = name
        greeted.append(name)
        return responses

    office.handle_EHLO = handle_ehlo
    return greeted


def test_many_letters_go_over_one_connection(open_channel: Any, post_office: Any, notices: Any):
    greeted = count_greetings(post_office)
    channel = open_channel(post_office.port)
    for notice in notices(20):
        channel.send(notice, 1)
    assert (len(post_office.messages), len(greeted)) == (20, 1)


def test_a_new_connection_is_made_before_the_server_tires_of_the_old(
    open_channel: Any, post_office: Any, notices: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(line, "LETTERS", 3)
    greeted = count_greetings(post_office)
    channel = open_channel(post_office.port)
    for notice in notices(7):
        channel.send(notice, 1)
    assert (len(post_office.messages), len(greeted)) == (7, 3)


def test_one_refused_recipient_of_three_costs_neither_the_others_nor_the_connection(
    open_channel: Any, post_office: Any, notices: Any
):
    greeted = count_greetings(post_office)
    post_office.refused["p1@office.example"] = "550 5.1.1 no such user"
    channel = open_channel(post_office.port)
    first, second, third = notices(3)
    channel.send(first, 1)
    fault = fault_of(channel, second)
    channel.send(third, 3)
    assert (fault.permanent, fault.is_whole) == (True, False)
    assert post_office.recipients == ["p0@office.example", "p2@office.example"]
    assert len(greeted) == 1


def test_a_connection_that_went_stale_between_two_letters_is_made_anew(
    open_channel: Any, scripted: Any, notices: Any, post_office: Any
):
    channel = open_channel(post_office.port)
    first, second = notices(2)
    channel.send(first, 1)
    channel._line._talk.sock.shutdown(2)  # as a server does that has waited long enough
    channel.send(second, 2)
    assert [m["Message-ID"] for m in post_office.messages] == ["<0@office.example>", "<1@office.example>"]


def test_a_server_that_closes_in_the_text_leaves_it_open_and_lets_the_others_try(
    open_channel: Any, scripted: Any, make: Any
):
    lines = [b"220 hello\r\n", b"250 hi\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"]
    fault = fault_of(open_channel(scripted(lines, ending="close")), make.notice())
    assert (fault.permanent, fault.is_unsure, fault.is_whole) == (False, True, False)
    assert "may have arrived" in fault.words


def test_a_server_that_drips_its_greeting_is_left_when_the_whole_limit_is_over(open_channel: Any, make: Any):
    import socket  # noqa: PLC0415  only this test speaks so low

    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        port = listening.getsockname()[1]
        fault = fault_of(open_channel(port, limit_seconds=0.5), make.notice())
        ended.set()
        thread.join()
    assert (fault.permanent, fault.is_whole) == (False, True)


def test_a_server_that_answers_4xx_then_2xx_gets_it_over_the_same_connection(
    open_channel: Any, post_office: Any, make: Any
):
    greeted = count_greetings(post_office)
    post_office.answers = ["451 4.7.1 greylisted"]
    channel = open_channel(post_office.port)
    fault = fault_of(channel, make.notice())
    assert (fault.permanent, fault.is_whole) == (False, False)
    channel.send(make.notice(), 1)
    assert (len(post_office.messages), len(greeted)) == (1, 1)


@pytest.mark.parametrize(
    ("step", "code", "answer", "permanent", "whole"),
    [
        (Step.RECIPIENT, 550, "no such user", True, False),
        (Step.RECIPIENT, 450, "busy", False, False),
        (Step.RECIPIENT, 452, "box full", False, False),
        (Step.RECIPIENT, 421, "closing", False, True),
        (Step.RECIPIENT, 530, "authentication required", False, True),
        (Step.RECIPIENT, 554, "5.7.1 Relay access denied", False, True),
        (Step.TEXT, 554, "spam", True, False),
        (Step.TEXT, 552, "too large", True, False),
        (Step.TEXT, 451, "later", False, False),
        (Step.TEXT, 421, "closing", False, True),
        (Step.SENDER, 553, "who are you", False, True),
        (Step.SENDER, 552, "too large", True, False),
        (Step.HELLO, 554, "no", False, True),
        (Step.SIGN_IN, 535, "wrong", False, True),
    ],
    ids=lambda value: str(value).replace(" ", "-"),
)
def test_a_code_says_whose_fault_it_is(step: Step, code: int, answer: str, permanent: bool, whole: bool):
    fault = explain(RefusalError(step, code, answer))
    assert (fault.permanent, fault.is_whole) == (permanent, whole)
    assert f"{code} {answer}" in fault.words


def test_an_address_beyond_ascii_arrives_where_the_server_takes_it(
    open_channel: Any, make: Any, utf8_post_office: Any
):
    open_channel(utf8_post_office.port).send(make.notice(address="lãnhđạo@office.example"), 1)
    assert utf8_post_office.recipients == ["lãnhđạo@office.example"]


def test_an_address_beyond_ascii_is_given_up_where_the_server_does_not_take_it(
    open_channel: Any, make: Any, start_post_office: Any
):
    office = start_post_office(enable_SMTPUTF8=False)
    channel = open_channel(office.port)
    fault = fault_of(channel, make.notice(address="lãnhđạo@office.example"))
    assert (fault.permanent, fault.is_whole) == (True, False)
    channel.send(make.notice(), 2)
    assert office.recipients == ["lanhdao@office.example"]


def test_a_password_is_not_sent_unprotected_to_another_machine(make: Any):
    server = SmtpServer("mail.office.example", 25, Security.NONE, user="u", password="canary-secret")
    fault = fault_of(SmtpChannel(server, letterhead_from(make.rules())), make.notice())
    assert (fault.is_whole, "unprotected" in fault.words) == (True, True)


def test_a_wrong_password_is_the_offices_to_mend_and_is_not_repeated(
    make: Any, open_channel: Any, auth_post_office: Any
):
    channel = open_channel(auth_post_office.port, user="office", password="canary-secret")
    fault = fault_of(channel, make.notice())
    assert (fault.permanent, fault.is_whole) == (False, True)
    assert "canary" not in fault.words
    assert "DIEMBAO_SMTP_USER" in fault.words


def test_the_right_password_opens_the_door(make: Any, open_channel: Any, auth_post_office: Any):
    channel = open_channel(auth_post_office.port, user="office", password="right")
    channel.check()
    assert auth_post_office.messages == []
    channel.send(make.notice(), 1)
    assert len(auth_post_office.messages) == 1


class Doorkeeper:
    """Knows one password, and repeats a wrong one in its answer, as no server should."""

    def __call__(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        if data.password == b"right":
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=f"535 {data.password.decode()} is wrong")


@pytest.fixture
def auth_post_office(start_post_office: Any):
    return start_post_office(authenticator=Doorkeeper(), auth_require_tls=False)


@pytest.fixture
def utf8_post_office(start_post_office: Any):
    return start_post_office(enable_SMTPUTF8=True)

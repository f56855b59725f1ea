"""One connection to a mail server, kept for many letters: protected, signed in, every wait limited."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address

from alerts.channels.channel import ChannelError
from alerts.channels.deadline import within
from alerts.channels.mail.answers import RefusalError, Step

LETTERS = 100  # over one connection: common servers take no more


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"  # a server on this machine
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where the mail server is and how to speak to it."""

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 30.0  # for each answer of the server
    limit_seconds: float = 120.0  # for a whole letter, or for greeting and signing in


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed over: envelope and bytes."""

    sender: str
    recipient: str
    body: bytes

    @property
    def is_ascii(self) -> bool:
        """Whether both addresses can go to any server."""
        return self.sender.isascii() and self.recipient.isascii()


class LostError(Exception):
    """The connection was lost while the text was told: nobody can tell whether the server took it."""


class _Talk(smtplib.SMTP):
    """Connects when told to, so that the connection can be cut while it is greeted."""

    def __init__(self, host: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._host = host  # whose certificate is asked for


class _TlsTalk(smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""

    def __init__(self, host: str, timeout: float) -> None:
        super().__init__(timeout=timeout, context=ssl.create_default_context())
        self._host = host


class SmtpLine:
    """A connection that is opened at the first letter, and anew where the server has closed it meanwhile."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._talk: smtplib.SMTP | None = None
        self._taken = 0  # letters over this connection

    def hand_over(self, letter: Letter) -> None:
        """Give one letter to the server.

        Raises:
            RefusalError: the server said no.
            LostError: the connection broke in the text, or before the answer to it.
            smtplib.SMTPException, OSError: it said nothing, or what nobody can understand.

        """
        if self._taken >= LETTERS:
            self.close()
        talk = self._begin(letter)
        with within(self._server.limit_seconds, lambda: getattr(talk, "sock", None)):
            try:
                _tell_text(talk, letter)
            except RefusalError as refusal:
                self._go_on_after(refusal)
                raise
            except (smtplib.SMTPException, OSError) as error:
                self._drop()
                raise LostError(find_fault(error)) from error
        self._taken += 1

    def open(self) -> None:
        """Connect, protect and sign in, unless that is done already; sends nothing."""
        if self._talk is None:
            self._talk, self._taken = _connect(self._server), 0

    def close(self) -> None:
        """Say goodbye. A server that hangs up without one has taken the letters all the same."""
        talk = self._talk
        if talk is not None:
            limit = min(self._server.limit_seconds, 5.0)
            with within(limit, lambda: getattr(talk, "sock", None)), suppress(smtplib.SMTPException, OSError):
                talk.quit()
        self._drop()

    def _drop(self) -> None:
        if self._talk is not None:
            self._talk.close()
        self._talk = None

    def _begin(self, letter: Letter) -> smtplib.SMTP:
        """Tell the envelope. Over a stale connection it is told again over a new one: no text was told."""
        was_open = self._talk is not None
        try:
            return self._address(letter)
        except (smtplib.SMTPException, OSError):
            self._drop()
            if not was_open:
                raise
        except RefusalError as refusal:
            self._go_on_after(refusal)
            if not was_open or refusal.code != 421:
                raise
        return self._address(letter)

    def _address(self, letter: Letter) -> smtplib.SMTP:
        self.open()
        talk = self._talk
        if talk is None:
            raise smtplib.SMTPServerDisconnected("the connection was not opened")
        with within(self._server.limit_seconds, lambda: getattr(talk, "sock", None)):
            _tell_envelope(talk, letter)
        return talk

    def _go_on_after(self, refusal: RefusalError) -> None:
        """Make the connection ready for the next letter, or let it go."""
        if refusal.code == 421 or self._talk is None:
            self._drop()
            return
        try:
            self._talk.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()


def _tell_envelope(talk: smtplib.SMTP, letter: Letter) -> None:
    options = [f"size={len(letter.body)}"] if talk.has_extn("size") else []
    if not letter.is_ascii:
        if not talk.has_extn("smtputf8"):
            words = "the mail server takes no addresses with letters beyond ASCII (RFC 6531)"
            raise ChannelError(permanent=True, words=words)
        options += ["SMTPUTF8", "BODY=8BITMIME"]
        talk.command_encoding = "utf-8"
    code, answer = talk.mail(letter.sender, options)
    if code != 250:
        raise RefusalError(Step.SENDER, code, answer)
    code, answer = talk.rcpt(letter.recipient)
    if code not in (250, 251):  # 251: it forwards by itself
        raise RefusalError(Step.RECIPIENT, code, answer)


def _tell_text(talk: smtplib.SMTP, letter: Letter) -> None:
    try:
        code, answer = talk.data(letter.body)
    except smtplib.SMTPDataError as error:  # it would not hear the text at all
        raise RefusalError(Step.TEXT, error.smtp_code, error.smtp_error) from error
    if code != 250:
        raise RefusalError(Step.TEXT, code, answer)


def _connect(server: SmtpServer) -> smtplib.SMTP:
    """A connection that is greeted, protected and signed in."""
    if server.user and server.security is Security.NONE and not is_this_machine(server.host):
        words = "a password is not sent unprotected: set DIEMBAO_SMTP_SECURITY to starttls or tls"
        raise ChannelError(permanent=False, words=words, is_whole=True)
    kind = _TlsTalk if server.security is Security.TLS else _Talk
    talk = kind(server.host, server.timeout_seconds)
    try:
        with within(server.limit_seconds, lambda: getattr(talk, "sock", None)):
            _greet(talk, server)
    except BaseException:
        talk.close()
        raise
    return talk


def _greet(talk: smtplib.SMTP, server: SmtpServer) -> None:
    code, answer = talk.connect(server.host, server.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    talk.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        code, answer = talk.starttls(context=ssl.create_default_context())
        if code != 220:
            raise smtplib.SMTPHeloError(code, answer)
        talk.ehlo_or_helo_if_needed()
    if server.user:
        talk.login(server.user, server.password)


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine by its spelling; no name is looked up."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def find_fault(error: Exception) -> str:
    """What went wrong with a connection, in a few words."""
    if isinstance(error, socket.gaierror):
        return "the name leads nowhere"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return f"{type(error).__name__} {error}"

"""Handing messages to the office's mail server over SMTP: one connection a notice, every wait limited."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from alerts.channels.channel import ChannelError
from alerts.channels.message import Letterhead, make_message
from store.types import Notice


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


def _say(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())[:300]}"


def _refused(error: smtplib.SMTPRecipientsRefused) -> ChannelError:
    code, answer = next(iter(error.recipients.values()))
    return ChannelError(
        permanent=code >= 500, words=f"the server refused the recipient: {_say(code, answer)}"
    )


def _answered(error: smtplib.SMTPResponseException) -> ChannelError:
    """What the server said no to. Only a refusal of the text itself is the notice's own fault.

    A refused greeting, password or sender is the office's to mend: the notice stays in the outbox meanwhile.
    """
    is_text = isinstance(error, smtplib.SMTPDataError)
    words = f"the mail server answered {_say(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        words += "; correct the user name or password of the mail server"
    if isinstance(error, smtplib.SMTPSenderRefused):
        words += "; correct `sender` in rules.yaml"
    return ChannelError(permanent=is_text and error.smtp_code >= 500, words=words)


@dataclass(frozen=True, slots=True)
class SmtpChannel:
    """Sends each notice as one message to its one address."""

    server: SmtpServer
    letterhead: Letterhead

    def send(self, notice: Notice, number: int) -> None:
        """Hand a notice to the mail server.

        Raises:
            ChannelError: permanent where the recipient or the text is refused with 5xx (RFC 5321 4.2.1) or
                the address is none; temporary on 4xx, on settings to be corrected and whenever the connection
                fails. Where it fails after the text, nobody can tell: the next try has the same Message-ID.

        """
        message = make_message(notice, self.letterhead)
        where = f"{self.server.host}:{self.server.port}"
        try:
            with self._session() as session:
                session.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(error) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(error) from error
        except smtplib.SMTPNotSupportedError as error:
            words = f"the mail server {where} lacks what notice {number} needs: {error}"
            raise ChannelError(permanent=False, words=words) from error
        except (smtplib.SMTPException, OSError) as error:
            words = (
                f"no answer from the mail server {where}: {type(error).__name__} {error}; tried again later"
            )
            raise ChannelError(permanent=False, words=words) from error

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """A connection that is greeted, protected and signed in; closed whatever happens."""
        session = self._connect()
        try:
            if self.server.security is Security.STARTTLS:
                session.starttls(context=ssl.create_default_context())
            if self.server.user:
                session.login(self.server.user, self.server.password)
            yield session
            # The message is accepted by now: a server that hangs up without a goodbye took it all the same.
            with suppress(smtplib.SMTPException, OSError):
                session.quit()
        finally:
            session.close()

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        if server.security is Security.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)

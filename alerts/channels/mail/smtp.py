"""Handing messages to the office's mail server: many over one connection, each with its own result."""

from __future__ import annotations

import base64
import smtplib
from email.message import EmailMessage

from alerts.channels.channel import ChannelError
from alerts.channels.folding import LETTERS
from alerts.channels.mail.answers import RefusalError, explain, refusal_from
from alerts.channels.mail.line import Letter, LostError, Security, SmtpLine, SmtpServer, find_fault
from alerts.channels.message import Letterhead, make_message
from alerts.channels.secrecy import scrub
from store.types import Notice

__all__ = ["Security", "SmtpChannel", "SmtpServer"]

_UTF8 = LETTERS.clone(utf8=True)  # RFC 6532, for addresses that are not ASCII


class SmtpChannel:
    """Sends each notice as one message to its one address; the connection stays open until `close`."""

    def __init__(self, server: SmtpServer, letterhead: Letterhead) -> None:
        self.server = server
        self.letterhead = letterhead
        self._line = SmtpLine(server)

    def send(self, notice: Notice, number: int) -> None:  # noqa: ARG002  every channel is handed the number
        """Hand a notice to the mail server.

        Raises:
            ChannelError: permanent where the recipient or the text is refused with 5xx (RFC 5321 4.2.1) or
                the address is none; temporary on 4xx; of the whole channel on settings to be corrected and
                where nobody answers; unsure where the connection fails over the text: the next try has the
                same Message-ID.

        """
        letter = letter_from(make_message(notice, self.letterhead))
        try:
            self._line.hand_over(letter)
        except (RefusalError, LostError, smtplib.SMTPException, OSError) as error:
            raise self._explain(error) from None  # a server's answer may repeat the password

    def check(self) -> None:
        """Connect and sign in, and hang up: nothing is sent.

        Raises:
            ChannelError: in the words that sending would fail with.

        """
        try:
            self._line.open()
        except (RefusalError, smtplib.SMTPException, OSError) as error:
            raise self._explain(error) from None  # a server's answer may repeat the password
        finally:
            self.close()

    def close(self) -> None:
        """Hang up; the next notice opens a new connection."""
        self._line.close()

    def _explain(self, error: Exception) -> ChannelError:
        fault = self._fault(error)
        signed = base64.b64encode(f"\0{self.server.user}\0{self.server.password}".encode()).decode()
        fault.words = scrub(fault.words, [self.server.password, signed])
        return fault

    def _fault(self, error: Exception) -> ChannelError:
        where = f"{self.server.host}:{self.server.port}"
        if isinstance(error, RefusalError):
            return explain(error)
        if isinstance(error, smtplib.SMTPResponseException):
            return explain(refusal_from(error))
        if isinstance(error, smtplib.SMTPNotSupportedError):
            words = f"the mail server {where} lacks what is set: {error}; correct DIEMBAO_SMTP_SECURITY"
            return ChannelError(permanent=False, words=words, is_whole=True)
        if isinstance(error, LostError):
            # perhaps it is this text that the server dislikes: the others are tried all the same
            words = f"the mail server {where} hung up over the text: {error}; it may have arrived"
            return ChannelError(permanent=False, words=words, is_unsure=True)
        words = f"no answer from the mail server {where}: {find_fault(error)}; tried again later"
        return ChannelError(permanent=False, words=words, is_whole=True)


def letter_from(message: EmailMessage) -> Letter:
    """A message to one address -> envelope and bytes."""
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    is_ascii = sender.isascii() and recipient.isascii()
    return Letter(sender, recipient, message.as_bytes(policy=LETTERS if is_ascii else _UTF8))

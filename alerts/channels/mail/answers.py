"""What a mail server's refusal means: whose fault it is, and whether trying again can help. Pure.

Codes: RFC 5321 section 4.2; the words stand as the server says them.
"""

from __future__ import annotations

import smtplib
from enum import StrEnum

from alerts.channels.channel import ChannelError

_CLOSING = 421  # the server ends the talk, whatever was asked
_TOO_LARGE = 552
_SIGN_IN = frozenset({530, 534, 535, 538})  # RFC 4954: it wants to know who we are, or does not believe it


class Step(StrEnum):
    """Where in the talk the server refused."""

    HELLO = "hello"  # greeting, EHLO, STARTTLS
    SIGN_IN = "sign in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TEXT = "text"


_WHAT = {
    Step.HELLO: "the mail server does not talk to us",
    Step.SIGN_IN: "the mail server refused the name or password; correct DIEMBAO_SMTP_USER, _PASSWORD",
    Step.SENDER: "the mail server refused the sender; correct `sender` in rules.yaml",
    Step.RECIPIENT: "the server refused the recipient",
    Step.TEXT: "the server refused the text",
}


class RefusalError(Exception):
    """The server's answer at a step, as it came."""

    def __init__(self, step: Step, code: int, answer: bytes | str) -> None:
        super().__init__(f"{step.value}: {code}")
        self.step, self.code, self.answer = step, code, answer


def say(code: int, answer: bytes | str) -> str:
    """A server's answer on one line, at most 300 characters of it."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())[:300]}"


def is_whole(refusal: RefusalError) -> bool:
    """Whether the office or the server must mend something, so that no other notice would fare better.

    A server that does not relay for us, or wants a password, may say so only at the recipient.
    """
    if refusal.code == _CLOSING or refusal.code in _SIGN_IN:
        return True
    if refusal.step is Step.RECIPIENT:
        return "relay" in say(refusal.code, refusal.answer).casefold()
    return refusal.step is not Step.TEXT and refusal.code != _TOO_LARGE


def explain(refusal: RefusalError) -> ChannelError:
    """A refusal -> what becomes of the notice: given up only where 5xx speaks of itself or its recipient."""
    whole = is_whole(refusal)
    step = Step.SIGN_IN if refusal.code in _SIGN_IN else refusal.step
    return ChannelError(
        permanent=not whole and refusal.code >= 500,
        words=f"{_WHAT[step]}: {say(refusal.code, refusal.answer)}",
        is_whole=whole,
    )


def refusal_from(error: smtplib.SMTPResponseException) -> RefusalError:
    """What smtplib raises while it greets and signs in -> the step."""
    step = Step.SIGN_IN if isinstance(error, smtplib.SMTPAuthenticationError) else Step.HELLO
    return RefusalError(step, error.smtp_code, error.smtp_error)

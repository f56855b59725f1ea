"""A notice as an e-mail message: the same notice always gives the same message, byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import MappingProxyType

from alerts.channels.channel import ChannelError
from alerts.channels.folding import LETTERS
from store.types import Notice, Rules

# control characters, what turns the direction of a line, halves of characters
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# One address and nothing else: no list, no second line, no comment, no white space. RFC 5322 allows more; an
# office's configuration does not need it.
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f@,;:<>()\[\]\"\\]+@[^\s\x00-\x1f\x7f@,;:<>()\[\]\"\\]+")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every message of the office. `names` maps a recipient's id to a name to show."""

    sender: str  # "name <address>" or an address
    reply_to: str = ""
    list_id: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def letterhead_from(rules: Rules) -> Letterhead:
    """What rules.yaml says of the office's messages."""
    names = {recipient.id: recipient.name for recipient in rules.recipients}
    return Letterhead(rules.sender, rules.reply_to, rules.list_id, names)


def make_address(text: str, name: str = "") -> Address:
    """One e-mail address, as a header takes it; `name` stands before it, quoted where it must be.

    Raises:
        ChannelError: permanent, when the text is anything but one address.

    """
    fault = ChannelError(permanent=True, words=f"not one e-mail address: {text!r}; correct it in rules.yaml")
    if not _ADDRESS.fullmatch(text) or "=?" in text:  # an encoded word, see `_one_line`
        raise fault
    user, _, host = text.rpartition("@")
    try:
        return Address(_one_line(name), user, host)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise fault from error


def _named(text: str) -> Address:
    """An address, or a name with the address in angle brackets -> Address."""
    name, address = parseaddr(text)
    return make_address(address or text, name)


def _boundary(message_id: str) -> str:
    return f"=_diembao_{hashlib.sha256(message_id.encode()).hexdigest()[:24]}"


def _one_line(text: str) -> str:
    """Text as a header can have it: on one line, turned nowhere, and said as it stands.

    `=?utf-8?q?=0d=0aBcc…?=` in a headline would be read as an encoded word by Python's own header classes,
    which then write its line break: a header of the outlet's making. Parted, it is plain text.
    """
    return " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())


def make_message(notice: Notice, letterhead: Letterhead, *, is_addressed: bool = True) -> EmailMessage:
    """A notice -> a multipart/alternative message: text first, HTML second.

    `is_addressed`: False for a notice that is nobody's letter.
    Message-ID, Date and boundary are the notice's own, so that a second sending is the same message.

    Raises:
        ChannelError: permanent, when an address or the Message-ID cannot stand in a header.

    """
    if not re.fullmatch(r"<[^\s<>@]+@[^\s<>@]+>", notice.message_id):
        raise ChannelError(permanent=True, words=f"not a Message-ID: {notice.message_id!r}")
    message = EmailMessage(policy=LETTERS)
    message["From"] = _named(letterhead.sender)
    name = letterhead.names.get(notice.recipient, "")
    message["To"] = make_address(notice.address, name) if is_addressed else "undisclosed-recipients:;"
    message["Subject"] = _one_line(notice.subject)
    message["Date"] = format_datetime(notice.created_at)
    message["Message-ID"] = notice.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices in return
    if letterhead.reply_to:
        message["Reply-To"] = _named(letterhead.reply_to)
    if letterhead.list_id:
        message["List-Id"] = f"<{_one_line(letterhead.list_id).strip('<>')}>"  # RFC 2919
    # base64: no line of 998 octets (RFC 5321 4.5.3.1.6), nothing a relay could re-wrap
    message.set_content(notice.text, cte="base64")
    if notice.html:
        message.add_alternative(notice.html, subtype="html", cte="base64")
        message.set_boundary(_boundary(notice.message_id))
    return message

"""channels.yaml: the ways out besides e-mail. Of a secret only its variable's name stands here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAIL = "mail"  # the name of the office's own post, which needs no entry in channels.yaml


class ChannelKind(StrEnum):
    """What carries a notice."""

    CHAT = "chat"  # everything that Apprise reaches
    WEBHOOK = "webhook"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """One way out. Its `id` is the channel's name in the outbox, and the address of notices sent over it."""

    id: str
    name: str
    kind: ChannelKind
    person: str  # Recipient.id: who looks after it, and is named in a test message
    secret: str = ""  # name of an environment variable: the Apprise URL, or the key a webhook is signed with
    url: str = ""  # webhook
    folder: str = ""  # folder; relative to the data folder
    longest: int = 1_500  # characters of a chat message

"""What is told to whom: notices and where they stand in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import require_aware


class NoticeState(StrEnum):
    """Where a notice stands in the outbox."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # being sent; after a crash: perhaps sent
    SENT = "sent"
    FAILED = "failed"  # permanent
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Notice:
    """A recipient should hear a thing, for a reason, once. `key` is unique: a second one is the same."""

    key: str
    recipient: str  # Recipient.id
    address: str
    channel: str  # mail, file
    subject: str
    text: str
    html: str
    reason: str
    message_id: str
    created_at: datetime

    def __post_init__(self) -> None:
        require_aware(self.created_at, "Notice.created_at")

"""The outbox: claim a notice, send it, record it. Killed in between, it is shown as perhaps sent.

Steps: 1. claims left by a process that died are released · 2. a notice is claimed, and the claim committed ·
3. it is sent · 4. the result is recorded. Between 3 and 4 nothing else happens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.channels.channel import Channel, ChannelError
from store.database import Sessions
from store.notices import claim_next, record_failed, record_sent, release_stale
from store.types import Notice, Saved

STALE = timedelta(minutes=10)  # longer than any sending takes: each answer of a server is waited for 30 s
NOT_CONFIGURED = "the address does not stand in the configuration: nothing was sent to it"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one notice; `words` is "" where all went well."""

    number: int
    address: str
    is_sent: bool
    is_final: bool  # nothing more will be tried
    words: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """One round through the outbox. `released`: claims of a dead process, perhaps sent already."""

    deliveries: tuple[Delivery, ...]
    released: int

    @property
    def sent(self) -> int:
        """How many notices went out."""
        return sum(d.is_sent for d in self.deliveries)

    @property
    def failed(self) -> int:
        """How many will never go out as they are."""
        return sum(d.is_final and not d.is_sent for d in self.deliveries)

    @property
    def waiting(self) -> int:
        """How many are tried again later."""
        return sum(not d.is_final for d in self.deliveries)


def _hand_over(channel: Channel, saved: Saved[Notice], allowed: Collection[str]) -> Delivery:
    """Send one claimed notice, if its address may be written to."""
    notice = saved.value
    if notice.address.casefold() not in allowed:
        return Delivery(saved.number, notice.address, is_sent=False, is_final=True, words=NOT_CONFIGURED)
    try:
        channel.send(notice, saved.number)
    except ChannelError as error:
        return Delivery(
            saved.number, notice.address, is_sent=False, is_final=error.permanent, words=error.words
        )
    return Delivery(saved.number, notice.address, is_sent=True, is_final=True)


def _record(sessions: Sessions, delivery: Delivery, *, now: datetime) -> None:
    with sessions.begin() as session:
        if delivery.is_sent:
            record_sent(session, delivery.number, now=now)
        else:
            record_failed(
                session, delivery.number, permanent=delivery.is_final, detail=delivery.words, now=now
            )


def deliver(
    sessions: Sessions,
    channels: Mapping[str, Channel],
    *,
    now: datetime,
    worker: str,
    allowed_addresses: Collection[str],
    stale_after: timedelta = STALE,
) -> DeliveryReport:
    """Send what is due in the outbox, each notice once in this round.

    Args:
        sessions: makes sessions of the store.
        channels: by the name that notices carry; notices of other channels stay where they are.
        now: UTC.
        worker: names this process in the outbox.
        allowed_addresses: the addresses of the configuration; nothing is ever sent to another.
        stale_after: how old a claim is before its process is taken for dead.

    """
    allowed = {address.casefold() for address in allowed_addresses}
    with sessions.begin() as session:
        released = release_stale(session, older_than=now - stale_after, now=now)
    deliveries: list[Delivery] = []
    for name, channel in channels.items():
        while True:
            with sessions.begin() as session:
                saved = claim_next(session, channel=name, worker=worker, now=now)
            if saved is None:
                break
            delivery = _hand_over(channel, saved, allowed)
            _record(sessions, delivery, now=now)
            deliveries.append(delivery)
    return DeliveryReport(tuple(deliveries), released)

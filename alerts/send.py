"""The outbox: claim a notice, send it, record it. Killed in between, it is shown as perhaps sent.

Steps: 1. claims left by a process that died are released · 2. a notice is claimed, and the claim committed ·
3. its address is looked for in the configuration of now · 4. it is sent · 5. the result is recorded.
A channel in trouble as a whole is left alone for a while; its notices wait.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event

from alerts.channels.channel import Channel, ChannelError, HeldChannel
from store.channels import find_channel_state, record_in_order, record_trouble
from store.database import Sessions
from store.notices import claim_next, claim_this, record_failed, record_sent, release_stale
from store.types import Notice, Saved

STALE = timedelta(minutes=10)  # longer than any sending takes: each letter is limited to four minutes at most
GIVE_UP = timedelta(days=4)  # RFC 5321 4.5.4.1: four to five days
NOT_CONFIGURED = "the address does not stand in the configuration: nothing was sent to it"
GIVEN_UP = "given up after four days; the last answer was: "

Allowed = Callable[[Notice], bool]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one notice; `words` is "" where all went well."""

    number: int
    address: str
    is_sent: bool
    is_final: bool  # nothing more will be tried
    words: str = ""
    channel: str = ""
    is_whole: bool = False  # the channel is in trouble, not the notice
    is_unsure: bool = False  # it may have arrived
    pause: timedelta | None = None  # as long as the other side asked for


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


def _hand_over(channel: Channel, saved: Saved[Notice], is_allowed: Allowed, *, now: datetime) -> Delivery:
    """Send one claimed notice, if its address may be written to at this moment."""
    notice = saved.value
    try:
        if not is_allowed(notice):
            raise ChannelError(permanent=True, words=NOT_CONFIGURED)  # noqa: TRY301  recorded like any other
        channel.send(notice, saved.number)
    except ChannelError as error:
        return _failure(saved, error, now=now)
    return Delivery(saved.number, notice.address, is_sent=True, is_final=True, channel=notice.channel)


def _failure(saved: Saved[Notice], error: ChannelError, *, now: datetime) -> Delivery:
    """A fault of the notice ends after some days; one of the channel waits for whoever mends it."""
    is_old = not error.is_whole and now - saved.value.created_at > GIVE_UP
    return Delivery(
        number=saved.number,
        address=saved.value.address,
        is_sent=False,
        is_final=error.permanent or is_old,
        words=error.words if error.permanent or not is_old else GIVEN_UP + error.words,
        channel=saved.value.channel,
        is_whole=error.is_whole,
        is_unsure=error.is_unsure,
        pause=error.pause,
    )


def _record(sessions: Sessions, delivery: Delivery, *, now: datetime) -> None:
    """Write down what became of a notice, and how its channel fared."""
    name, words = delivery.channel, delivery.words
    with sessions.begin() as session:
        if delivery.is_sent:
            record_sent(session, delivery.number, now=now)
            return
        record_failed(
            session,
            delivery.number,
            permanent=delivery.is_final,
            detail=words,
            now=now,
            pause=timedelta() if delivery.is_whole else delivery.pause,  # the channel's pause is long enough
            is_unsure=delivery.is_unsure,
        )
        if delivery.is_whole:
            record_trouble(session, name, detail=words, now=now, pause=delivery.pause)


def _empty(
    sessions: Sessions,
    name: str,
    channel: Channel,
    is_allowed: Allowed,
    *,
    clock: Clock,
    worker: str,
    stopping: Event,
) -> Iterator[Delivery]:
    """Send what is due over one channel, until nothing is, or the channel is in trouble."""
    started = clock()
    with sessions() as session:
        state = find_channel_state(session, name)
    if state is not None and state.failures and state.not_before > started:
        return
    is_told = False
    while not stopping.is_set():
        with sessions.begin() as session:
            # what is tried again later in this round would be tried in a circle: due is what was at its start
            saved = claim_next(session, channel=name, worker=worker, now=clock(), due_by=started)
        if saved is None:
            return
        delivery = _hand_over(channel, saved, is_allowed, now=clock())
        _record(sessions, delivery, now=clock())
        yield delivery
        if delivery.is_whole:
            return
        if delivery.is_sent and not is_told:
            is_told = True
            with sessions.begin() as session:
                record_in_order(session, name, now=clock())


def _allow(addresses: Collection[str]) -> Allowed:
    allowed = {address.casefold() for address in addresses}
    return lambda notice: notice.address.casefold() in allowed


def deliver(
    sessions: Sessions,
    channels: Mapping[str, Channel],
    *,
    now: datetime,
    worker: str,
    allowed_addresses: Collection[str] = (),
    is_allowed: Allowed | None = None,
    clock: Clock | None = None,
    stopping: Event | None = None,
    stale_after: timedelta = STALE,
) -> DeliveryReport:
    """Send what is due in the outbox, each notice once in this round.

    Args:
        sessions: makes sessions of the store.
        channels: by the name that notices carry; notices of other channels stay where they are.
        now: UTC.
        worker: names this process in the outbox.
        allowed_addresses: the only addresses anything is sent to; instead of `is_allowed`.
        is_allowed: asked before each sending whether a notice may go where it is addressed; it may raise
            ChannelError where nobody can tell.
        clock: the time of each claim and record; without one, all of them are `now`. A round that may take
            longer than `stale_after` needs one, or another process takes its claims for abandoned.
        stopping: when set, no further notice is begun.
        stale_after: how old a claim is before its process is taken for dead.

    """
    allowed = is_allowed or _allow(allowed_addresses)
    with sessions.begin() as session:
        released = release_stale(session, older_than=now - stale_after, now=now)
    deliveries: list[Delivery] = []
    for name, channel in channels.items():
        round_ = _empty(
            sessions,
            name,
            channel,
            allowed,
            clock=clock or (lambda: now),
            worker=worker,
            stopping=stopping or Event(),
        )
        try:
            deliveries.extend(round_)
        finally:
            if isinstance(channel, HeldChannel):
                channel.close()
    return DeliveryReport(tuple(deliveries), released)


def deliver_once(
    sessions: Sessions, channel: Channel, number: int, *, is_allowed: Allowed, clock: Clock, worker: str
) -> Delivery | None:
    """Try one notice once, however its channel fared last; None when somebody has it, or it is done."""
    with sessions.begin() as session:
        saved = claim_this(session, number, worker=worker, now=clock())
    if saved is None:
        return None
    try:
        delivery = _hand_over(channel, saved, is_allowed, now=clock())
    finally:
        if isinstance(channel, HeldChannel):
            channel.close()
    delivery = replace(delivery, is_final=True, is_whole=False)
    _record(sessions, delivery, now=clock())
    if delivery.is_sent:
        with sessions.begin() as session:
            record_in_order(session, delivery.channel, now=clock())
    return delivery

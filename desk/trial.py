"""One marked test message over one channel, through the outbox like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from alerts.channels.destinations import address_on
from alerts.notices import make_message_id
from alerts.send import Delivery, deliver_once
from desk.channels import make_channels
from desk.destinations import CurrentDestinations
from desk.house import House
from store.notices import TRIAL, enqueue, list_notices
from store.types import MAIL, Configuration, Notice, Recipient

Words = Callable[[str], str]


class UnknownTrialError(LookupError):
    """A channel or person that the configuration does not name; `ids` are those it names."""

    def __init__(self, name: str, ids: tuple[str, ...], *, is_channel: bool) -> None:
        super().__init__(f"{name!r} is none of {', '.join(ids)}")
        self.name, self.ids, self.is_channel = name, ids, is_channel


def find_person(configuration: Configuration, channel: str, person: str) -> Recipient:
    """Who is named in the test: `person`, else whoever looks after the channel.

    Raises:
        UnknownTrialError: when there is no such channel or recipient, or nobody is named for e-mail.

    """
    looked_after = {setting.id: setting.person for setting in configuration.channels} | {MAIL: ""}
    if channel not in looked_after:
        raise UnknownTrialError(channel, tuple(looked_after), is_channel=True)
    recipients = {recipient.id: recipient for recipient in configuration.rules.recipients}
    wanted = person or looked_after[channel]
    if wanted not in recipients:
        raise UnknownTrialError(wanted, tuple(recipients), is_channel=False)
    return recipients[wanted]


def make_trial(
    configuration: Configuration, channel: str, person: Recipient, *, now: datetime, t: Words
) -> Notice:
    """The message: it says that it is a test, over what, for whom, and when it was made."""
    at = now.astimezone(ZoneInfo(configuration.rules.timezone)).strftime("%d/%m/%Y %H:%M:%S")
    subject = t("[TEST] Điểm Báo: test of the channel {channel}").format(channel=channel)
    words = t("This is a test of the channel {channel} for {person}, made on {at}. There is nothing to do.")
    key = f"{TRIAL}:{channel}:{person.id}:{now.isoformat()}"
    sender = parseaddr(configuration.rules.sender)[1]
    return Notice(
        key=key,
        recipient=person.id,
        address=address_on(channel, person),
        channel=channel,
        subject=subject,
        text=words.format(channel=channel, person=person.name, at=at) + "\n",
        html="",
        reason=t("somebody asked for a test"),
        message_id=make_message_id(key, sender),
        created_at=now,
    )


def send_trial(
    house: House, channel: str, person: Recipient, *, environment: Mapping[str, str], t: Words
) -> Delivery:
    """Put the test in the outbox and try it once.

    Raises:
        LookupError: when it was taken by another process before it could be tried.

    """
    notice = make_trial(house.configuration, channel, person, now=house.clock(), t=t)
    with house.sessions.begin() as session:
        enqueue(session, notice)
        number = next(row.number for row in list_notices(session, limit=5) if row.notice.key == notice.key)
    channels = make_channels(house.settings, house.configuration, environment=environment, clock=house.clock)
    delivery = deliver_once(
        house.sessions,
        channels[channel],
        number,
        is_allowed=CurrentDestinations(house.settings.config),
        clock=house.clock,
        worker="send-test",
    )
    if delivery is None:
        raise LookupError(f"the test {number} was sent by another process: see the outbox at the desk")
    return delivery

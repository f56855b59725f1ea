"""Where notices may go: what stands in the configuration at the moment of sending, and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from store.types import MAIL, ChannelSetting, Configuration, Notice, Recipient


def address_on(channel: str, recipient: Recipient) -> str:
    """The address of a notice: the recipient's e-mail, or on any other channel the channel's own name."""
    return recipient.email if channel == MAIL else channel


@dataclass(frozen=True, slots=True)
class Destinations:
    """Every (channel, address) that may be written to; addresses without regard to capitals."""

    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, recipients: Iterable[Recipient], channels: Iterable[ChannelSetting] = ()) -> Self:
        """What recipients and channels of a configuration allow."""
        post = {(MAIL, recipient.email.casefold()) for recipient in recipients}
        return cls(frozenset(post | {(channel.id, channel.id.casefold()) for channel in channels}))

    @classmethod
    def of_configuration(cls, configuration: Configuration) -> Self:
        """What a configuration allows."""
        return cls.of(configuration.rules.recipients, configuration.channels)

    def has(self, notice: Notice) -> bool:
        """Whether a notice may go where it is addressed."""
        return (notice.channel, notice.address.casefold()) in self.pairs

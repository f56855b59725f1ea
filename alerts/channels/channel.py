"""What a channel is: something that hands one notice on, or says in words why it could not."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol, runtime_checkable

from store.types import Notice


class ChannelError(Exception):
    """A notice was not handed on. `permanent`: trying again with the same notice cannot help.

    `is_whole`: not the notice but the channel is in trouble (no answer, a wrong password): what else waits
    for it need not be tried now. `is_unsure`: it may have arrived all the same. `pause`: how long to wait,
    where the other side says so.
    """

    def __init__(
        self,
        *,
        permanent: bool,
        words: str,
        is_whole: bool = False,
        is_unsure: bool = False,
        pause: timedelta | None = None,
    ) -> None:
        super().__init__(words)
        self.permanent = permanent
        self.words = words
        self.is_whole = is_whole
        self.is_unsure = is_unsure
        self.pause = pause


class Channel(Protocol):
    """One way to tell people things."""

    def send(self, notice: Notice, number: int) -> None:
        """Hand on a notice; `number` is its number in the outbox.

        Raises:
            ChannelError: when it was not handed on, or nobody can tell whether it was.

        """


@runtime_checkable
class HeldChannel(Protocol):
    """A channel that keeps something open between two notices."""

    def close(self) -> None:
        """Let go of it. The next `send` opens it anew."""

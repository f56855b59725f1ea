"""What a channel is: something that hands one notice on, or says in words why it could not."""

from __future__ import annotations

from typing import Protocol

from store.types import Notice


class ChannelError(Exception):
    """A notice was not handed on. `permanent`: trying again with the same notice cannot help."""

    def __init__(self, *, permanent: bool, words: str) -> None:
        super().__init__(words)
        self.permanent = permanent
        self.words = words


class Channel(Protocol):
    """One way to tell people things."""

    def send(self, notice: Notice, number: int) -> None:
        """Hand on a notice; `number` is its number in the outbox.

        Raises:
            ChannelError: when it was not handed on, or nobody can tell whether it was.

        """

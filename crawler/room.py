"""How much may be held in memory at a time."""

from __future__ import annotations

import asyncio

_LEAST = 128 * 1024  # bytes that anything counts for, so that many small things are bounded, too


class Room:
    """Room for so many bytes; one thing larger than all of it is let in alone."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._freed = asyncio.Event()

    async def take(self, size: int) -> None:
        """Wait until there is room for so many bytes, and take it."""
        size = max(size, _LEAST)
        while self._taken and self._taken + size > self._most:
            self._freed.clear()
            await self._freed.wait()
        self._taken += size

    def give_back(self, size: int) -> None:
        """Give back what was taken for so many bytes."""
        self._taken -= max(size, _LEAST)
        self._freed.set()

"""Turns at hosts: every single request, robots.txt, redirects and retries included, passes here.

One at a time for a host, a pause between starts, never more than the day's budget, rest when asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.courtesy import manners
from crawler.courtesy.hostbook import HostBook
from crawler.courtesy.manners import Budget, Kind
from crawler.wire.answers import NoAnswer

# jitter only ever makes a pause longer: by 2 to 10 hundredths; two, since a first request also has to connect
_LEAST_STRETCH, _MORE_STRETCH = 1.02, 0.08


class HeldBackError(Exception):
    """A request that is not made now; `answer` says why."""

    def __init__(self, answer: NoAnswer) -> None:
        super().__init__(answer.words)
        self.answer = answer


@dataclass
class _Host:
    """One host in this run: whose turn it is, and the pause that its robots.txt asks for."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    delay: float = 0.0


class Turns:
    """All hosts of one run.

    Args:
        book: what is remembered of hosts.
        pauses: seconds between starts by host; `default_pause` for a host not named there.
        budgets: a day's requests by host; `default_budget` for a host not named there.
        concurrency: requests under way at a time, over all hosts.
        clock: gives the present (aware).
        random: gives 0 to 1, for the jitter.

    """

    def __init__(
        self,
        book: HostBook,
        *,
        pauses: Mapping[str, float],
        default_pause: float,
        budgets: Mapping[str, Budget],
        default_budget: Budget,
        concurrency: int,
        clock: Callable[[], datetime],
        random: Callable[[], float],
    ) -> None:
        self._book = book
        self._pauses = pauses
        self._default_pause = default_pause
        self._budgets = budgets
        self._default_budget = default_budget
        self._gate = asyncio.Semaphore(concurrency)
        self._clock = clock
        self._random = random
        self._hosts: dict[str, _Host] = {}

    def slow_down(self, name: str, delay: float) -> None:
        """Keep at least `delay` seconds between starts: what a robots.txt asks for. Never less than ours."""
        host = self._host(name)
        host.delay = max(host.delay, delay)

    def pause_of(self, name: str) -> float:
        """Seconds between starts of requests to a host: the larger of ours and its own."""
        return max(self._pauses.get(name, self._default_pause), self._host(name).delay)

    async def take(self, name: str, kind: Kind) -> None:
        """Wait for a turn at a host. Whoever has taken one must `end` it.

        Raises:
            HeldBackError: the host is not to be asked now.

        """
        host = self._host(name)
        await host.lock.acquire()
        try:
            self._check(name, kind)
            await asyncio.sleep(self._wait(name))
            await self._gate.acquire()
            self._book.save(manners.started(self._book.find(name), self._clock()))
        except BaseException:
            host.lock.release()
            raise

    def end(self, name: str, kind: Kind, *, status: int = 0, retry_after: str = "") -> None:
        """End a turn; `status` is the HTTP code of the answer, 0 without one."""
        try:
            before = self._book.find(name)
            after = manners.answered(before, status, retry_after, kind, now=self._clock())
            if after != before:
                self._book.save(after)
        finally:  # whatever goes wrong here, nobody must wait for this turn for ever
            self._gate.release()
            self._host(name).lock.release()

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _check(self, name: str, kind: Kind) -> None:
        budget = self._budgets.get(name, self._default_budget)
        state, now = self._book.find(name), self._clock()
        held_back = manners.hold_back(state, kind, budget, self.pause_of(name), now)
        if held_back is not None:
            raise HeldBackError(held_back)

    def _wait(self, name: str) -> float:
        stretched = self.pause_of(name) * (_LEAST_STRETCH + _MORE_STRETCH * self._random())
        return manners.wait_seconds(self._book.find(name), stretched, self._clock())

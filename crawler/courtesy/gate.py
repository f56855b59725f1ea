"""Turns and robots.txt as Scrapy's middlewares: redirects and retries do not get past them either."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler import words
from crawler.courtesy import robots
from crawler.courtesy.hostbook import HostBook, MemoryBook
from crawler.courtesy.manners import Budget, Kind
from crawler.courtesy.robots import Policy
from crawler.courtesy.turns import HeldBackError, Turns
from crawler.wire.answers import NoAnswer, Trouble
from crawler.wire.guard import PrivateAddressError
from crawler.wire.troubles import explain

KIND = "diembao_kind"  # in a request's meta: what it is for; redirects and retries inherit it
_MOST_ROBOTS = 64 * 1024 * 1024  # bytes, decompressed; no more than MAX_ROBOTS are taken from the wire
_TURN = "diembao_turn"  # in a request's meta while it has its host's turn: the host


@dataclass(frozen=True)
class Courtesy:
    """What the middlewares share; handed in with `use_courtesy`."""

    turns: Turns
    book: HostBook
    clock: Callable[[], datetime]


_given: WeakKeyDictionary[Spider, Courtesy] = WeakKeyDictionary()


class NotAskedError(IgnoreRequest):
    """A request that does not go out; `answer` says why."""

    def __init__(self, answer: NoAnswer) -> None:
        super().__init__(answer.words)
        self.answer = answer


def use_courtesy(spider: Spider, courtesy: Courtesy) -> None:
    """Give a spider's requests their courtesy."""
    _given[spider] = courtesy


def courtesy_of(crawler: Crawler) -> Courtesy:
    """What the spider was given; for a spider that runs by itself, a courtesy that ends with it."""
    assert crawler.spider is not None
    if crawler.spider not in _given:
        use_courtesy(crawler.spider, _courtesy_alone(crawler))
    return _given[crawler.spider]


def _courtesy_alone(crawler: Crawler) -> Courtesy:
    book = MemoryBook()
    turns = Turns(
        book,
        pauses={},
        default_pause=crawler.settings.getfloat("DIEMBAO_PAUSE"),
        budgets={},
        default_budget=Budget(crawler.settings.getint("DIEMBAO_DAILY_REQUESTS")),
        concurrency=1,
        clock=_utc_now,
        random=Random().random,  # noqa: S311 - a pause is no secret
    )
    return Courtesy(turns, book, _utc_now)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TurnMiddleware:
    """The last before the wire: waits for the host's turn, and ends it with the answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for a turn.

        Raises:
            NotAskedError: the host is not to be asked now.

        """
        host = urlsplit(request.url).hostname or ""
        try:
            await courtesy_of(self._crawler).turns.take(host, request.meta.get(KIND, Kind.PAGE))
        except HeldBackError as held_back:
            raise NotAskedError(held_back.answer) from held_back
        request.meta[_TURN] = host

    def process_response(self, request: Request, response: Response) -> Response:
        """End the turn, with what the host says of itself."""
        wish = response.headers.get("Retry-After") or b""
        self._end(request, status=response.status, retry_after=wish.decode("latin-1"))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """End the turn of a request without an answer."""
        del exception  # told elsewhere
        self._end(request)

    def _end(self, request: Request, **answer: Any) -> None:
        host = request.meta.pop(_TURN, None)
        if host is not None:
            courtesy_of(self._crawler).turns.end(host, request.meta.get(KIND, Kind.PAGE), **answer)


class RobotsMiddleware:
    """Asks robots.txt when it is not known, and lets out what it allows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policies: dict[str, Policy] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it; a robots.txt is not read beyond its limit."""
        crawler.signals.connect(_stop_when_enough, signal=signals.bytes_received)
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request through if robots.txt allows it.

        Raises:
            NotAskedError: it does not, or is not to be read now.

        """
        if request.meta.get(KIND) is Kind.ROBOTS:
            return
        policy = await self._policy(request.url)
        if policy.closed is not None:
            raise NotAskedError(policy.closed)
        if not policy.allows(request.url):
            raise NotAskedError(NoAnswer(Trouble.ROBOTS, words.ROBOTS))

    async def _policy(self, url: str) -> Policy:
        place = robots.place_of(url)
        async with self._locks.setdefault(place, asyncio.Lock()):
            if place not in self._policies:
                self._policies[place] = await self._learn(url, place)
                delay = self._policies[place].delay
                courtesy_of(self._crawler).turns.slow_down(urlsplit(url).hostname or "", delay)
        return self._policies[place]

    async def _learn(self, url: str, place: str) -> Policy:
        courtesy = courtesy_of(self._crawler)
        state = courtesy.book.find(place)
        known = robots.find_policy(state, courtesy.clock())
        if known is not None:
            return known
        status, body, validators, why = await self._ask(robots.address_of(url), robots.conditions(state))
        now = courtesy.clock()
        # found again: its turn has been counted meanwhile
        state = robots.read(courtesy.book.find(place), status, body, validators, now=now)
        courtesy.book.save(state)
        return robots.make_policy(state) if state.robots_at == now else robots.after_failure(state, now, why)

    async def _ask(
        self, url: str, headers: dict[str, str]
    ) -> tuple[int, bytes, tuple[str, str], NoAnswer | None]:
        meta = {KIND: Kind.ROBOTS, "download_maxsize": _MOST_ROBOTS}
        request = Request(url, headers=dict(headers), callback=NO_CALLBACK, meta=meta)
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
        except NotAskedError:
            raise  # resting: robots.txt is not known, and nothing else is asked either
        except Exception as error:  # noqa: BLE001 - an outlet can fail in any way; each is told in words
            if _is_redirected_too_often(error):
                return 302, b"", ("", ""), None
            return 0, b"", ("", ""), explain(error, url)
        etag, modified = (response.headers.get(name) or b"" for name in ("ETag", "Last-Modified"))
        return response.status, response.body, (etag.decode("latin-1"), modified.decode("latin-1")), None


def _is_redirected_too_often(error: Exception) -> bool:
    if isinstance(error, PrivateAddressError) or not isinstance(error, IgnoreRequest):
        return False
    return "max redirections" in str(error)  # the words of Scrapy's middleware


def _stop_when_enough(data: bytes, request: Request, **_: object) -> None:
    if request.meta.get(KIND) is not Kind.ROBOTS:
        return
    request.meta["diembao_bytes"] = request.meta.get("diembao_bytes", 0) + len(data)
    if request.meta["diembao_bytes"] > robots.MAX_ROBOTS:
        raise StopDownload(fail=False)

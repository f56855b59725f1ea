"""The one spider: lends Scrapy's engine (robots, slots, retries, redirects, guard) to the collector."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.answers import Answer, NoAnswer, kept_headers
from crawler.guard import TRAIL
from crawler.robots import RobotsAnswerMiddleware
from crawler.troubles import explain

FORBIDDEN = "Forbidden by robots.txt"  # the words of Scrapy's middleware


class ScrapyFetcher:
    """Asks through Scrapy's downloader and all its middlewares."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def prepare(self, url: str) -> None:
        """Read the host's robots.txt; what is wrong with it comes out when the address itself is asked."""
        robots = self._crawler.get_downloader_middleware(RobotsTxtMiddleware)
        if robots is not None:
            await robots.robot_parser(Request(url))

    async def ask(self, url: str, headers: Mapping[str, str]) -> Answer | NoAnswer:
        """Ask an address; every way it can go wrong comes back in words."""
        trail = [url]
        request = Request(url, headers=dict(headers), callback=NO_CALLBACK, meta={TRAIL: trail})
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - an outlet can fail in any way; each is told in words
            return self._explain(error, trail[-1])
        return _answer(response)

    def _explain(self, error: Exception, url: str) -> NoAnswer:
        if isinstance(error, IgnoreRequest) and FORBIDDEN in str(error):
            robots = self._crawler.get_downloader_middleware(RobotsAnswerMiddleware)
            assert robots is not None
            return robots.why_closed(url)
        return explain(error, url)


def _answer(response: Response) -> Answer:
    pairs = ((name, response.headers.getlist(name)) for name in response.headers)
    return Answer(url=response.url, status=response.status, headers=kept_headers(pairs), body=response.body)


class PressSpider(Spider):
    """Runs `work` with a fetcher, once."""

    name = "press"

    def __init__(self, work: Callable[[ScrapyFetcher], Awaitable[None]], **values: Any) -> None:
        super().__init__(**values)
        self._work = work

    async def start(self) -> AsyncIterator[Request]:
        """Do the run; nothing is left for Scrapy's own scheduler."""
        await self._work(ScrapyFetcher(self.crawler))
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

"""The one spider: lends Scrapy's engine (robots, slots, retries, redirects, guard) to the collector."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK

from crawler.courtesy.gate import KIND, Courtesy, NotAskedError, use_courtesy
from crawler.courtesy.manners import Kind
from crawler.feeds import discovery
from crawler.wire.answers import Answer, NoAnswer, kept_headers
from crawler.wire.guard import TRAIL
from crawler.wire.troubles import explain


class ScrapyFetcher:
    """Asks through Scrapy's downloader and all its middlewares."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    def use(self, courtesy: Courtesy) -> None:
        """Ask with this courtesy from now on."""
        assert self._crawler.spider is not None
        use_courtesy(self._crawler.spider, courtesy)

    async def ask(self, url: str, headers: Mapping[str, str], kind: Kind) -> Answer | NoAnswer:
        """Ask an address; every way it can go wrong comes back in words."""
        trail = [url]
        meta = {TRAIL: trail, KIND: kind}
        assert self._crawler.engine is not None
        try:
            # an address may be none to Scrapy alone, too
            request = Request(url, headers=dict(headers), callback=NO_CALLBACK, meta=meta)
            response = await self._crawler.engine.download_async(request)
        except NotAskedError as error:
            return error.answer
        except Exception as error:  # noqa: BLE001 - an outlet can fail in any way; each is told in words
            return explain(error, trail[-1])
        return _answer(response)


def _answer(response: Response) -> Answer:
    answer = Answer(
        url=response.url,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        asked_with=_pairs(response.request.headers) if response.request else (),
        address=str(response.ip_address or ""),
    )
    return discovery.with_status_meant(answer)


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return kept_headers((name, headers.getlist(name)) for name in headers)


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

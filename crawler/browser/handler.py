"""Scrapy's download handler that asks with Chromium where a request says so.

Gate one: each request of a page is looked at before it goes out (kind, scheme, private address). Gate two:
the browser reaches the net through crawler.browser.proxy alone. A fresh context for each page: no cookies,
no downloads, no service workers.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler import words
from crawler.browser.proxy import GuardingProxy
from crawler.courtesy.gate import NotAskedError
from crawler.pages.markup import one_line
from crawler.wire.answers import NoAnswer, Trouble
from crawler.wire.guard import find_fault

WANTED = {"document", "script", "xhr", "fetch"}  # pictures, fonts, films and styles say nothing
RENDERED = b"diembao-rendered"  # our own header: this body was built by a browser, and by which
_SETTLE = 4_000  # milliseconds that scripts have once the page is there
_TRAFFIC = 4  # times the limit of one answer, for one connection of the browser


class BrowserError(NotAskedError):
    """Chromium could not be started or could not show a page; the message says why."""

    def __init__(self, said: str) -> None:
        error = one_line(said.partition("\n")[0])[:300]
        super().__init__(NoAnswer(Trouble.OTHER, words.BROWSER_FAILED.format(error=error)))


class AbortRequest:
    """Whether a request of a page is stopped before it goes out."""

    def __init__(self, allow_private: Sequence[str]) -> None:
        self._allow_private = frozenset(allow_private)

    def __call__(self, request: BrowserRequest) -> bool:
        """True for what is not wanted, for other schemes than http(s) and for private addresses."""
        return request.resource_type not in WANTED or bool(find_fault(request.url, self._allow_private))


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc] # it is not typed
    """scrapy-playwright with a time limit, a size limit, a proxy of ours and contexts that end."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # what fails comes back in words
        self._seconds = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._max_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        allowed = crawler.settings.getlist("DIEMBAO_ALLOW_PRIVATE")
        self._proxy = GuardingProxy(allowed, max_bytes=self._max_bytes * _TRAFFIC)

    async def _launch(self) -> None:
        port = await self._proxy.start()
        self.config.launch_options["proxy"] = {"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"}
        await super()._launch()

    async def _close(self) -> None:
        await super()._close()
        await self._proxy.close()

    async def download_request(self, request: Request) -> Response:
        """Ask for a page, with Chromium where the request's meta says so.

        Raises:
            DownloadTimeoutError: when the page was not there in time.
            DownloadCancelledError: when it is larger than allowed.
            BrowserError: when Chromium fails; the first line of what it said.

        """
        if not request.meta.get("playwright"):
            plain: Response = await super().download_request(request)
            return plain
        try:
            async with asyncio.timeout(self._seconds + _SETTLE / 1000):
                response: Response = await super().download_request(request)
        except (TimeoutError, PlaywrightTimeoutError) as error:
            raise DownloadTimeoutError(f"no page of {request.url} in time") from error
        except PlaywrightError as error:
            raise BrowserError(error.message) from error
        finally:
            await self._end_context(request.meta["playwright_context"])
        if len(response.body) > self._max_bytes:
            raise DownloadCancelledError(f"{len(response.body)} bytes, more than {self._max_bytes}")
        response.headers[RENDERED] = f"chromium {self.browser.version}"
        return response

    async def _end_context(self, name: str) -> None:
        wrapper = self.context_wrappers.get(name)
        if wrapper is not None:
            await wrapper.context.close()


async def settle(page: Page) -> None:
    """Give the page's scripts a moment; one that never rests is taken as it is."""
    try:
        await page.wait_for_load_state("networkidle", timeout=_SETTLE)
    except PlaywrightTimeoutError:
        return

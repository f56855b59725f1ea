"""Sends the pages of sources that need it to the browser, and what it brings back through the door.

Installed only where such a source is in the job. Without the extra or without Chromium the source is told so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import words
from crawler.addresses import urls
from crawler.browser.needs import Needs, find_chromium, find_lack, find_needs
from crawler.courtesy.gate import NotAskedError
from crawler.settings import CrawlSettings
from crawler.wire.answers import NoAnswer, Trouble
from store.types import Source

_FLAGS = (
    "--disable-quic",  # goes past a proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # so does this
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
)
_HANDLER = "crawler.browser.handler.BrowserHandler"
_POSITION = 200  # after the guard and robots.txt, before the host's turn

_numbers = itertools.count(1)


class BrowserMiddleware:
    """Marks requests for the browser. `lack` says why there is none, "" when there is one."""

    def __init__(self, needs: Needs, lack: str, user_agent: str) -> None:
        self._needs = needs
        self._lack = lack
        self._user_agent = user_agent

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        given = crawler.settings
        needs = Needs(frozenset(given["DIEMBAO_BROWSER_SITES"]), frozenset(given["DIEMBAO_BROWSER_PLAIN"]))
        return cls(needs, given["DIEMBAO_BROWSER_LACK"], given["USER_AGENT"])

    def process_request(self, request: Request) -> None:
        """Mark a page for the browser. It is asked whole: a browser shows nothing for a 304.

        Raises:
            NotAskedError: it needs a browser, and there is none.

        """
        if not self._needs.wants(request.url):
            return
        if self._lack:
            raise NotAskedError(NoAnswer(Trouble.NO_BROWSER, self._lack))
        request.headers.pop("If-None-Match", None)
        request.headers.pop("If-Modified-Since", None)
        request.meta.update(_meta(self._user_agent))

    def process_response(self, request: Request, response: Response) -> Response:
        """Let through what the browser brought from this outlet; it follows redirects by itself.

        Raises:
            NotAskedError: it was led elsewhere.

        """
        if request.meta.get("playwright") and urls.site(response.url) != urls.site(request.url):
            said = words.BROWSER_ASTRAY.format(place=urls.host_port(response.url))
            raise NotAskedError(NoAnswer(Trouble.REDIRECTS, said))
        return response


def _meta(user_agent: str) -> dict[str, Any]:
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415  only where the extra is installed

    from crawler.browser.handler import settle  # noqa: PLC0415  the same

    return {
        "playwright": True,
        "playwright_context": f"page-{next(_numbers)}",
        "playwright_context_kwargs": {
            "user_agent": user_agent,
            "service_workers": "block",
            "accept_downloads": False,
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
        },
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_methods": [PageMethod(settle)],
        "dont_retry": True,
    }


def with_browser(
    given: Mapping[str, Any], settings: CrawlSettings, sources: Iterable[Source]
) -> dict[str, Any]:
    """Scrapy's settings of a run, with a browser where one of its sources needs it; else as they are.

    Args:
        given: from `crawler.settings.scrapy_settings`.
        settings: limits.
        sources: of the run.

    """
    needs, lack = find_needs(sources), find_lack()
    if not needs.sites:
        return dict(given)
    middleware = {"crawler.browser.middleware.BrowserMiddleware": _POSITION}
    ours: dict[str, Any] = {
        "DOWNLOADER_MIDDLEWARES": {**given["DOWNLOADER_MIDDLEWARES"], **middleware},
        "DIEMBAO_BROWSER_SITES": sorted(needs.sites),
        "DIEMBAO_BROWSER_PLAIN": sorted(needs.plain),
        "DIEMBAO_BROWSER_LACK": lack,
    }
    return {**given, **ours, **({} if lack else _playwright(given, settings))}


def _playwright(given: Mapping[str, Any], settings: CrawlSettings) -> dict[str, Any]:
    from crawler.browser.handler import AbortRequest  # noqa: PLC0415  only where the extra is installed

    milliseconds = settings.timeout_seconds * 1000
    return {
        "DOWNLOAD_HANDLERS": {**given["DOWNLOAD_HANDLERS"], "http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": find_chromium(),
            "headless": True,
            "args": list(_FLAGS),
            "chromium_sandbox": settings.browser_sandbox,
            "timeout": milliseconds,
        },
        "PLAYWRIGHT_MAX_CONTEXTS": 2,  # pages at a time: each costs some 100 MB
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": milliseconds,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,  # milliseconds; nothing is downloaded
        "PLAYWRIGHT_ABORT_REQUEST": AbortRequest(settings.allow_private),
    }

"""The peer: a bare Scrapy spider that downloads addresses and keeps nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    """Downloads what it is given and counts."""

    name = "bare"

    def __init__(self, urls: list[str], **keywords: Any) -> None:
        """`urls` are fetched once each."""
        super().__init__(**keywords)
        self.urls = urls

    async def start(self) -> AsyncIterator[Any]:
        """Ask for everything at once; Scrapy paces it."""
        for url in self.urls:
            yield scrapy.Request(url, callback=self.parse)

    def parse(self, response: Response, **_: Any) -> None:
        """Keep nothing."""


def main() -> None:
    """Addresses as a JSON list on standard input; one request at a time to a host, as ours."""
    settings = {
        "CONCURRENT_REQUESTS": 8,  # as many as ours has under way
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "RETRY_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    process.crawl(BareSpider, urls=json.load(sys.stdin))
    process.start()


if __name__ == "__main__":
    main()

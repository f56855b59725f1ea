"""What all outlets without a feed have in common: a page of links goes in, entries come out.

Our own collector calls `parse` with what its polite engine received. The same class runs in Scrapy as it is
(`scrapy runspider crawler/spiders/sites/qdnd.py -O entries.json`), under the collector's settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, ClassVar

from scrapy import Spider
from scrapy.http import Response

from crawler.feeds import listings
from crawler.feeds.listings import Layout
from crawler.feeds.syndication import NotAFeed
from crawler.pages import dates
from crawler.pages.page import Selectors
from crawler.settings import CrawlSettings, scrapy_settings
from store.types import FeedEntry

__all__ = ["Layout", "NoArticlesError", "Selectors", "SiteSpider"]


class NoArticlesError(Exception):
    """A page of links without a single article; the message counts the links."""


class SiteSpider(Spider):
    """One outlet. `name` is its id in sources.yaml, `sections` are its listings there.

    `general` is set by `parse` when the outlet's own selector and pattern found nothing.
    """

    sections: ClassVar[tuple[str, ...]] = ()
    layout: ClassVar[Layout] = Layout()
    selectors: ClassVar[Selectors] = Selectors()  # of its article pages, where the general way fails
    zone: ClassVar[tzinfo] = dates.VIETNAM
    custom_settings = scrapy_settings(CrawlSettings())  # guard, robots.txt and pauses as in the collector
    general: bool = False

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.start_urls = list(self.sections)

    def parse(self, response: Response, **_: Any) -> Iterator[FeedEntry]:
        """Give the articles that a page of links leads to, in its order.

        Raises:
            NoArticlesError: when there is none.

        """
        said = (response.headers.get("Content-Type") or b"").decode("latin-1")
        found = listings.read(
            response.body, url=response.url, layout=self.layout, content_type=said, zone=self.zone
        )
        if isinstance(found, NotAFeed):
            raise NoArticlesError(found.reason)
        self.general = found.general
        yield from found.entries

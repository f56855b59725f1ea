"""Which addresses are asked with a browser, and whether there is one. Loads neither Scrapy nor Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from crawler import words
from crawler.addresses import urls
from store.types import FeedKind, Source

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MACHINE_READ = (".xml", ".gz", ".rss", ".atom", ".json", ".txt")  # also what a sitemap index leads to


@dataclass(frozen=True, slots=True)
class Needs:
    """The sites that are asked with the browser, and addresses of theirs that are not."""

    sites: frozenset[str]
    plain: frozenset[str]

    def wants(self, url: str) -> bool:
        """Whether an address is asked with the browser: pages are, what only machines read is not."""
        if url in self.plain or urlsplit(url).path.lower().endswith(_MACHINE_READ):
            return False
        try:
            return urls.site(url) in self.sites
        except urls.UnusableAddressError:
            return False


def find_needs(sources: Iterable[Source]) -> Needs:
    """What the sources with `browser: true` need."""
    chosen = [source for source in sources if source.browser and not source.disabled]
    feeds = [feed for source in chosen for feed in source.feeds]
    addresses = [*(f"http://{source.domain}/" for source in chosen), *(feed.url for feed in feeds)]
    return Needs(
        sites=frozenset(map(urls.site, addresses)),
        plain=frozenset(feed.url for feed in feeds if feed.kind is not FeedKind.LISTING),
    )


def find_chromium() -> str:
    """The path of the system's Chromium, "" when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def find_lack() -> str:
    """Why no page can be asked with a browser here, in words; "" when one can."""
    if find_spec("scrapy_playwright") is None:
        return words.NO_BROWSER
    return "" if find_chromium() else words.NO_CHROMIUM

"""Which outlets have a spider. Looking does not load Scrapy; taking a spider does."""

from __future__ import annotations

import inspect
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from crawler.pages.page import Selectors
from crawler.spiders import sites

if TYPE_CHECKING:
    from crawler.spiders.site import SiteSpider


@cache
def spider_ids() -> frozenset[str]:
    """The ids of the outlets that have a spider: the names of its files, with "-" for "_"."""
    return frozenset(found.name.replace("_", "-") for found in iter_modules(sites.__path__))


def find_spider(source: str) -> type[SiteSpider] | None:
    """The spider of an outlet; None where it has none. `source` is compared, never imported unseen.

    Raises:
        LookupError: when its file holds no spider of that name, a fault of ours.

    """
    if source not in spider_ids():
        return None
    from crawler.spiders.site import SiteSpider  # noqa: PLC0415  loads Scrapy, see above

    module = import_module(f"{sites.__name__}.{source.replace('-', '_')}")
    own = (
        found
        for _, found in inspect.getmembers(module, inspect.isclass)
        if found.__module__ == module.__name__
    )
    for found in own:
        if issubclass(found, SiteSpider) and found.name == source:
            return found
    raise LookupError(f"{module.__name__} holds no spider named {source!r}")


def selectors_of(source: str) -> Selectors:
    """What is known of an outlet's article pages; nothing where it has no spider."""
    spider = find_spider(source)
    return spider.selectors if spider else Selectors()

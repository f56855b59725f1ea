"""How the collector behaves towards outlets, and Scrapy's settings made from it.

Every default of Scrapy 2.19 that is careless with outlets, this machine or its disk is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.courtesy.manners import Budget
from crawler.courtesy.schedule import DAY, PRIORITY, USUAL, is_leading
from store.types import Source

ROBOTS_NAME = "DiemBao"  # the name robots.txt files know us by; the User-Agent begins with it
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Limits of one collection. Times in seconds, sizes in bytes."""

    user_agent: str = (
        f"{ROBOTS_NAME}/0.1 (+no contact configured)"  # name and version, then where to complain
    )
    allow_private: tuple[str, ...] = ()  # exact "host:port" that may be private: the practice press
    timeout_seconds: float = 20.0  # for one whole answer, so that a slow drip ends, too
    max_bytes: int = 5 * MEBIBYTE  # of one answer, also after decompression
    max_redirects: int = 5
    max_entries: int = 300  # of one feed in one run
    pages_per_host: int = 60  # in one run, politeness beyond the pause
    daily_requests: int = 2000  # to a host in a day of Asia/Ho_Chi_Minh, all kinds; see docs/what-we-fetch.md
    concurrency: int = 8  # answers under way at a time, over all hosts
    retries: int = 1
    default_pause: float = 5.0  # between starts of requests to a host that no source names
    run_seconds: float = 1800.0  # after which a run ends by itself; what is left comes in the next
    processes: int = 0  # for extraction; 0: as many as there are cores, at most 4; 1: inside this process
    page_seconds: float = 20.0  # for extracting one page
    browser_sandbox: bool = True  # of Chromium, for sources that need it; it never runs as root with it


def pauses(sources: Iterable[Source]) -> Mapping[str, float]:
    """Seconds between starts of requests by host; where two sources share a host, the longer pause holds."""
    found: dict[str, float] = {}
    for source in sources:
        addresses = [f"http://{source.domain}/", *(feed.url for feed in source.feeds)]
        for host in {urlsplit(address).hostname for address in addresses}:
            if host:
                found[host] = max(found.get(host, 0.0), source.pause_seconds)
    return found


def budgets(sources: Iterable[Source], settings: CrawlSettings) -> Mapping[str, Budget]:
    """A day's requests by host; where two sources share a host, the smaller number holds."""
    found: dict[str, Budget] = {}
    for source in sources:
        most = source.daily_requests or settings.daily_requests
        for feed in source.feeds:
            every = PRIORITY if is_leading(source, feed) else USUAL
            host = urlsplit(feed.url).hostname or ""
            before = found.get(host, Budget(most))
            looks = 0 if feed.disabled or source.disabled else int(DAY / every)
            found[host] = Budget(min(most, before.requests), before.feeds + looks)
        own = urlsplit(f"http://{source.domain}/").hostname or ""
        found.setdefault(own, Budget(most))
    return found


def _network(settings: CrawlSettings) -> dict[str, Any]:
    return {
        "ROBOTSTXT_OBEY": False,  # Scrapy's reading forgets with the process; ours is crawler.courtesy.gate
        "USER_AGENT": settings.user_agent,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "DNS_TIMEOUT": min(10.0, settings.timeout_seconds),
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "METAREFRESH_ENABLED": False,
        "RETRY_TIMES": settings.retries,
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524],  # never 429 or 503: those ask for rest
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",  # the feed's state says it
        "CONCURRENT_REQUESTS": settings.concurrency * 4,  # our own limit is the one that holds
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,  # crawler.courtesy.gate keeps the pauses, also between runs
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "vi,en;q=0.7"},
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "HTTPPROXY_ENABLED": False,  # a proxy would look up names behind the guard's back
        "HTTPCACHE_ENABLED": False,
    }


def _machine(settings: CrawlSettings) -> dict[str, Any]:
    return {
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
        "TWISTED_DNS_RESOLVER": "crawler.wire.guard.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.wire.guard.GuardMiddleware": 10,
            "crawler.courtesy.gate.RobotsMiddleware": 100,
            "crawler.wire.whole.WholeMiddleware": 590,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # takes halves
            "crawler.courtesy.gate.TurnMiddleware": 990,  # the last before the wire
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # the store has the figures
        },
        "DIEMBAO_PAUSE": settings.default_pause,  # for a spider run by itself
        "DIEMBAO_DAILY_REQUESTS": settings.daily_requests,
        "DIEMBAO_ALLOW_PRIVATE": list(settings.allow_private),
        "CLOSESPIDER_TIMEOUT": settings.run_seconds,
        "LOG_LEVEL": "WARNING",
        "LOG_VERSIONS": [],
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
        # Scrapy's others, the telnet console among them, are not even loaded: each run is a new process
        "EXTENSIONS_BASE": {
            "scrapy.extensions.closespider.CloseSpider": 0,
            "scrapy.extensions.feedexport.FeedExporter": 0,
        },
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Make Scrapy's settings for one run. Pauses and budgets are not in them: see crawler.courtesy.gate."""
    return _network(settings) | _machine(settings)

from __future__ import annotations

from collections.abc import Callable

import pytest
from scrapy.settings import default_settings

from crawler.settings import ROBOTS_NAME, CrawlSettings, pauses, scrapy_settings
from store.types import Source

REDIRECTS = "scrapy.downloadermiddlewares.redirect.RedirectMiddleware"

MUST_CHANGE = {
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_MAXSIZE": 5 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 20.0,
    "REDIRECT_MAX_TIMES": 5,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "METAREFRESH_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "TWISTED_DNS_RESOLVER": "crawler.wire.guard.GuardedResolver",
}


@pytest.fixture
def made() -> dict[str, object]:
    return scrapy_settings(CrawlSettings())


def test_every_name_exists_in_the_scrapy_installed(made: dict[str, object]) -> None:
    ours = {name for name in made if not name.startswith("DIEMBAO_")}
    assert {name for name in ours if not hasattr(default_settings, name)} == set()


@pytest.mark.parametrize(("name", "value"), MUST_CHANGE.items(), ids=MUST_CHANGE.keys())
def test_a_careless_default_is_changed(made: dict[str, object], name: str, value: object) -> None:
    assert made[name] == value


def test_only_http_and_https_are_fetched(made: dict[str, object]) -> None:
    handlers = default_settings.DOWNLOAD_HANDLERS_BASE | made["DOWNLOAD_HANDLERS"]  # type: ignore[operator]
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_a_host_that_asks_for_rest_is_not_asked_again_at_once(made: dict[str, object]) -> None:
    assert not {429, 503} & set(made["RETRY_HTTP_CODES"])  # type: ignore[call-overload]


def test_every_request_passes_our_robots_txt_and_our_turns(made: dict[str, object]) -> None:
    middlewares = default_settings.DOWNLOADER_MIDDLEWARES_BASE | made["DOWNLOADER_MIDDLEWARES"]  # type: ignore[operator]
    in_order = sorted((place, name) for name, place in middlewares.items() if place is not None)
    assert in_order[-1][1] == "crawler.courtesy.gate.TurnMiddleware", (
        "nothing may send a request past the turns"
    )
    assert middlewares["crawler.courtesy.gate.RobotsMiddleware"] < middlewares[REDIRECTS], (
        "redirects are checked, too"
    )


def test_where_two_sources_share_a_host_the_longer_pause_holds(make_source: Callable[..., Source]) -> None:
    hasty = make_source("https://cdn.example/a", domain="a.vn", pause_seconds=1.0)
    patient = make_source("https://cdn.example/b", domain="b.vn", pause_seconds=9.0)
    assert pauses([patient, hasty]) == {"a.vn": 1.0, "b.vn": 9.0, "cdn.example": 9.0}


def test_outlets_are_told_who_asks() -> None:
    settings = CrawlSettings(user_agent="DiemBao/0.1 (+mailto:baochi@example.vn)")
    made = scrapy_settings(settings)
    assert made["USER_AGENT"] == settings.user_agent
    assert settings.user_agent.startswith(ROBOTS_NAME)

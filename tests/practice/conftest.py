"""A press of a fixed day for tests that only read, a fresh one for those that change it, an HTTP client."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from practice.server import Press, start_press
from practice.stories import load_edition
from practice.values import Edition

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Got:
    """An answer as it came over the wire: nothing is unpacked or followed."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request(
            method, parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers or {}
        )
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, names, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load_edition(NOW)


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with start_press(now=NOW) as running:
        yield running


@pytest.fixture
def fresh_press() -> Iterator[Press]:
    with start_press(now=NOW) as running:
        yield running


@pytest.fixture(scope="session")
def fetch() -> Callable[..., Got]:
    return ask

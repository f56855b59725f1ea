from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from queue import SimpleQueue
from typing import Any

import pytest

from crawler.extractor import extract_within
from crawler.pages.page import Page, Refusal
from crawler.pool import ExtractionError, ExtractionPool
from store.types import Article, Source


@pytest.fixture
def page_of(make_source: Callable[..., Source], now: datetime) -> Callable[..., Page]:
    def make(html: str, **values: Any) -> Page:
        plain: dict[str, Any] = {"source": make_source(), "content_type": "text/html", "fetched_at": now}
        return Page(html=html.encode(), url="https://baotap.example/a", **(plain | values))

    return make


def extract(pool: ExtractionPool, *pages: Page) -> list[Any]:
    """All outcomes, in the order of the pages."""
    answers: list[SimpleQueue[Any]] = [SimpleQueue() for _ in pages]
    for page, answer in zip(pages, answers, strict=True):
        pool.submit(page, answer.put)
    return [answer.get() for answer in answers]


# Much work in Python code: every one of these blocks is weighed.
SLOW = "<h1>T</h1>" + "".join(
    f"<p>Tháng {n % 12 + 1} năm 2025, Gia Lai có {n} hộ.</p>" for n in range(40_000)
)
# Much work in C code, where no timer of Python's is heard: libxml2 compares every attribute with every other.
DEAF = "<html><body " + " ".join(f"a{number}=1" for number in range(300_000)) + "><h1>T</h1>"


def test_a_slow_page_is_given_up(page_of: Callable[..., Page]) -> None:
    found = extract_within(page_of(SLOW), 0.05)
    assert found == Refusal("extraction took longer than 0.05 s")


def test_a_page_that_cannot_be_given_up_softly_is_ended_by_force(page_of: Callable[..., Page]) -> None:
    with ExtractionPool(2, 0.2, grace=1.0) as pool:
        (found,) = extract(pool, page_of(DEAF))
    assert found == Refusal("extraction was ended by force: more than 1.2 s or too much memory")


def test_every_page_gets_its_own_outcome(page_of: Callable[..., Page], make_page: Callable[..., str]) -> None:
    pages = [page_of(make_page("Một")), page_of(""), page_of(make_page("Hai"))]
    with ExtractionPool(2, 60.0) as pool:
        found = extract(pool, *pages)
    assert [one.title if isinstance(one, Article) else one.reason for one in found] == [
        "Một",
        "empty page",
        "Hai",
    ]


def test_a_fault_of_ours_is_a_refusal_with_its_words(
    page_of: Callable[..., Page],
    make_page: Callable[..., str],
    make_source: Callable[..., Source],
    caplog: Any,
) -> None:
    broken = page_of(make_page(), source=make_source(body_selector="p:::"))
    with caplog.at_level(logging.ERROR), ExtractionPool(1, 60.0) as pool:
        (found,) = extract(pool, broken)
    assert isinstance(found, Refusal)
    assert found.reason.startswith("extraction failed: SelectorSyntaxError: ")
    assert "https://baotap.example/a" in caplog.text


def test_a_machine_that_cannot_extract_is_told_and_no_page_is_blamed(
    page_of: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with ExtractionPool(2, 60.0) as pool:
        (fault,) = extract(pool, page_of("<p>x"))
    assert isinstance(fault, ExtractionError)
    assert "does not start" in str(fault)


def test_a_process_that_died_between_two_pages_costs_neither(
    page_of: Callable[..., Page], make_page: Callable[..., str]
) -> None:
    with ExtractionPool(2, 60.0) as pool:
        extract(pool, page_of(make_page("Một")))
        worker = pool._idle.get()
        worker.kill()
        pool._idle.put(worker)
        (found,) = extract(pool, page_of(make_page("Hai")))
    assert isinstance(found, Article)


def test_leaving_does_not_wait_for_pages_under_way(page_of: Callable[..., Page]) -> None:
    with ExtractionPool(2, 3600.0) as pool:
        outcomes: SimpleQueue[Any] = SimpleQueue()
        pool.submit(page_of(DEAF), outcomes.put)
        while not pool._busy:
            time.sleep(0.01)
    assert isinstance(outcomes.get(), Refusal)

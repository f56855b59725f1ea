"""Pages of a long list."""

from __future__ import annotations

from dataclasses import dataclass

from desk.web.narrowing import Narrowing

STORIES_A_PAGE = 40
CLAIMS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in the list we are; "" for no page before or after."""

    number: int
    last: int
    previous: str
    next: str


def make_pages(narrowing: Narrowing, path: str, *, total: int, size: int) -> Pages:
    """Total number of things and how many a page shows -> Pages."""
    last = max(1, -(-total // size))
    number = min(narrowing.page, last)
    return Pages(
        number=number,
        last=last,
        previous=narrowing.address(path, page=number - 1) if number > 1 else "",
        next=narrowing.address(path, page=number + 1) if number < last else "",
    )

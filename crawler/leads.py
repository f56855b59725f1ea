"""What becomes of an entry: whose page it leads to, whether it is followed, what the feed's words are worth.

A search's entry is a lead and nothing else: its publisher's own page is asked; only that can be an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crawler import words
from crawler.addresses import urls
from crawler.addresses.outlets import Outlets
from crawler.addresses.wrappers import is_aggregator, unwrap
from crawler.plan import FeedTask, PageTask, Plan
from crawler.wire.answers import Answer
from store.captures import Capture
from store.types import FeedEntry, FeedKind, Source

_NUMBERED = 4  # digits; a shorter number may be an entry's place in its feed
BY_HAND = "by hand"  # PageTask.via of a page that a person named


def is_search(task: FeedTask) -> bool:
    """Whether a feed only says what others publish: a search, or any address of an aggregator."""
    return task.feed.kind is FeedKind.DISCOVERY or task.source.kind == "aggregator"


def sift(
    entries: Iterable[FeedEntry], outlets: Outlets
) -> tuple[list[FeedEntry], list[tuple[FeedEntry, str]]]:
    """Part entries into those to follow, their addresses unwrapped, and those turned away, each with why."""
    followed: list[FeedEntry] = []
    turned_away: list[tuple[FeedEntry, str]] = []
    for entry in entries:
        bare = replace(entry, url=unwrap(entry.url))
        try:
            why = outlets.find_refusal(bare.url)
        except urls.UnusableAddressError as error:
            why = str(error)
        if why:
            turned_away.append((bare, why))
        else:
            followed.append(bare)
    return followed, turned_away


def page_task(task: FeedTask, entry: FeedEntry, key: str, outlets: Outlets) -> PageTask:
    """The task of asking for an entry's page.

    The feed's own words go with it only where the page is the feed's own outlet's: no other's summary is ever
    taken for an article's text, nor another's date for its date.
    """
    owner = outlets.find(entry.url)
    if is_search(task):
        return PageTask(
            owner.id if owner else _host(entry.url), entry.url, key, None, via=urls.host_port(task.url)
        )
    if owner is not None and owner.id != task.source.id:
        return PageTask(owner.id, entry.url, key, None)
    return PageTask(task.source.id, entry.url, key, entry)


def plan_of_pages(pages: Iterable[str], sources: Iterable[Source]) -> Plan | None:
    """The plan of asking for pages that a person named, once each, and for nothing else; None without any."""
    outlets = Outlets(sources)
    tasks: dict[str, PageTask] = {}
    for url in pages:
        owner = outlets.find(url)
        task = PageTask(owner.id if owner else _host(url), url, urls.key(url), None, via=BY_HAND)
        tasks.setdefault(task.key, task)
    return Plan((), tuple(tasks.values()), {}, outlets=outlets) if tasks else None


def find_owner(task: PageTask, url_final: str, outlets: Outlets) -> str:
    """Source.id of the outlet whose page was received; its host where the catalogue knows none."""
    if not task.via:
        return task.source
    owner = outlets.find(url_final)
    return owner.id if owner else _host(url_final)


def find_fault(task: PageTask, answer: Answer, outlets: Outlets) -> str:
    """Say why a lead led to no publisher's page, in words; "" when it did, and for what was no lead."""
    if not task.via:
        return ""
    if is_aggregator(answer.url) or urls.host_port(answer.url) == task.via:
        return words.UNRESOLVED.format(host=_host(answer.url))
    return outlets.find_refusal(answer.url)


class Known:
    """Captures of the last days by what feeds call them: for items that come back under another link."""

    def __init__(self, watched: Mapping[str, Capture]) -> None:
        self._titles = {
            (capture.source, capture.entry.guid): capture.entry.title
            for capture in watched.values()
            if capture.entry is not None and capture.entry.guid
        }

    def is_known(self, source: str, entry: FeedEntry) -> bool:
        """Whether an entry was captured under another address: the same name and the same title.

        The name alone proves nothing: there are feeds that number their entries from 1 each time, and where
        they do, not even the title does ("Giá vàng hôm nay").
        """
        is_name = not (entry.guid.isdecimal() and len(entry.guid) < _NUMBERED)
        return (
            bool(entry.guid and entry.title and is_name)
            and self._titles.get((source, entry.guid)) == entry.title
        )


def _host(url: str) -> str:
    return urlsplit(url).hostname or "unknown"

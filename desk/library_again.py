"""The library's addresses asked again: what is the same, what has changed, what is gone.

What was kept is never touched. A changed document is added beside the old one where a named person asks;
the week's own look only notes that there is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.asking import Wish, ask_in_turn
from crawler.courtesy.feedstates import conditions
from crawler.documents.apart import read_apart
from crawler.documents.parsed import Unreadable
from crawler.documents.reading import File
from crawler.wire.answers import GONE, Answer, NoAnswer
from desk.house import House, make_crawl_settings
from desk.library import (
    Outcome,
    Said,
    add_document,
    explain_not_taken,
    explain_status,
    find_refusal,
    make_file,
    make_wish,
)
from store.library.addresses import AddressLook, Found, documents_with_address, looks_at, save_look
from store.library.documents import passages_of
from store.types import KeptDocument, Note


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What an address held when asked again. `new` is the document that came of it, where one was added."""

    kept: KeptDocument
    found: Found
    new: Outcome | None = None
    why: Note | None = None


def recheck(house: House, *, by: str) -> Iterator[Rechecked]:
    """Ask every address of the library again, by its validators, as the collector asks: robots.txt, pauses.

    Args:
        house: with its store, catalogue and limits.
        by: the person in whose name what has changed is added; "" to add nothing and only note it.

    Raises:
        AskingError: when the asking process ended early; what was found before is kept.

    """
    with house.sessions() as session:
        listed = documents_with_address(session)
        looks = looks_at(session, [kept.document.url for kept in listed])
    asked = []
    for kept in listed:
        refusal = find_refusal(kept.document.url, house.configuration.sources)
        if refusal:
            yield _note(house, kept, looks, Found.MISSED, explain_not_taken(kept.document.url, refusal))
        else:
            asked.append(kept)
    for kept, answer in zip(asked, ask_in_turn(_wish(house, asked, looks)), strict=True) if asked else ():
        yield _judge(house, kept, answer, looks, by)


def count_addresses(house: House) -> int:
    """How many addresses `recheck` asks."""
    with house.sessions() as session:
        return len(documents_with_address(session))


def _wish(house: House, asked: Sequence[KeptDocument], looks: dict[str, AddressLook]) -> Wish:
    urls = [kept.document.url for kept in asked]
    validators = [(looks[url].etag, looks[url].last_modified) if url in looks else ("", "") for url in urls]
    wish = make_wish(urls, house.configuration.sources, make_crawl_settings(house))
    return replace(wish, conditions=tuple(tuple(conditions(*pair).items()) for pair in validators))


def _judge(
    house: House, kept: KeptDocument, answer: Answer | NoAnswer, looks: dict[str, AddressLook], by: str
) -> Rechecked:
    url = kept.document.url
    if isinstance(answer, NoAnswer):
        return _note(house, kept, looks, Found.MISSED, explain_not_taken(url, answer.words))
    if answer.status == 304:
        return _note(house, kept, looks, Found.SAME)
    if answer.status != 200:
        found = Found.GONE if answer.status in GONE else Found.MISSED
        return _note(house, kept, looks, found, explain_status(url, answer, house.clock()))
    file = make_file(url, answer, house.clock())
    if _is_same(house, kept, file):
        return _note(house, kept, {url: _look_at(file)}, Found.SAME)
    return _take(house, kept, file, looks, by)


def _take(house: House, kept: KeptDocument, file: File, looks: dict[str, AddressLook], by: str) -> Rechecked:
    if not by:
        return _note(house, kept, looks, Found.CHANGED)
    said = Said(publisher=kept.document.publisher, kind=kept.document.kind)
    outcome = add_document(
        house.sessions, house.archive, file, said, by=by, progress=lambda _done, _total: None
    )
    if outcome.is_new:
        return Rechecked(kept, Found.CHANGED, outcome)
    return _note(house, kept, looks, Found.CHANGED, outcome)


def _is_same(house: House, kept: KeptDocument, file: File) -> bool:
    """Whether it is the same document: the same bytes, or, round another frame, the same passages."""
    if hashlib.sha256(file.body).hexdigest() == kept.document.sha256:
        return True
    found = read_apart(file, progress=lambda _done, _total: None)
    if isinstance(found, Unreadable):
        return False
    with house.sessions() as session:
        before = [one.passage.text for one in passages_of(session, kept.number)]
    return before == [passage.text for passage in found.passages]


def _look_at(file: File) -> AddressLook:
    return AddressLook(file.url, Found.SAME, file.now, file.etag, file.last_modified)


def _note(
    house: House,
    kept: KeptDocument,
    looks: dict[str, AddressLook],
    found: Found,
    outcome: Outcome | None = None,
) -> Rechecked:
    """Keep what was found; the validators stay those of what the library holds."""
    now = house.clock()
    known = looks.get(kept.document.url, AddressLook(kept.document.url, found, now))
    with house.sessions.begin() as session:
        save_look(session, replace(known, found=found, at=now))
    new = outcome if outcome and outcome.number else None
    return Rechecked(kept, found, new, outcome.why if outcome else None)

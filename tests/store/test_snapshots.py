from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import pytest

from store.archive import Archive
from store.articles import (
    find_snapshot,
    known_urls,
    record_extraction,
    save_article,
    save_snapshot,
    unextracted,
)
from store.database import Sessions
from store.errors import UnknownRowError
from store.types import FeedEntry


def test_a_capture_comes_back_as_it_was_received(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    entry = FeedEntry("https://bao-thu.example/tin-1", "Tin", "tóm tắt", now, "id-1")
    snapshot = make.snapshot(body=b"\x00\xff", entry=entry)
    with sessions.begin() as session:
        number = save_snapshot(session, archive, snapshot, now=now)
    with sessions() as session:
        (found,) = unextracted(session, archive, limit=9)
        assert find_snapshot(session, archive, snapshot.sha256) == found
        assert find_snapshot(session, archive, "0" * 64) is None
    assert (found.number, found.saved_at, found.value) == (number, now, snapshot)


def test_the_same_bytes_from_the_same_address_are_one_capture(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        numbers = [
            save_snapshot(session, archive, make.snapshot(body=body), now=now) for body in (b"A", b"A", b"B")
        ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_same_bytes_from_another_address_are_another_capture(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        one = save_snapshot(session, archive, make.snapshot("a"), now=now)
        other = save_snapshot(session, archive, make.snapshot("b"), now=now)
    assert one != other


def test_captures_wait_oldest_first_until_their_outcome_is_recorded(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        for name in ("a", "b", "c"):
            save_snapshot(session, archive, make.snapshot(name), now=now)
        stored = save_article(session, make.article(), now=now)
        first, second, third = unextracted(session, archive, limit=9)
        record_extraction(session, first.number, article=stored.number, reason="")
        record_extraction(session, second.number, article=None, reason="no text")
        assert unextracted(session, archive, limit=9) == [third]


def test_a_damaged_capture_does_not_stop_the_others(
    sessions: Sessions, archive: Archive, make: Any, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    with sessions.begin() as session:
        save_snapshot(session, archive, make.snapshot("a", b"A"), now=now)
        save_snapshot(session, archive, make.snapshot("b", b"B"), now=now)
    damaged = make.snapshot(body=b"A").sha256
    file = next(archive.folder.rglob("*.warc.gz"))
    packed = bytearray(file.read_bytes())
    packed[packed.index(b"\x1f\x8b", 1) + 20] ^= 1  # within the first record after the head
    file.write_bytes(packed)
    with caplog.at_level(logging.WARNING), sessions.begin() as session:
        assert [found.value.body for found in unextracted(session, archive, limit=9)] == [b"B"]
    assert damaged in caplog.text
    with sessions() as session:
        assert len(unextracted(session, archive, limit=9)) == 1


def test_an_outcome_of_no_capture_is_an_error(sessions: Sessions) -> None:
    with sessions() as session, pytest.raises(UnknownRowError, match="7"):
        record_extraction(session, 7, article=None, reason="x")


def test_addresses_asked_for_arrived_at_and_canonical_are_known(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    snapshot = make.snapshot(url_asked="https://a.example/asked", url_final="https://a.example/final")
    with sessions.begin() as session:
        save_snapshot(session, archive, snapshot, now=now)
        save_article(session, make.article(url="https://a.example/canonical"), now=now)
        urls = [f"https://a.example/{name}" for name in ("asked", "final", "canonical", "other")]
        assert known_urls(session, urls) == set(urls[:3])


def test_another_way_to_a_known_capture_is_known_too(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        for asked in ("https://news.example/1", "https://news.example/2"):
            save_snapshot(session, archive, make.snapshot(url_asked=asked), now=now)
        assert known_urls(session, ["https://news.example/2"]) == {"https://news.example/2"}


def test_thousands_of_addresses_can_be_asked_for_at_once(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        save_snapshot(session, archive, make.snapshot("2999"), now=now)
        assert len(known_urls(session, (make.snapshot(str(n)).url_asked for n in range(3_000)))) == 1

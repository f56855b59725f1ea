from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import (
    StoredOutcome,
    find_article,
    find_article_by_url,
    iter_articles,
    save_article,
    versions_of,
)
from store.database import Sessions
from store.readings import unread


def test_an_article_comes_back_as_it_was_saved(sessions: Sessions, make: Any, now: datetime) -> None:
    article = make.article(
        lead="Mưa", byline="Văn A", section="Xã hội", language="vi", snapshot_sha256="ab", extractor="x 1"
    )
    with sessions.begin() as session:
        stored = save_article(session, article, now=now)
    with sessions() as session:
        found = find_article(session, stored.number)
    assert found is not None
    assert (found.article, found.version, found.saved_at) == (article, 1, now)


def test_an_article_without_a_date_comes_back_without_one(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        stored = save_article(session, make.article(published=None), now=now)
        found = find_article(session, stored.number)
    assert found is not None
    assert found.article.published is None


def test_a_second_save_of_the_same_words_is_no_new_version(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        first = save_article(session, make.article(), now=now)
    with sessions.begin() as session:
        second = save_article(session, make.article(byline="khác"), now=now)
    assert (first.outcome, second.outcome) == (StoredOutcome.NEW, StoredOutcome.UNCHANGED)
    assert (second.number, second.version) == (first.number, 1)


@pytest.mark.parametrize("part", ["title", "lead", "text"])
def test_other_words_under_the_same_address_are_a_new_version(
    sessions: Sessions, make: Any, now: datetime, part: str
) -> None:
    with sessions.begin() as session:
        first = save_article(session, make.article(), now=now)
        second = save_article(session, make.article(**{part: "Khác hẳn"}), now=now)
        kept = versions_of(session, first.number)
    assert (second.number, second.version, second.outcome) == (first.number, 2, StoredOutcome.NEW_VERSION)
    assert [version.version for version in kept] == [1, 2]
    assert kept[0].article == make.article()


def test_an_edit_taken_back_is_a_third_version(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        for hour, text in enumerate(("A", "B", "A")):
            stored = save_article(
                session, make.article(text=text, fetched_at=now + timedelta(hours=hour)), now=now
            )
    assert (stored.version, stored.outcome) == (3, StoredOutcome.NEW_VERSION)


def test_an_old_capture_read_again_is_no_new_version(sessions: Sessions, make: Any, now: datetime) -> None:
    old = make.article(text="A")
    with sessions.begin() as session:
        save_article(session, old, now=now)
        save_article(session, make.article(text="B", fetched_at=now + timedelta(hours=1)), now=now)
        again = save_article(session, old, now=now)
    assert (again.version, again.outcome) == (1, StoredOutcome.UNCHANGED)


def test_an_article_is_found_by_its_address(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        stored = save_article(session, make.article("a"), now=now)
        found = find_article_by_url(session, make.article("a").url)
        assert found is not None
        assert found.number == stored.number
        assert find_article_by_url(session, make.article("b").url) is None


def test_a_number_nobody_gave_out_finds_nothing(sessions: Sessions) -> None:
    with sessions() as session:
        assert find_article(session, 7) is None
        assert versions_of(session, 7) == []


def test_the_export_gives_the_newest_version_of_each_article(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        for name in ("a", "b"):
            save_article(session, make.article(name, text="cũ"), now=now)
            save_article(session, make.article(name, text="mới"), now=now)
    with sessions() as session:
        exported = list(iter_articles(session))
    assert [(item.article.url[-1], item.version, item.article.text) for item in exported] == [
        ("a", 2, "mới"),
        ("b", 2, "mới"),
    ]


@pytest.mark.parametrize(
    "hostile",
    ["a\x00b", "a\ud800b"],
    ids=["NUL", "lone surrogate"],
)
def test_text_no_database_holds_keeps_its_length_and_is_saved_once(
    sessions: Sessions, make: Any, now: datetime, hostile: str
) -> None:
    article = make.article(text=hostile, byline=hostile, title=hostile)
    with sessions.begin() as session:
        first = save_article(session, article, now=now)
    with sessions.begin() as session:
        assert save_article(session, article, now=now).outcome == StoredOutcome.UNCHANGED
        found = find_article(session, first.number)
    assert found is not None
    assert found.article.text == "a\ufffdb"


def test_an_address_longer_than_an_index_entry_is_kept(sessions: Sessions, make: Any, now: datetime) -> None:
    # incompressible, since PostgreSQL compresses before it complains
    url = "https://bao-thu.example/" + "".join(chr(0x4E00 + (n * n) % 20_000) for n in range(9_000))
    with sessions.begin() as session:
        save_article(session, make.article(url=url), now=now)
        again = save_article(session, make.article(url=url), now=now)
    assert again.outcome == StoredOutcome.UNCHANGED


def test_writers_at_the_same_time_make_each_version_once(
    sessions: Sessions, make: Any, now: datetime
) -> None:
    writers = 4
    start = threading.Barrier(writers)

    def write(_worker: int) -> list[StoredOutcome]:
        start.wait()
        outcomes = []
        for name in range(10):
            for text in ("A", "B"):
                with sessions.begin() as session:
                    outcomes.append(
                        save_article(session, make.article(f"{name}", text=text), now=now).outcome
                    )
        return outcomes

    with ThreadPoolExecutor(writers) as pool:
        outcomes = [outcome for each in pool.map(write, range(writers)) for outcome in each]
    assert outcomes.count(StoredOutcome.NEW) == 10
    assert outcomes.count(StoredOutcome.NEW_VERSION) == 10
    with sessions() as session:
        assert {item.version for item in iter_articles(session)} == {2}


def test_what_a_failed_transaction_saved_is_gone(sessions: Sessions, make: Any, now: datetime) -> None:
    def save_and_fail() -> None:
        with sessions.begin() as session:
            save_article(session, make.article(), now=now)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        save_and_fail()
    with sessions() as session:
        assert list(iter_articles(session)) == []


def test_a_new_version_is_to_be_read_again(
    sessions: Sessions, make: Any, now: datetime, keep_story: Callable[..., list[int]]
) -> None:
    (number,) = keep_story("s1", make.article())
    with sessions.begin() as session:
        assert unread(session, reader_version="r1", limit=9) == []
        save_article(session, replace(make.article(), text="Sửa"), now=now)
        assert [(item.number, item.version) for item in unread(session, reader_version="r1", limit=9)] == [
            (number, 2)
        ]

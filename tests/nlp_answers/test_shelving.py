"""Stories and the library by meaning: what is read later makes stories be looked at again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nlp.gathering.passages import find_passages
from nlp.meaning import Meaning, Vectors
from nlp.shelf import Shelf
from nlp.shelving_run import shelve_new
from store.archive import Archive
from store.database import Sessions
from store.library.documents import save_document
from store.stories import mark_checked, stories_to_check
from store.types import DocumentKind, DocumentPassage, LibraryDocument, Story

Keep = Callable[..., Story]
SAID = "The reservoir released water without a warning to families downstream."
PAPER = ("Hồ chứa xả lũ mà không báo trước cho người dân vùng hạ du.", "Giá cà phê tăng nhẹ trong tuần này.")


def tell_by_water(texts: Sequence[str]) -> Vectors:
    """Stands for the model: what is about the reservoir lies one way, all else another."""
    rows = [(0.0, 1.0, 5.0) if "Hồ" in t or "reservoir" in t else (1.0, 0.0, 5.0) for t in texts]
    return np.array(rows, dtype=np.float32)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(Meaning(tell_by_water), "told 1")


@pytest.fixture
def story(sessions: Sessions, keep: Keep, told: Any, tmp_path: Path, day: datetime) -> Story:
    """A report in English that was checked, and a Vietnamese paper of two passages that nobody has read."""
    kept = keep("s1", told(SAID))
    document = LibraryDocument(
        title="Báo cáo", name="b.txt", format="txt", sha256="0" * 64, added_by="lan",
        kind=DocumentKind.REPORT, publisher="Sở tập",
    )  # fmt: skip
    with sessions.begin() as session:
        passages = [DocumentPassage(text, page=1) for text in PAPER]
        save_document(session, Archive(tmp_path / "archive"), document, passages, b"x", now=day)
        mark_checked(session, kept.id, checks_version="c1", now=day)
    return kept


def waiting(sessions: Sessions) -> list[str]:
    with sessions() as session:
        return [story.id for story in stories_to_check(session, checks_version="c1", limit=9)]


def test_a_story_is_checked_again_once_the_whole_library_is_read(
    sessions: Sessions, story: Story, shelf: Shelf, day: datetime
) -> None:
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        told.append(("waiting", len(waiting(sessions)), 0))
        shelve_new(sessions, shelf, now=day, progress=lambda *said: told.append(said), most=1)
    assert told == [("waiting", 0, 0), ("shelve", 1, 1), ("waiting", 0, 0), ("shelve", 1, 1)]
    assert waiting(sessions) == [story.id]


def test_a_report_in_english_is_set_beside_the_vietnamese_paper(
    sessions: Sessions, story: Story, shelf: Shelf, day: datetime
) -> None:
    shelve_new(sessions, shelf, now=day, progress=lambda *_: None)
    key = story.members[0].item.reading.claims[0].key
    with sessions() as session:
        assert find_passages(session, story).get(key, ()) == ()
        assert [held.passage.passage.text for held in find_passages(session, story, shelf)[key]] == [PAPER[0]]

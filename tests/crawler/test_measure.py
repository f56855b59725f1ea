"""The scores of extraction on real pages must not fall below their floors; and the measures themselves."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from crawler.pages import dates, measure, metadata, published, structured
from crawler.pages.charset import decode
from crawler.pages.extract import Refusal, extract_html
from crawler.pages.markup import parse_html
from crawler.pages.measure import Gold, half_of, score_bodies
from crawler.pages.origin import stranger, zone_of
from crawler.pages.rouge import score_lsum

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def text_of(url: str, html: bytes) -> str:
    found = extract_html(html, url, fetched_at=NOW)
    return "" if isinstance(found, Refusal) else found.text


def day_of(url: str, html: bytes) -> str:
    tree = parse_html(decode(html))
    assert tree is not None
    node, metas, zone = (
        structured.find_article(tree),
        metadata.meta_values(tree),
        zone_of(stranger(url, html)),
    )
    voice = published.find_voice(tree, node, metas, url=url, entry=None, fetched_at=NOW, zone=zone)
    return voice.day.isoformat() if voice else ""


SETS: dict[str, tuple[Callable[..., list[Gold]], Callable[..., float], Callable[[str, bytes], str]]] = {
    "bodies": (measure.load_bodies, measure.score_bodies, text_of),
    "paragraphs": (measure.load_paragraphs, measure.score_paragraphs, text_of),
    "dates": (measure.load_dates, measure.score_dates, day_of),
}


@pytest.mark.data
@pytest.mark.parametrize("name", SETS)
def test_no_score_on_real_pages_falls_below_its_floor(name: str, data: Path) -> None:
    load, score, extract = SETS[name]
    parts = measure.split(load(data / "extraction"))
    scores = {part: round(score(pages, extract), 4) for part, pages in parts.items()}
    floors = measure.load_floors()
    assert {part: scores[part] for part in ("all", "B") if scores[part] < floors[f"{name}_{part}"]} == {}


@pytest.mark.data
def test_every_date_string_of_vims_that_holds_a_whole_date_is_read(data: Path) -> None:
    with gzip.open(data / "clustering" / "vims" / "vims.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["published"] for line in lines]
    assert sum(dates.parse(text) is not None for text in texts) == measure.load_floors()["vims_dates_read"]
    # Eight more name no year ("21/05 06:45"); the other thirteen: titles, nothing, years of three figures.
    near = datetime(2016, 6, 10, tzinfo=UTC)
    assert sum(dates.parse(text, near=near) is not None for text in texts) == 1932


ROUGE = {
    "the same": ("One two three. Four five six.", "One two three. Four five six.", 1.0),
    "nothing": ("One two three.", "", 0.0),
    "half": ("one two\nthree four", "one two", 2 / 3),
    "too much": ("one two", "one two\nthree four five six", 0.5),
    "order within a sentence": ("one two three", "three two one", 1 / 3),
    "a word is counted once": ("one one one", "one", 0.5),
}


@pytest.mark.parametrize(("right", "found", "expected"), ROUGE.values(), ids=ROUGE.keys())
def test_rouge_lsum_is_as_its_paper_says(right: str, found: str, expected: float) -> None:
    assert score_lsum(right, found) == pytest.approx(expected)


def test_shingles_are_scored_by_mean_precision_and_mean_recall() -> None:
    pages = [Gold("a", "a", b"a", "a b c d e"), Gold("b", "b", b"b", "a b c d e")]
    texts = {"a": "a b c d e", "b": "a b c d"}
    assert score_bodies(pages, lambda url, _: texts[url]) == pytest.approx(2 * 0.75 / 1.75)


def test_a_page_belongs_to_one_half_for_ever() -> None:
    assert [half_of(name) for name in ("a", "b", "c", "d")] == ["A", "B", "A", "B"]

"""Measures grouping on 300 hand-made stories (ViMs, outside the project) in order of time, among others.

The threshold was chosen on half A of the stories; half B, by a hash of the story's name, is what to believe.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.stories import Assignment, Grouper, GroupItem

WINDOW = timedelta(days=14)
_NOISE = 1000
_DAY = re.compile(r"(\d{1,2})[ /.-]+(?:tháng )?(\d{1,2})[ /.,-]+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_HOUR = re.compile(r"(\d{1,2})[:hH](\d{2})")


@dataclass(frozen=True, slots=True)
class Told:
    """One article with the story a person put it in; noise is a story of its own."""

    item: GroupItem
    story: str
    is_noise: bool


def load_stream(folder: Path, *, half: str, noise: int = _NOISE) -> list[Told]:
    """Data folder, A or B -> the half's articles in order of time with unrelated ones strewn in at random.

    An unrelated article takes the date of the one before it, which is harder than its own date, years later.
    """
    chance = random.Random(1)  # noqa: S311 - where noise stands, the same in every run
    articles = [a for a in _read(folder / "clustering/vims/vims.jsonl.gz") if half_of(a["cluster"]) == half]
    told = [_told(article) for article in articles]
    dated = [(one.item.published, n, one) for n, one in enumerate(told) if one.item.published is not None]
    stream = [one for _, _, one in sorted(dated)]
    for one in (each for each in told if each.item.published is None):
        stream.insert(chance.randrange(len(stream) + 1), one)
    for article in chance.sample(list(_read(folder / "classification/unc/unc.jsonl.gz")), noise):
        at = chance.randrange(len(stream) + 1)
        stream.insert(at, _noise(article, stream[at - 1].item.published))
    return stream


def group(stream: Sequence[Told], *, window: timedelta = WINDOW) -> list[Assignment]:
    """Articles in order -> their stories."""
    grouper = Grouper(window=window)
    return [grouper.add(told.item) for told in stream]


def measure(folder: Path) -> dict[str, float]:
    """Data folder -> BCubed F1 by half: over the stories' own articles (what noise joined them counts against
    it), and over all with every unrelated article as a story of its own; articles per second of one core.
    """
    scores: dict[str, float] = {}
    for half in ("A", "B"):
        stream = load_stream(folder, half=half)
        started = time.process_time()
        assigned = group(stream)
        scores[f"articles_per_second_{half}"] = len(stream) / (time.process_time() - started)
        gold, found = [told.story for told in stream], [a.story for a in assigned]
        real = [n for n, told in enumerate(stream) if not told.is_noise]
        scores[f"bcubed_f1_{half}"] = bcubed(found, gold, only=real)[2]
        scores[f"bcubed_f1_with_noise_{half}"] = bcubed(found, gold)[2]
    return scores


def bcubed(
    found: Sequence[Hashable], gold: Sequence[Hashable], *, only: Sequence[int] | None = None
) -> tuple[float, float, float]:
    """Story found and story given for each article -> precision, recall, F1 (Bagga and Baldwin 1998).

    `only`: the positions averaged over; the others still count in the stories they were put in.
    """
    by_found: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    by_gold: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for one, other in zip(found, gold, strict=True):
        by_found[one][other] += 1
        by_gold[other][one] += 1
    positions = range(len(gold)) if only is None else only
    precision = sum(by_found[found[n]][gold[n]] / by_found[found[n]].total() for n in positions)
    recall = sum(by_gold[gold[n]][found[n]] / by_gold[gold[n]].total() for n in positions)
    precision, recall = precision / len(positions), recall / len(positions)
    return precision, recall, 2 * precision * recall / (precision + recall)


def load_floors() -> Mapping[str, float]:
    """What the scores must not fall below."""
    floors: dict[str, float] = json.loads(
        files("nlp").joinpath("floors_stories.json").read_text(encoding="utf-8")
    )
    return floors


def half_of(story: str) -> str:
    """A or B, by the first byte of the SHA-256 of the story's name."""
    return "AB"[hashlib.sha256(story.encode()).digest()[0] % 2]


def read_date(written: str) -> datetime | None:
    """A newspaper's date line -> the moment as written, taken as UTC; None where day, month and year are not
    all there.

    For measuring only: how hours are offset does not matter to the order within one country.
    """
    day, iso, hour = _DAY.search(written), _ISO.search(written), _HOUR.search(written)
    parts = (day[3], day[2], day[1]) if day else (iso[1], iso[2], iso[3]) if iso else None
    if parts is None:
        return None
    try:
        moment = datetime(int(parts[0]), int(parts[1]), int(parts[2]), tzinfo=UTC)
    except ValueError:
        return None
    return moment + timedelta(hours=int(hour[1]) % 24, minutes=int(hour[2]) % 60) if hour else moment


def _told(article: Mapping[str, Any]) -> Told:
    published = read_date(article["published"] or "")
    return Told(
        GroupItem(article["id"], article["title"], article["text"], published),
        article["cluster"],
        is_noise=False,
    )


def _noise(article: Mapping[str, Any], published: datetime | None) -> Told:
    title, _, text = article["text"].partition("\n")
    return Told(
        GroupItem(f"unc:{article['id']}", title, text, published), f"noise {article['id']}", is_noise=True
    )


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)

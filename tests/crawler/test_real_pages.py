"""Real saved pages, served over HTTP and collected; figures of extraction against gold."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import Refusal, extract_html
from crawler.run import CollectReport

NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.data


def pages(data: Path, folder: str) -> dict[str, bytes]:
    files = sorted((data / "extraction" / folder).rglob("*.html.gz"))
    return {file.name.removesuffix(".html.gz"): gzip.decompress(file.read_bytes()) for file in files}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The benchmark's own measure: bags of four words following one another."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score(pairs: list[tuple[str, str]]) -> float:
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, got = shingles(gold), shingles(found)
        both = sum((wanted & got).values())
        precisions.append(both / max(1, sum(got.values())))
        recalls.append(both / max(1, sum(wanted.values())))
    precision, recall = sum(precisions) / len(pairs), sum(recalls) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def test_every_real_page_gives_an_article_or_a_refusal_in_words(
    data: Path, outlet: Any, collect: Callable[..., CollectReport], make_source: Any
) -> None:
    known = {
        name: body
        for folder in ("scrapinghub_aeb", "fundus_evaluation", "vietnamese_pages")
        for name, body in pages(data, folder).items()
    }
    for name, body in known.items():
        outlet.page(f"/{name}.html", "")
        outlet.pages[f"/{name}.html"].body = body
    outlet.feed("/rss", *(f"{{base}}/{name}.html" for name in known))
    report = collect([make_source(f"{outlet.base}/rss")], outlet, pages_per_host=1000, processes=0)
    assert report.crash == ""
    assert report.snapshots == len(known) == 231
    assert (
        report.articles_new + report.versions_new + len(report.refused) >= 228
    )  # pages with one canonical address
    assert all(found.reason for found in report.refused)
    assert not any("failed" in found.reason or "took longer" in found.reason for found in report.refused)


def test_the_text_of_real_pages_is_found_at_least_as_well_as_by_the_library_alone(data: Path) -> None:
    folder = data / "extraction" / "scrapinghub_aeb"
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    found = []
    for name, body in pages(data, "scrapinghub_aeb").items():
        article = extract_html(body, gold[name]["url"], fetched_at=NOW)
        found.append((gold[name]["articleBody"], "" if isinstance(article, Refusal) else article.text))
    assert len(found) == 181
    assert score(found) >= 0.962  # trafilatura's quick way alone, by the same measure; ours had 0.965


def test_two_real_vietnamese_pages_are_read_with_lead_author_and_minute(data: Path) -> None:
    found = pages(data, "vietnamese_pages")
    gold = json.loads(
        (data / "extraction" / "vietnamese_pages" / "fundus_VnExpress.json").read_text("utf-8")
    )["V1"]
    article = extract_html(
        found["fundus_VnExpress_2025_10_22"], "https://vnexpress.net/x-4954454.html", fetched_at=NOW
    )
    assert not isinstance(article, Refusal)
    assert article.title == gold["title"]
    assert article.lead == gold["body"]["summary"][0]
    paragraphs = [text for section in gold["body"]["sections"] for text in section["paragraphs"]]
    assert sum(text in article.text for text in paragraphs) >= len(paragraphs) - 1  # a caption is not text
    assert article.published is not None
    assert article.published.at == datetime(2025, 10, 22, 12, 25, 52, tzinfo=UTC)
    other = extract_html(
        found["htmldate_VnExpress.net-Kinh-doanh"], "https://vnexpress.net/y-4672302.html", fetched_at=NOW
    )
    assert not isinstance(other, Refusal)
    assert other.published is not None
    assert other.published.at.date().isoformat() == "2023-11-02"

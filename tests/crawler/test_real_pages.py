"""Real saved pages, served over HTTP and collected; two Vietnamese ones against their gold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.pages.extract import Refusal, extract_html
from crawler.run import CollectReport

NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.data


def pages(data: Path, folder: str) -> dict[str, bytes]:
    files = sorted((data / "extraction" / folder).rglob("*.html.gz"))
    return {file.name.removesuffix(".html.gz"): gzip.decompress(file.read_bytes()) for file in files}


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

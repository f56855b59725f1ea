"""Pages to articles: ours beside bare trafilatura with its metadata, page by page in turn."""

from __future__ import annotations

from datetime import UTC, datetime

import trafilatura

from bench.apart import Row, timed
from bench.material import find_pages
from crawler.extract import extract_html


def measure_extraction() -> tuple[Row, ...]:
    """Pages a second on one core, after one page each to warm up."""
    pages = find_pages()
    now = datetime.now(UTC)
    extract_html(pages[0][1], pages[0][0], fetched_at=now)
    trafilatura.bare_extraction(pages[0][1], url=pages[0][0], with_metadata=True)

    def ours() -> int:
        return len([extract_html(body, url, fetched_at=now) for url, body in pages])

    def bare() -> int:
        for url, body in pages:
            trafilatura.bare_extraction(body, url=url, with_metadata=True)
        return len(pages)

    count, seconds = timed(ours)
    peer_count, peer_seconds = timed(bare)
    ratio = (count / seconds) / (peer_count / peer_seconds)
    return (
        Row("extract (pages)", count / seconds, count, "trafilatura with metadata", ratio),
        Row("  bare trafilatura", peer_count / peer_seconds, peer_count),
    )

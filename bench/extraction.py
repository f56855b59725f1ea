"""Pages to articles: ours beside bare trafilatura with its metadata, page by page in turn; and how well."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import htmldate
import trafilatura
from lxml.html import HtmlElement

from bench.apart import Row
from bench.material import DATA, find_pages
from crawler.pages import measure, metadata, published, structured
from crawler.pages.charset import decode
from crawler.pages.extract import extract_html
from crawler.pages.markup import parse_html
from crawler.pages.origin import stranger, zone_of
from crawler.pages.page import Refusal

PAGES = DATA / "extraction"
ROUNDS = 3  # the quickest counts: what others do on the machine only ever adds


def measure_extraction() -> tuple[Row, ...]:
    """Pages a second of CPU on one core, each page by both in turn; then the scores, where the pages lie."""
    pages = find_pages()
    rounds = [_race(pages) for _ in range(ROUNDS)]
    own, peer = min(own for own, _ in rounds), min(peer for _, peer in rounds)
    count = len(pages)
    speed = (
        Row("extract (pages)", count / own, count, "trafilatura with metadata", peer / own),
        Row("  bare trafilatura", count / peer, count),
    )
    return speed + (score_extraction() if PAGES.is_dir() else ())


def _race(pages: tuple[tuple[str, bytes], ...]) -> tuple[float, float]:
    """CPU seconds of ours and of the peer."""
    own = peer = 0.0
    for url, body in pages:
        start = time.process_time()
        extract_html(body, url, fetched_at=datetime.now(UTC))
        middle = time.process_time()
        trafilatura.bare_extraction(body, url=url, with_metadata=True)
        own += middle - start
        peer += time.process_time() - middle
    return own, peer


def score_extraction() -> tuple[Row, ...]:
    """Scores of ours beside the peer's, in all and on the half that nothing was chosen on."""
    return (
        *_rows(
            "body F1", measure.split(measure.load_bodies(PAGES)), measure.score_bodies, text_of, bare_text
        ),
        *_rows(
            "ROUGE-Lsum",
            measure.split(measure.load_paragraphs(PAGES)),
            measure.score_paragraphs,
            text_of,
            bare_text,
        ),
        *_rows("day right", measure.split(measure.load_dates(PAGES)), measure.score_dates, day_of, bare_day),
    )


Score = Callable[[list[measure.Gold], measure.Extractor], float]


def _rows(
    name: str,
    pages: dict[str, list[measure.Gold]],
    score: Score,
    ours: measure.Extractor,
    bare: measure.Extractor,
) -> tuple[Row, ...]:
    """A row for all pages and one for half B; the score stands where other rows have a speed."""
    peer = "trafilatura" if bare is bare_text else "htmldate"
    parts = (("all", "all pages"), ("B", "half B, unseen"))
    scores = [
        (label, len(pages[part]), score(pages[part], ours), score(pages[part], bare)) for part, label in parts
    ]
    return tuple(
        Row(f"{name}, {label}: {own:.4f} ({peer} {theirs:.4f})", own, count, peer, own / theirs)
        for label, count, own, theirs in scores
    )


@cache
def text_of(url: str, html: bytes) -> str:
    """The text as stored; "" where the page is refused."""
    article = extract_html(html, url, fetched_at=datetime.now(UTC))
    return "" if isinstance(article, Refusal) else article.text


@cache
def bare_text(url: str, html: bytes) -> str:
    """The peer's text, as it comes."""
    document = trafilatura.bare_extraction(html, url=url, include_comments=False)
    return getattr(document, "text", None) or ""


def day_of(url: str, html: bytes) -> str:
    """The day of publication as the page writes it; "" where none is found."""
    tree: HtmlElement | None = parse_html(decode(html))
    if tree is None:
        return ""
    voice = published.find_voice(
        tree,
        structured.find_article(tree),
        metadata.meta_values(tree),
        url=url,
        entry=None,
        fetched_at=datetime.now(UTC),
        zone=zone_of(stranger(url, html)),
    )
    return voice.day.isoformat() if voice else ""


def bare_day(url: str, html: bytes) -> str:
    """The peer's day."""
    text = html.decode("utf-8", "replace")
    return htmldate.find_date(text, original_date=True, extensive_search=True, url=url) or ""

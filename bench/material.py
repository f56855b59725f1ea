"""What is measured on: real pages and articles where ../shared/data lies beside, else the practice press."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from practice.server import start_press
from store.types import Article, PublicationDate, Scope

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def find_pages() -> tuple[tuple[str, bytes], ...]:
    """(address, bytes) of real pages, or of the practice press's."""
    folder = DATA / "extraction" / "scrapinghub_aeb" / "html"
    if folder.is_dir():
        return tuple(
            (f"https://pages.example/{p.name}", gzip.decompress(p.read_bytes()))
            for p in sorted(folder.glob("*.html.gz"))
        )
    return practice_pages()


def find_articles() -> tuple[Article, ...]:
    """Real dated articles, or the practice press's."""
    file = DATA / "classification" / "unc" / "unc.jsonl.gz"
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return tuple(_article(json.loads(line)) for line in lines)
    return tuple(_practice_article(url, body) for url, body in practice_pages())


def practice_pages() -> tuple[tuple[str, bytes], ...]:
    """(address, bytes) of every page of the practice press that is served, fetched over loopback."""
    with start_press() as press:
        urls = [press.base_urls[a.outlet].rstrip("/") + a.path for a in press.edition.articles]
        return tuple(page for url in urls for page in _fetched(url))


def _fetched(url: str) -> tuple[tuple[str, bytes], ...]:
    """The page, or nothing where the practice press refuses it on purpose."""
    try:
        with urlopen(url, timeout=10) as reply:  # noqa: S310  our own press on loopback
            return ((url, reply.read()),)
    except OSError:
        return ()


def _article(record: dict[str, str]) -> Article:
    title, _, text = record["text"].partition("\n")
    day = datetime.strptime(record["date"], "%Y%m%d").replace(tzinfo=UTC)
    return _make(record["url"], title, text, day)


def _practice_article(url: str, body: bytes) -> Article:
    return _make(url, url, body.decode("utf-8", "replace"), datetime.now(UTC))


def _make(url: str, title: str, text: str, at: datetime) -> Article:
    published = PublicationDate(at, "given", 1.0)
    return Article(
        url=url,
        outlet="bench",
        outlet_name="bench",
        scope=Scope.DOMESTIC,
        title=title,
        text=text,
        published=published,
    )

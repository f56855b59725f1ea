"""Scores of extraction on real pages, beside the floors they must not fall below (floors.json).

The pages lie outside the project (extraction/). Halves by a hash of the id: A was tuned on, B is what to
believe, though the first round's rules (issue 2) were chosen looking at the whole of scrapinghub_aeb.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath
from statistics import fmean

from crawler.pages.rouge import score_lsum

Extractor = Callable[[str, bytes], str]  # address, page -> text

BODIES = "scrapinghub_aeb"
PARAGRAPHS = "fundus_evaluation"
DATES = "htmldate_subset"


@dataclass(frozen=True, slots=True)
class Gold:
    """One page and what is right: its text, or its day of publication (ISO)."""

    id: str
    url: str
    html: bytes
    right: str


def half_of(identifier: str) -> str:
    """A or B, by whether the first hexadecimal digit of the SHA-256 of the id is even or odd."""
    return "AB"[int(hashlib.sha256(identifier.encode()).hexdigest()[0], 16) % 2]


def load_bodies(folder: Path) -> list[Gold]:
    """Pages with their text of scrapinghub/article-extraction-benchmark."""
    folder = folder / BODIES
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Gold(key, one["url"], _unzipped(folder / "html" / f"{key}.html.gz"), one["articleBody"])
        for key, one in gold.items()
    ]


def load_paragraphs(folder: Path) -> list[Gold]:
    """Pages with their paragraphs of the Fundus evaluation (Dallabetta et al. 2024)."""
    folder = folder / PARAGRAPHS
    gold = json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))
    return [
        Gold(key, one["url"], _unzipped(folder / "html" / key), "\n\n".join(_required(one["body"])))
        for key, one in gold.items()
    ]


def load_dates(folder: Path) -> list[Gold]:
    """Pages with their day of publication of htmldate's benchmark."""
    gold = json.loads((folder / DATES / "gold.json").read_text(encoding="utf-8"))
    with tarfile.open(folder / DATES / "pages.tar.gz") as tar:
        pages = {
            PurePosixPath(member.name).name: stream.read()
            for member in tar
            if member.isfile() and (stream := tar.extractfile(member)) is not None
        }
    return [Gold(url, url, pages[one["file"]], one["date"]) for url, one in gold.items()]


def split(pages: Iterable[Gold]) -> dict[str, list[Gold]]:
    """Pages by half, and all of them under "all"."""
    every = list(pages)
    halves = {half: [page for page in every if half_of(page.id) == half] for half in "AB"}
    return {**halves, "all": every}


def score_bodies(pages: Iterable[Gold], extract: Extractor) -> float:
    """F1 of four-word shingles, as that benchmark computes it: from mean precision and mean recall."""
    precisions, recalls = [], []
    for page in pages:
        wanted, got = _shingles(page.right), _shingles(extract(page.url, page.html))
        both = (wanted & got).total()
        precisions += [both / got.total()] if got else []
        recalls += [both / wanted.total()] if wanted else []
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return 2 * precision * recall / max(1e-9, precision + recall)


def score_paragraphs(pages: Iterable[Gold], extract: Extractor) -> float:
    """Mean ROUGE-Lsum F1 over pages, as the Fundus evaluation reports it (sentences cut by our own rule)."""
    return fmean(score_lsum(page.right, extract(page.url, page.html)) for page in pages)


def score_dates(pages: Iterable[Gold], find: Extractor) -> float:
    """The share of pages whose day is exactly right; `find` gives an ISO day or ""."""
    return fmean(float(find(page.url, page.html) == page.right) for page in pages)


def load_floors() -> Mapping[str, float]:
    """The scores, over both halves, below which nothing may fall."""
    floors: dict[str, float] = json.loads(files("crawler.pages").joinpath("floors.json").read_text("utf-8"))
    return floors


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(shingle for at in range(max(1, len(words) - 3)) if (shingle := tuple(words[at : at + 4])))


def _unzipped(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def _required(body: Iterable[str]) -> list[str]:
    return [paragraph for paragraph in body if paragraph.strip()]

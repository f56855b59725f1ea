"""Fits the weights of the body's blocks anew: `python scripts/fit_body.py ../shared/data/extraction`.

On half A of two sets of pages (crawler.pages.measure.half_of), so that half B stays to be reported. Prints
the scores of six-fold cross-validation by outlet, writes crawler/pages/models/body.json and keeps its card.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import trafilatura
from lxml.html import HtmlElement
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from crawler.pages import body, chooser, metadata, structured
from crawler.pages.blocks import Block, cut
from crawler.pages.charset import decode
from crawler.pages.chooser import Model
from crawler.pages.markup import parse_html
from crawler.pages.measure import Gold, load_bodies, load_paragraphs, score_bodies, score_paragraphs, split
from crawler.pages.traits import NAMES, Matrix, Said, find_traits

MODEL = Path(__file__).resolve().parent.parent / "crawler" / "pages" / "models" / "body.json"
STRENGTH = 0.01  # C of the regression: strong shrinkage, there are only a hundred pages
THRESHOLD = 0.35  # the best of 0.30, 0.35, 0.40, 0.50 for both sets, by cross-validation on half A
FOLDS = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A page of half A, ready to be learnt from."""

    gold: Gold
    blocks: list[Block]
    said: Said
    traits: Matrix
    labels: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]


def read(gold: Gold) -> tuple[Page, Page]:
    """Cut a page up and label its blocks by its gold text: once with the library's word, once without."""
    tree = parse_html(decode(gold.html))
    assert tree is not None
    library = trafilatura.bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    return _read(gold, tree, getattr(library, "text", None) or ""), _read(gold, tree, "")


def _read(gold: Gold, tree: HtmlElement, library: str) -> Page:
    node = structured.find_article(tree)
    said = body.hear(metadata.read(tree, node, outlet="", host=""), node, library)
    blocks = cut(tree)
    counts = np.array([len(_words(block.text)) for block in blocks], dtype=float)
    labels = label([block.text for block in blocks], gold.right)
    size = max(1.0, min(counts.sum(), 3 * max(100.0, counts[labels].sum())))
    return Page(gold, blocks, said, find_traits(blocks, said), labels, np.minimum(counts, 150) / size * 100)


def label(texts: Sequence[str], right: str) -> npt.NDArray[np.bool_]:
    """Whether half of a block's four-word shingles are in the gold text; short blocks only beside others."""
    words = _words(right)
    known = {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
    whole = f" {' '.join(words)} "
    shares = [_share(_words(text), known, whole) for text in texts]
    long = [len(_words(text)) >= 4 for text in texts]
    labels = []
    for at, share in enumerate(shares):
        near = range(max(0, at - 3), min(len(texts), at + 4))
        beside = any(shares[i] >= 0.5 and long[i] for i in near if i != at)
        labels.append(share >= 0.5 and (long[at] or beside))
    return np.array(labels, dtype=bool)


def _share(words: list[str], known: set[tuple[str, ...]], whole: str) -> float:
    if len(words) < 4:
        return float(bool(words) and f" {' '.join(words)} " in whole)
    shingles = [tuple(words[at : at + 4]) for at in range(len(words) - 3)]
    return sum(shingle in known for shingle in shingles) / len(shingles)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def fit(pages: Sequence[Page]) -> Model:
    """Fit the weights; blocks that are refused anyway teach nothing."""
    kept = [~chooser.find_refused(page.traits) for page in pages]
    rows = np.vstack([page.traits[keep] for page, keep in zip(pages, kept, strict=True)])
    labels = np.concatenate([page.labels[keep] for page, keep in zip(pages, kept, strict=True)])
    weights = np.concatenate([page.weights[keep] for page, keep in zip(pages, kept, strict=True)]) + 0.01
    scaler = StandardScaler().fit(rows)
    found = LogisticRegression(C=STRENGTH, max_iter=500).fit(scaler.transform(rows), labels, weights)
    slopes = found.coef_[0] / scaler.scale_
    return Model(slopes, float(found.intercept_[0] - slopes @ scaler.mean_), THRESHOLD, "fitted")


Pair = tuple[Page, Page]


def decide(pair: Pair, model: Model) -> str:
    """The text of a page as crawler.pages.body finds it: the library is heard only where there is doubt."""
    with_library, alone = pair
    choice = chooser.choose(alone.blocks, alone.said, model)
    if choice.is_sure and len(choice.text) >= body.ENOUGH:
        return choice.text
    return chooser.choose(with_library.blocks, with_library.said, model).text


def cross_validate(bodies: Sequence[Pair], paragraphs: Sequence[Pair]) -> dict[str, float]:
    """Scores of half A, each page judged by weights that saw no page of its outlet."""
    pairs = [*bodies, *paragraphs]
    outlets = sorted({_outlet(pair) for pair in pairs})
    np.random.default_rng(0).shuffle(outlets)
    texts = {}
    for fold in range(FOLDS):
        held = set(outlets[fold::FOLDS])
        model = fit([page for pair in pairs if _outlet(pair) not in held for page in pair])
        texts |= {pair[0].gold.html: decide(pair, model) for pair in pairs if _outlet(pair) in held}
    return {
        "bodies": score_bodies((pair[0].gold for pair in bodies), lambda _, html: texts[html]),
        "paragraphs": score_paragraphs((pair[0].gold for pair in paragraphs), lambda _, html: texts[html]),
    }


def _outlet(pair: Pair) -> str:
    return urlsplit(pair[0].gold.url).hostname or ""


def main() -> None:
    """Fit, say how good, write."""
    folder = Path(sys.argv[1])
    bodies = [read(gold) for gold in split(load_bodies(folder))["A"]]
    paragraphs = [read(gold) for gold in split(load_paragraphs(folder))["A"]]
    print(json.dumps(cross_validate(bodies, paragraphs), indent=1))
    model = fit([page for pair in (*bodies, *paragraphs) for page in pair])
    card = json.loads(MODEL.read_text(encoding="utf-8"))["card"]
    weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, model.weights, strict=True)}
    said = {"card": card, "threshold": THRESHOLD, "bias": round(model.bias, 4), "weights": weights}
    MODEL.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Checking on one core: claim and passage judged, and articles held against a library of 20,000 passages."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy.orm import Session

from bench.apart import Row, find_peak
from bench.library import fill_library, open_library
from bench.material import find_articles
from config.load import load
from nlp.checks import Case, check_case
from nlp.checks.atlas import Atlas, make_atlas
from nlp.gathering.passages import find_passages
from nlp.knowledge import Knowledge, make_knowledge
from nlp.read import read
from nlp.verdicts import Passage, judge
from store.archive import Archive
from store.types import Article, ReadArticle, Story, StoryMember

PASSAGES = 20_000
_PAIRS = 1_500
_BESIDE = 5  # passages beside a claim, as the desk looks them up
_CHECKED = 60  # articles
_ROUNDS = 3  # the quickest counts: what others do on the machine only ever adds
_PEER = "TF-IDF cosine"
_A_PASSAGE = 3  # sentences


def measure_judging() -> tuple[Row, ...]:
    """Pairs a second of CPU, beside the likeness that a search library gives for the same pairs.

    The peer weighs words and tells no support from contradiction: it has all texts at once, which no desk
    has. Memory: what the weights and the pairs add.
    """
    before = find_peak()
    asked = tuple(islice(_asked(find_articles()), _PAIRS // _BESIDE))
    count = sum(len(passages) for _, passages in asked)
    rounds = [(_time_judging(asked), _time_peer(asked)) for _ in range(_ROUNDS)]
    own, peer = min(own for own, _ in rounds), min(peer for _, peer in rounds)
    return (
        Row("judge (pairs)", count / own, count, _PEER, peer / own, own_mib=find_peak() - before),
        Row(f"  {_PEER}, all at once", count / peer, count),
    )


def _asked(articles: Sequence[Article]) -> list[tuple[str, tuple[Passage, ...]]]:
    """A sentence of each article, and passages of three sentences of it, its own among them."""
    found = []
    for article in articles:
        sentences = [s for s in article.text.replace("\n", ". ").split(". ") if len(s) > 40]
        texts = [". ".join(sentences[at : at + _A_PASSAGE]) for at in range(0, len(sentences), _A_PASSAGE)]
        if len(texts) >= _BESIDE:
            passages = tuple(Passage(str(n), text) for n, text in enumerate(texts[:_BESIDE]))
            found.append((sentences[1], passages))
    return found


def _time_judging(asked: Sequence[tuple[str, tuple[Passage, ...]]]) -> float:
    start = time.process_time()
    for claim, passages in asked:
        judge(claim, passages)
    return time.process_time() - start


def _time_peer(asked: Sequence[tuple[str, tuple[Passage, ...]]]) -> float:
    """Words and pairs of words, weighed over all texts; then every pair's cosine."""
    claims = [claim for claim, passages in asked for _ in passages]
    texts = [passage.text for _, passages in asked for passage in passages]
    start = time.process_time()
    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit([*claims, *texts])
    vectors.transform(claims).multiply(vectors.transform(texts)).sum(axis=1)
    return time.process_time() - start


def measure_checking() -> tuple[Row, ...]:
    """Articles a second against the library, looked up and checked by every check; the median in ms."""
    configuration = load(None)
    knowledge = make_knowledge(configuration.gazetteer, configuration.topics)
    atlas = make_atlas(configuration.gazetteer)
    items = [_read(n, article, knowledge) for n, article in enumerate(find_articles()[:_CHECKED], 1)]
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder)) as sessions:
        fill_library(sessions, Archive(Path(folder) / "archive"), PASSAGES)
        before = find_peak()
        with sessions() as session:
            times = [_time_check(session, item, atlas) for item in items]
    middle, slow = statistics.median(times), sorted(times)[-len(times) // 20]
    name = f"check an article, {PASSAGES:,} passages: {middle * 1000:.0f} ms, a slow one {slow * 1000:.0f}"
    return (Row(name, len(times) / sum(times), len(times), own_mib=find_peak() - before),)


def _read(number: int, article: Article, knowledge: Knowledge) -> ReadArticle:
    return ReadArticle(number, 1, article, read(article, knowledge), datetime.now(UTC))


def _time_check(session: Session, item: ReadArticle, atlas: Atlas) -> float:
    story = Story(str(item.number), (StoryMember(item, 0, ()),))
    start = time.perf_counter()
    check_case(Case(story, passages=find_passages(session, story), atlas=atlas))
    return time.perf_counter() - start

"""Measures chosen sentences on ViMs (outside the project), against the outlet's own lead and against lead-2.

The lead that each article's editor wrote is not part of its text there, so it is a fair thing to be like.
ROUGE (Lin 2004) on folded syllables, F1 of one, two and the longest common run; and how many of the telling
words of the story's other articles the two sentences hold. Half A of the stories is for choosing weights.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

from nlp.sentences import split
from nlp.summaries.article import summarise
from nlp.summaries.story import summarise_story
from nlp.summaries.wording import find_terms
from nlp.text import fold
from store.types import (
    Article,
    LanguageGuess,
    ReadArticle,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Story,
    StoryMember,
)

_SYLLABLE = re.compile(r"[^\W_]+")
_FEWEST = 10  # syllables of a lead that says something

Choose = Callable[[str, str], Sequence[str]]
Row = Mapping[str, Any]


def choose_first(title: str, text: str) -> list[str]:
    """The baseline: the first two sentences, whatever they are."""
    del title
    return [text[span.start : span.end] for span in split(text[:4000])[:2]]


def choose_best(title: str, text: str) -> list[str]:
    """What the product chooses."""
    return [excerpt.text for excerpt in summarise(title, text)]


def measure(folder: Path, *, halves: str = "AB") -> dict[str, dict[str, float]]:
    """Data folder -> by half (A, B): each measure of the chosen sentences, and of lead-2 (`lead2_…`)."""
    return {
        half: {
            **measure_half(folder, half, choose_best),
            **{f"lead2_{name}": value for name, value in measure_half(folder, half, choose_first).items()},
            **measure_stories(folder, half),
        }
        for half in halves
    }


def measure_half(folder: Path, half: str, choose: Choose) -> dict[str, float]:
    """One half and a way to choose -> mean ROUGE F1 with the lead, coverage of the others, length."""
    scores: dict[str, list[float]] = defaultdict(list)
    for story in load_stories(folder, half):
        told = [_telling(article) for article in story]
        for number, article in enumerate(story):
            chosen = " ".join(choose(article["title"], article["text"]))
            if len(lead := syllables(article["summary"] or "")) >= _FEWEST:
                for name, value in rouge(syllables(chosen), lead).items():
                    scores[name].append(value)
            others = Counter(term for n, each in enumerate(told) if n != number for term in each)
            shared = {term for term, count in others.items() if count > 1}
            if shared:
                scores["coverage"].append(len(shared & set(find_terms(chosen))) / len(shared))
            scores["syllables"].append(len(syllables(chosen)))
    return {name: fmean(values) for name, values in scores.items()}


def measure_stories(folder: Path, half: str) -> dict[str, float]:
    """One half -> mean ROUGE F1 of a story's two sentences with each of its editors' leads, and of lead-2 of
    its first article.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for story in load_stories(folder, half):
        first = story[0]
        found = {
            "story": [chosen.excerpt.text for chosen in summarise_story(_as_story(story))],
            "lead2_story": choose_first(first["title"], first["text"]),
        }
        for lead in (syllables(article["summary"] or "") for article in story):
            for way, sentences in found.items() if len(lead) >= _FEWEST else ():
                for name, value in rouge(syllables(" ".join(sentences)), lead).items():
                    scores[f"{way}_{name}"].append(value)
    return {name: fmean(values) for name, values in scores.items()}


def _as_story(articles: Sequence[Row]) -> Story:
    """Articles of one story -> as if read, with nothing known but language."""
    concern = Relevance(RelevanceLabel.ABOUT, 1.0, ("measured",))
    reading = Reading(LanguageGuess("vi", "given", 1.0), concern, (), (), (), "measure")
    return Story(
        articles[0]["cluster"],
        tuple(
            StoryMember(ReadArticle(number, 1, captured, reading, captured.fetched_at), 0, ())
            for number, captured in enumerate(map(_as_captured, articles), start=1)
        ),
    )


def _as_captured(article: Row) -> Article:
    outlet = article["source"] or ""
    return Article(article["url"] or "", outlet, outlet, Scope.DOMESTIC, article["title"], article["text"])


def _telling(article: Row) -> set[str]:
    """The pairs of syllables of an article's beginning, names left out as everywhere."""
    return {term for term in find_terms(f"{article['title']}\n{article['text'][:2000]}") if " " in term}


def rouge(found: Sequence[str], given: Sequence[str]) -> dict[str, float]:
    """Two lists of syllables -> F1 of shared syllables, pairs, and longest common subsequence."""
    pairs = [list(pairwise(each)) for each in (found, given)]
    return {
        "rouge1": _f1((Counter(found) & Counter(given)).total(), len(found), len(given)),
        "rouge2": _f1((Counter(pairs[0]) & Counter(pairs[1])).total(), len(pairs[0]), len(pairs[1])),
        "rougeL": _f1(_common(found, given), len(found), len(given)),
    }


def _f1(shared: int, found: int, given: int) -> float:
    return 2 * shared / (found + given) if shared else 0.0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for mine in one:
        before = 0
        for at, theirs in enumerate(other, start=1):
            above = row[at]
            row[at] = before + 1 if mine == theirs else max(above, row[at - 1])
            before = above
    return row[-1]


def syllables(text: str) -> list[str]:
    """Text -> its folded syllables."""
    return _SYLLABLE.findall(fold(text).text)


def load_stories(folder: Path, half: str) -> Iterator[list[Row]]:
    """Data folder and half -> the articles of each story that have a text."""
    stories: dict[str, list[Row]] = defaultdict(list)
    with gzip.open(folder / "clustering/vims/vims.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            if article["text"] and half_of(article["cluster"]) == half:
                stories[article["cluster"]].append(article)
    yield from stories.values()


def half_of(story: str) -> str:
    """A or B, by the first byte of the SHA-256 of the story's name."""
    return "AB"[hashlib.sha256(story.encode()).digest()[0] % 2]


def load_floors() -> Mapping[str, float]:
    """What the scores of half B must not fall below."""
    floors: dict[str, float] = json.loads(
        files("nlp").joinpath("floors_summaries.json").read_text(encoding="utf-8")
    )
    return floors

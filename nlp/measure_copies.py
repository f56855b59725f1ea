"""Measures near-copies: pairs made by rules, against other texts of the same stories (ViMs, not shipped).

A pair by rules is a copy for certain. Another text of a story is one that shares less than 60 % of the
shorter text's three-word runs, counted whole, without the sketches that are measured here.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np

from nlp.duplicates import CopyFinder, Print, make_print
from nlp.measure_stories import Told, load_stream
from nlp.stories import GroupItem
from nlp.text import fold
from nlp.tokens import find_tokens

_OTHER = 0.6  # of the shorter text's runs of three words, below which two texts are not the same
_LEAST = 60  # words of an article that copies are made of; below it a cut leaves no text
_EDITED = 0.03  # of the words changed by a light edit
Rule = Callable[[GroupItem, random.Random], tuple[str, str]]


def measure_copies(folder: Path, half: str) -> dict[str, float]:
    """Data folder, A or B -> precision and recall of copies, and recall by each rule."""
    stories = _by_story(load_stream(folder, half=half, noise=0))
    firsts = [members[0] for members in stories.values() if len(members[0].text.split()) >= _LEAST]
    finder = CopyFinder()
    for first in firsts:
        finder.keep(first.id, _print(first.title, first.text))
    found = {rule: _count_found(finder, firsts, make) for rule, make in RULES.items()}
    right, wrong = sum(one for one, _ in found.values()), sum(other for _, other in found.values())
    wrong += _count_wrong(finder, stories.values())
    scores = {f"copies_recall_{rule}_{half}": one / len(firsts) for rule, (one, _) in found.items()}
    scores[f"copies_recall_{half}"] = right / (len(firsts) * len(RULES))
    scores[f"copies_precision_{half}"] = right / (right + wrong)
    return scores


def measure(folder: Path) -> dict[str, float]:
    """Data folder -> the scores of both halves; nothing was tuned on either."""
    return {name: score for half in ("A", "B") for name, score in measure_copies(folder, half).items()}


def load_floors() -> Mapping[str, float]:
    """What the scores must not fall below."""
    written = files("nlp").joinpath("floors_copies.json").read_text(encoding="utf-8")
    floors: dict[str, float] = json.loads(written)
    return floors


def _count_found(finder: CopyFinder, firsts: Iterable[GroupItem], make: Rule) -> tuple[int, int]:
    """Copies made by one rule -> how many were given to their original, and how many to another."""
    right = wrong = 0
    for first in firsts:
        chance = random.Random(first.id)  # noqa: S311 - which words are changed, the same in every run
        copied = finder.find(_print(*make(first, chance)))
        right += copied is not None and copied.of == first.id
        wrong += copied is not None and copied.of != first.id
    return right, wrong


def _count_wrong(finder: CopyFinder, stories: Iterable[list[GroupItem]]) -> int:
    """How many other texts of a story are called a copy of what they share little with."""
    texts = {item.id: item for members in stories for item in members}
    wrong = 0
    for item in texts.values():
        copied = finder.find(_print(item.title, item.text))
        if copied is not None and copied.of != item.id:
            wrong += share_runs(item.text, texts[copied.of].text) < _OTHER
    return wrong


def share_runs(one: str, other: str) -> float:
    """Two texts -> the share of the shorter one's distinct runs of three words that the longer has too."""
    runs = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one.split(), other.split())]
    shorter = min(len(each) for each in runs)
    return len(runs[0] & runs[1]) / shorter if shorter else 0.0


def _by_story(stream: Iterable[Told]) -> Mapping[str, list[GroupItem]]:
    stories: dict[str, list[GroupItem]] = defaultdict(list)
    for told in stream:
        stories[told.story].append(told.item)
    return stories


def _print(title: str, text: str) -> Print:
    return make_print(np.concatenate((find_tokens(title).hashes, find_tokens(text).hashes)))


def _cut(item: GroupItem, _: random.Random) -> tuple[str, str]:
    words = item.text.split(" ")
    return item.title, " ".join(words[: len(words) * 3 // 5])


def _retitle(item: GroupItem, _: random.Random) -> tuple[str, str]:
    return "Tin mới: những điều bạn đọc cần biết trong ngày", item.text


def _edit(item: GroupItem, chance: random.Random) -> tuple[str, str]:
    words = item.text.split(" ")
    return item.title, " ".join(chance.choice(words) if chance.random() < _EDITED else each for each in words)


def _resign(item: GroupItem, _: random.Random) -> tuple[str, str]:
    return item.title, f"(Bản tin) - {item.text}\nPhóng viên thường trú\nẢnh: cộng tác viên"


def _strip_marks(item: GroupItem, _: random.Random) -> tuple[str, str]:
    return fold(item.title).text, fold(item.text).text


def _reorder(item: GroupItem, chance: random.Random) -> tuple[str, str]:
    parts = item.text.split(". ")
    chance.shuffle(parts)
    return item.title, ". ".join(parts)


def _do_all(item: GroupItem, chance: random.Random) -> tuple[str, str]:
    """Another title on a cut text, lightly edited and without tone marks."""
    title, text = _cut(item, chance)
    for rule in (_edit, _strip_marks, _retitle):
        title, text = rule(GroupItem(item.id, title, text), chance)
    return title, text


RULES: Mapping[str, Rule] = {
    "cut": _cut,
    "retitled": _retitle,
    "edited": _edit,
    "resigned": _resign,
    "unaccented": _strip_marks,
    "reordered": _reorder,
    "all_at_once": _do_all,
}

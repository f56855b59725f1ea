"""Loaded words of either side, put in or taken out, change no claim, no proposal and no flag."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from nlp.loaded import LOADED, blank
from nlp.verdicts import Passage, judge
from store.types import Article

# Words of the office's own list (rules on topics): of its own side, and of the other.
OURS = ("xuyên tạc", "luận điệu", "diễn biến hòa bình", "tà đạo")
THEIRS = ("crackdown", "land grab", "persecution")
PLACES = ("first", "before the figure", "after a comma")


def put_in(sentence: str, word: str, place: str, figure: str) -> str:
    """A sentence with a word more in one of its places; "as it is" where it has no such place."""
    if place == "first":
        return f"{word.capitalize()} {sentence}"
    if place == "before the figure":
        return sentence.replace(figure, f"{word} {figure}", 1)
    return sentence.replace(", ", f", {word} ", 1)


def without(text: str) -> str:
    """A text's words but the loaded ones, one space between them."""
    return " ".join(blank(text).replace(" .", ".").split())


def found_in(checked: Any) -> tuple[object, object]:
    """Claims with scores and flags with evidence, as they are without loaded words."""
    claims = [(without(c.text), c.score, len(c.quantities)) for c in checked.reading.claims]
    flags = [
        (f.check, without(f.claim.text), f.strength, f.missing, [(e.text, e.stance) for e in f.evidence])
        for f in checked.flags
    ]
    return claims, flags


@pytest.mark.parametrize("word", [*OURS, *THEIRS])
def test_every_word_of_the_offices_list_is_known_as_loaded(word: str):
    assert word in LOADED
    assert blank(f"a {word} b").split() == ["a", "b"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", [OURS, THEIRS], ids=["ours", "theirs"])
def test_loaded_words_put_in_change_no_claim_and_no_flag(
    words: Sequence[str],
    place: str,
    facts: Sequence[Any],
    tell: Callable[..., Article],
    check_one: Callable[[Article], Any],
):
    changed = []
    for turn, fact in enumerate(facts):
        article = tell(fact, "critic", "wrong")
        word = words[turn % len(words)]
        parts = re.split(r"(?<=[.?!])(\s)", article.text)
        loaded = "".join(
            put_in(part, word, place, fact.wrong) if fact.wrong in part else part for part in parts
        )
        one, other = check_one(article), check_one(replace(article, text=loaded))
        if found_in(one) != found_in(other):
            changed.append((fact.id, word, found_in(one), found_in(other)))
    assert changed == []


@pytest.mark.parametrize("place", PLACES)
def test_loaded_words_change_no_proposal(place: str, facts: Sequence[Any]):

    changed = []
    for turn, fact in enumerate(facts):
        passages = [Passage("kho:1#1", fact.evidence.replace("{n}", fact.right))]
        sentence = next(part for part in re.split(r"(?<=[.?!])\s", fact.critic) if "{n}" in part)
        for word in (OURS[turn % len(OURS)], THEIRS[turn % len(THEIRS)]):
            for figure in (fact.right, fact.wrong):
                said = sentence.replace("{n}", figure)
                one, other = judge(said, passages), judge(put_in(said, word, place, figure), passages)
                if (one.verdict, round(one.score, 6)) != (other.verdict, round(other.score, 6)):
                    changed.append((fact.id, word, one, other))
    assert changed == []

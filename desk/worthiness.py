"""Why a sentence is worth checking, in words: the named features and words that moved its score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlp.checkability import SentenceKind, checkability
from store.types import Claim

Words = Callable[[str], str]
_REASON = re.compile(r"(?P<what>.+) (?P<points>[+-]\d+\.\d+)")
# what a feature of nlp.claim_features says of a sentence
FEATURES = {
    "figure": "it gives a figure with its unit",
    "number": "it holds a number",
    "name": "it names somebody or something",
    "act": "it tells of an act",
    "opinion": "it holds words of opinion",
    "place": "it names a place",
    "date": "it names a time",
    "agency": "it names an agency",
    "comparison": "it compares",
    "attribution": "it says by whose account",
    "past": "it tells of what has happened",
    "hedge": "it is told with reserve",
    "forecast": "it tells of what is to come",
    "first person": "somebody speaks of themselves",
    "second person": "somebody is spoken to",
    "general": "it tells of what is always so",
    "question": "it asks",
    "quoted speech": "it is somebody's speech",
    "fragment": "it is no whole sentence",
    "length": "how long it is",
    "public matter": "it is of public concern",
    "play and show": "it is of sport or show",
    "everyday life": "it is of everyday life",
}


def tell_worthiness(claim: Claim, *, language: str, t: Words) -> Iterator[str]:
    """A claim of an article in a language -> sentences for people; `t` translates."""
    found = checkability(claim.text, language=language)
    # of a sentence that a check has flagged one cannot say that there is nothing to check in it
    is_plain = found.kind is SentenceKind.PLAIN
    why = t("By its words alone it is a minor detail; it stands here because of what else is told below.")
    score = t("Score {score} from 0 to 1.").format(score=f"{claim.score:.2f}")
    yield f"{score} {why if is_plain else found.why}"
    for sign, words in (("+", t("For it: {reasons}.")), ("-", t("Against it: {reasons}."))):
        hits = (hit for hit in map(_REASON.fullmatch, claim.why) if hit and hit["points"][0] == sign)
        told = [_say(hit["what"], t) for hit in hits]
        if told:
            yield words.format(reasons="; ".join(told))


def _say(what: str, t: Words) -> str:
    """A feature in words; a word of the sentence stands as it is, in quotation marks."""
    return t(FEATURES[what]) if what in FEATURES else what

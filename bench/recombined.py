"""Any number of articles from a few: sentences drawn anew, syllables exchanged, events retold, copies made.

Nothing of it is kept; it is made at bench time from what lies beside the project, or from the practice press.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.material import find_articles
from nlp.stories import GroupItem

_START = datetime(2026, 11, 1, tzinfo=UTC)
_DAYS = 13.0  # all lie in one window, which is the hardest
_SENTENCES = 18  # of an article
_EXCHANGED = 0.25  # of the syllables of a sentence, so that one sentence does not stand in hundreds
_RETOLD, _COPIED = 0.4, 0.1  # shares of articles that tell of an event again, or copy
_OPEN_EVENTS = 2000
_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")


def recombine(count: int, *, seed: int = 1) -> Iterator[GroupItem]:
    """How many -> that many articles of about 3,000 characters in order of time, the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable mixture, no secret
    sentences = [s for a in find_articles() for s in _BREAK.split(a.text) if len(s) > 60]
    syllables = [word for sentence in sentences[::7] for word in sentence.split()]
    events: list[list[str]] = []
    for number in range(count):
        moment = _START + timedelta(days=_DAYS * number / count)
        draw = chance.random()
        if events and draw < _RETOLD + _COPIED:
            event = events[chance.randrange(len(events))]
            told = event if draw < _COPIED else _retell(event, sentences, syllables, chance)
        else:
            told = [_exchange(chance.choice(sentences), syllables, chance) for _ in range(_SENTENCES)]
            events = [*events[-_OPEN_EVENTS + 1 :], told] if number % 4 == 0 else events
        yield GroupItem(str(number), told[0][:90], " ".join(told[1:]), moment)


def _retell(event: list[str], sentences: list[str], syllables: list[str], chance: random.Random) -> list[str]:
    """Half of an event's sentences in other words, the rest from elsewhere."""
    kept = [_exchange(each, syllables, chance) for each in event if chance.random() < 0.5]
    rest = [_exchange(chance.choice(sentences), syllables, chance) for _ in range(_SENTENCES - len(kept))]
    return [*kept, *rest]


def _exchange(sentence: str, syllables: list[str], chance: random.Random) -> str:
    words = sentence.split()
    for at in range(len(words)):
        if chance.random() < _EXCHANGED:
            words[at] = syllables[chance.randrange(len(syllables))]
    return " ".join(words)

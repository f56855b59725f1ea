"""What a headline says beside what its article's text says of the same: the sentence to set it beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.checks.citing import find_first_sentence
from nlp.checks.statements import content_words
from nlp.sentences import Span, split

MOST_TEXT = 40_000  # characters of a text that are looked at
MOST_PLACES = 40  # of a text, figures or places, that are set beside the headline's
LEAST_SHARED = 0.25  # of the headline's words, which a sentence must share to speak of the same


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the headline that the text does not bear out, and where the text says otherwise."""

    said: str
    instead: str  # "" where the text says nothing of it
    sentence: Span


def doubt_from(
    text: str,
    title: frozenset[str],
    said: str,
    positions: Sequence[tuple[int, str]],
    *,
    least: float = LEAST_SHARED,
) -> Doubt:
    """The sentence that speaks most of what the headline speaks of; the first one where none does.

    Args:
        text: of the article, any Unicode.
        title: the headline's content words, folded.
        said: what the headline says, as written.
        positions: character of the text, and what is written there instead.
        least: the share of the headline's words that a sentence must have more of.

    """
    best = (least, "", find_first_sentence(text) or Span(0, len(text)))
    for position, instead in positions[:MOST_PLACES]:
        sentence = _sentence_with(text, position)
        if sentence is None:
            continue
        words = content_words(text[sentence.start : sentence.end])
        share = len(words & title) / max(1, len(title))
        if share > best[0]:
            best = (share, instead, sentence)
    return Doubt(said, best[1], best[2])


def _sentence_with(text: str, position: int) -> Span | None:
    """The sentence of a text in which a position lies."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    spans = (Span(start + s.start, start + s.end) for s in split(line))
    return next((span for span in spans if span.start <= position < span.end), None)

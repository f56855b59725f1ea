"""Machine translation as a help to read: what a translator must do, and an article handed to it.

A translation is never kept as an article's text, never searched, read, grouped or checked; who sees it sees
the original beside it and that a machine made it and nobody checked it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.sentences import split
from nlp.translation.glossing import is_foreign

MOST_SENTENCES = 60  # of one article: what a reader needs to see what it is about
_LONGEST = 1_500  # characters of a sentence; a longer one is a table or has no stops, and is left as it is


class TranslationError(Exception):
    """A translator that cannot be used or failed: what, where, and what to do."""


class Translator(Protocol):
    """Sentences of one language into Vietnamese."""

    name: str  # of the model, for people

    def can_translate(self, language: str) -> bool:
        """Whether it knows the language (BCP 47)."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Sentences -> as many translations, in order.

        Raises:
            TranslationError: when it fails.

        """
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the original, text[start:end], with its translation; "" where it was not translated."""

    original: str
    start: int
    end: int
    translated: str


@dataclass(frozen=True, slots=True)
class Translation:
    """An article's title and sentences with their translations; `is_cut`: the text goes on."""

    model: str
    title: str
    lines: tuple[Line, ...]
    is_cut: bool


def translate(title: str, text: str, translator: Translator) -> Translation:
    """A foreign article -> sentence by sentence, at most 60 of them.

    Raises:
        TranslationError: when the translator fails, or gives another number of sentences than it was given.

    """
    spans = split(text)
    shown = spans[:MOST_SENTENCES]
    wanted = [span for span in shown if span.end - span.start <= _LONGEST]
    given = [" ".join(title.split())[:_LONGEST], *(" ".join(text[s.start : s.end].split()) for s in wanted)]
    made = translator.translate(given)
    if len(made) != len(given):
        raise TranslationError(
            f"{translator.name} gave {len(made)} sentences for {len(given)}: look at the model"
        )
    by_start = dict(zip((span.start for span in wanted), made[1:], strict=True))
    return Translation(
        translator.name,
        made[0],
        tuple(Line(text[s.start : s.end], s.start, s.end, by_start.get(s.start, "")) for s in shown),
        is_cut=len(spans) > len(shown),
    )


def can_help(translator: Translator | None, language: str) -> bool:
    """Whether there is a translator, and this language is one it can bring to Vietnamese readers."""
    return translator is not None and is_foreign(language) and translator.can_translate(language)

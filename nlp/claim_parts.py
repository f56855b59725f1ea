"""What English words are made of and what stands side by side: pairs, beginnings and endings. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

_CUT = "…"
_BEGINNING = 5  # letters: "incre…" is increase, increased and increasing
_ENDING = 3  # letters: "…ing"
_MOST_WORDS = 50_000


def find_parts(words: Sequence[str]) -> Iterator[str]:
    """Folded words in their order -> pairs of neighbours, beginnings and endings, some of them twice.

    A beginning is written "incre…", an ending "…ing", a pair with a space: none can be taken for a word.
    """
    yield from (f"{one} {other}" for one, other in pairwise(words))
    for word in words:
        yield from _ends_of(word)


def is_part(mark: str) -> bool:
    """Whether a mark of a sentence is no whole word of it but a pair, a beginning or an ending."""
    return " " in mark or _CUT in mark


@lru_cache(maxsize=_MOST_WORDS)
def _ends_of(word: str) -> tuple[str, ...]:
    beginning = (word[:_BEGINNING] + _CUT,) if len(word) > _BEGINNING else ()
    ending = (_CUT + word[-_ENDING:],) if len(word) > _ENDING + 1 else ()
    return beginning + ending

"""Word lists as patterns that also know the words without their marks.

Lists are written as people write them; unaccented text is common in headlines and messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from nlp.text import fold


def alternatives(phrases: Iterable[str], *, also_unaccented: bool = True) -> str:
    """Phrases -> a pattern of them all, the longest first, so that "bị thương nặng" wins over "bị thương".

    It is written as a tree of letters: what can match at a place are beginnings of one another, so the order
    is kept, and a place where nothing begins is left after one look instead of one for each phrase.
    """
    forms = {form for phrase in phrases for form in _forms(phrase, also_unaccented=also_unaccented)}
    return _branches(sorted(forms))


def whole_words(phrases: str, *, also_unaccented: bool = True) -> re.Pattern[str]:
    """Phrases parted by `|` -> a pattern that finds any of them as whole words, in any case."""
    inner = alternatives(phrases.split("|"), also_unaccented=also_unaccented)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def words_of(joined: str) -> frozenset[str]:
    """Words parted by spaces -> the set of them."""
    return frozenset(joined.split())


def lookup(table: Mapping[str, str]) -> dict[str, str]:
    """`table`: canonical form -> its phrases, parted by `|`; the answer: folded phrase -> canonical form."""
    return {fold(phrase).text: key for key, joined in table.items() for phrase in joined.split("|")}


def phrases_of(table: Mapping[str, str]) -> list[str]:
    """All phrases of a table whose values are parted by `|`."""
    return [phrase for joined in table.values() for phrase in joined.split("|")]


def searchable(text: str) -> str:
    """Text -> lower case, with `?` for lone surrogates, which no automaton takes; not for offsets."""
    return text.lower().encode("utf-8", errors="replace").decode("utf-8")


def aligned(text: str) -> str:
    """Text -> `searchable` of it, as long as the text, so that what is found has the text's offsets."""
    small = text.lower()
    if len(small) != len(text):  # a few capitals have no single small letter
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return small.encode("utf-8", errors="replace").decode("utf-8")


def _forms(phrase: str, *, also_unaccented: bool) -> set[str]:
    return {phrase, fold(phrase).text} if also_unaccented else {phrase}


def _branches(endings: Sequence[str]) -> str:
    """Sorted distinct endings -> a pattern of them, without brackets around it."""
    parts = []
    for first, same in groupby((each for each in endings if each), key=lambda each: each[0]):
        parts.append(_letter(first) + _after([each[1:] for each in same]))
    return "|".join(parts)


def _after(endings: Sequence[str]) -> str:
    """What may follow a beginning, the longest first; an empty ending means the phrase may stop there."""
    rest = _branches(endings)
    if not rest:
        return ""
    if len(endings) == 1:
        return rest
    return f"(?:{rest})?" if "" in endings else f"(?:{rest})"


def _letter(char: str) -> str:
    return r"[ \u00a0]" if char == " " else re.escape(char)

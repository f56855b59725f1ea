"""Word lists as patterns that also know the words without their marks.

Lists are written as people write them; unaccented text is common in headlines and messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nlp.text import fold


def alternatives(phrases: Iterable[str], *, also_unaccented: bool = True) -> str:
    """Phrases -> a pattern of them all, the longest first, so that "bị thương nặng" wins over "bị thương"."""
    forms = {form for phrase in phrases for form in _forms(phrase, also_unaccented=also_unaccented)}
    return "|".join(_spaced(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


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


def _forms(phrase: str, *, also_unaccented: bool) -> set[str]:
    return {phrase, fold(phrase).text} if also_unaccented else {phrase}


def _spaced(phrase: str) -> str:
    return r"[ \u00a0]".join(re.escape(word) for word in phrase.split(" "))

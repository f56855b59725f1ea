"""Words that are chosen now and translated when somebody reads them.

A pure part never knows the reader's language: it gives a `Phrase`, the rendering says it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Translate = Callable[[str], str]  # English msgid -> the words of one language, placeholders still in it
Value: TypeAlias = "str | int | Name | Phrase"


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a thing of the configuration in both languages; `en` may be empty."""

    vi: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The name for a reader of `language` (BCP 47), Vietnamese where no other is known."""
        return self.en if self.en and not language.startswith("vi") else self.vi


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English msgid of the catalogue with its values. A value is a text, a number, a name or a phrase."""

    msgid: str
    values: tuple[tuple[str, Value], ...] = ()


def make_phrase(msgid: str, **values: Value) -> Phrase:
    """`msgid` with its placeholders' values -> Phrase."""
    return Phrase(msgid, tuple(values.items()))


def say(phrase: Phrase | Name, t: Translate, language: str = "vi") -> str:
    """A phrase or name in the words of one language.

    Values are put in after translation, and what they hold is never read as a placeholder.
    """
    if isinstance(phrase, Name):
        return phrase.in_language(language)
    values = {
        name: say(value, t, language) if isinstance(value, Phrase | Name) else value
        for name, value in phrase.values
    }
    return t(phrase.msgid).format_map(values)

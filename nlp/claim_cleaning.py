"""A sentence as it is weighed: without loaded words and names, and how often each word list is met in it.

All sentences of a text are made ready in one pass, which costs half of one by one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.claim_lists import ACCOUNTS, AGENCY_NAMES, GUARDS, LISTS, MONTHS, VALUES
from nlp.loaded import take_out
from nlp.patterns import alternatives
from nlp.text import fold
from nlp.wordlists import WordLists


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A sentence without loaded words, and how often each list of words is met in it.

    `bare`: the same without the words of names, in no list a name counts; agencies stay. `names`: how many
    names were taken out of it after its beginning. `told`: whether a word of `ACCOUNTS` is in it at all.
    """

    text: str
    bare: str
    names: int
    met: Mapping[str, int]
    told: bool


_WRITTEN = ("opinion", "first person", "second person")  # without their marks these words are others
_SUBJECTS = ("public matter", "play and show", "everyday life")


def _also_unaccented(joined: str) -> str:
    """Phrases of several syllables are as clear without their marks; one syllable alone is not."""
    return "|".join((joined, *(fold(phrase).text for phrase in joined.split("|") if " " in phrase)))


_WORDS = WordLists(
    LISTS | GUARDS | {name: _also_unaccented(LISTS[name]) for name in _SUBJECTS},
    only_as_written=(*_WRITTEN, *_SUBJECTS, "account", "day", "calendar"),
)
_VALUES = WordLists({"value": VALUES}, only_as_written=("value",))
_ACCOUNT = WordLists({"account": ACCOUNTS}, only_as_written=("account",))
_CAPITAL = "".join(char for char in map(chr, range(0x41, 0x1F00)) if char.isupper())
_LEADING = re.compile(
    rf"[{_CAPITAL}]\S*(?: [{_CAPITAL}]\S*)*"
)  # a name at the beginning, or just a beginning
_KEPT_BEGINNINGS = ("Theo ", *AGENCY_NAMES.split("|"))
# A syllable of a person's name is often an everyday word ("Thu", "Chi"): it is none of any list.
# The pattern begins with the space, so that everything else is passed over quickly.
_NO_NAMES = alternatives(f"{AGENCY_NAMES}|{MONTHS}|I".split("|"), also_unaccented=False)
_NAME = re.compile(rf"(?: (?!(?:{_NO_NAMES})(?!\w))[(“\"]?[{_CAPITAL}][\w.-]*+)++")
_GAP = "\x1f"  # where a name was: in no sentence whose spaces were evened, it counts as one of them


def clean(sentence: str) -> Cleaned:
    """A sentence -> it without loaded words and with even spaces, and how often each list is met in it."""
    return clean_all([take_out(sentence).text])[0]


def clean_all(sentences: Sequence[str]) -> list[Cleaned]:
    """The same of sentences whose loaded words are taken out already, all at once."""
    if not sentences:
        return []
    texts = [_opened(" ".join(sentence.split())) for sentence in sentences]
    marked = _NAME.sub(_GAP, "\n".join(map(_without_leading, texts)))
    together = marked.replace(_GAP, "")
    return [
        Cleaned(text, bare, gaps.count(_GAP), met, told=bool(told))
        for text, bare, gaps, met, told in zip(
            texts,
            together.split("\n"),
            marked.split("\n"),
            _WORDS.count_lines(together),
            _ACCOUNT.count_lines("\n".join(texts)),
            strict=True,
        )
    ]


def marks_of(cleaned: Cleaned) -> dict[str, set[str]]:
    """A cleaned sentence -> which phrases of each list are met, also of `value`: what ought to be."""
    return _WORDS.find(cleaned.bare) | _VALUES.find(cleaned.bare)


def _opened(text: str) -> str:
    """A sentence with a capital at its beginning, also where a loaded word had it."""
    return text[:1].upper() + text[1:]


def _without_leading(text: str) -> str:
    """A sentence without the name it begins with; one word may be a beginning only."""
    leading = _LEADING.match(text)
    if leading and " " in leading[0] and not leading[0].startswith(_KEPT_BEGINNINGS):
        return text[leading.end() :]
    return text

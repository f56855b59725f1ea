"""What is read of an article before it is compared: its letters made ready, its syllables, its anchors. Pure.

A text of the fonts before Unicode is read as it was meant, and letters with their marks apart as one:
otherwise such an article would share no word with its own story.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

from nlp.anchors import Anchor, find_anchors, hash_anchors, head_of
from nlp.duplicates import Print, make_print
from nlp.encodings import repair_fields
from nlp.tokens import MOST_CHARACTERS, Tokens, find_tokens


@dataclass(frozen=True, slots=True)
class Told:
    """An article's title and text as they are read, and the syllables of both."""

    title: str
    text: str
    title_tokens: Tokens
    text_tokens: Tokens

    @property
    def head(self) -> str:
        """The part that tells the news."""
        return head_of(self.title, self.text)

    def make_print(self) -> Print:
        """What copies are found by."""
        return make_print(np.concatenate((self.title_tokens.hashes, self.text_tokens.hashes)))

    def find_anchors(self) -> dict[int, Anchor]:
        """Names, figures, counted things and kinds of event, by key."""
        return hash_anchors(find_anchors(self.head))


def tell(title: str, text: str) -> Told:
    """An article's title and text -> what is compared of it; what lies beyond 12,000 characters is not."""
    title, text = title[:MOST_CHARACTERS], text[:MOST_CHARACTERS]
    if (repaired := repair_fields({"title": title, "text": text})) is not None:
        title, text = repaired["title"].text, repaired["text"].text
    title, text = unicodedata.normalize("NFC", title), unicodedata.normalize("NFC", text)
    return Told(title, text, find_tokens(title), find_tokens(text))

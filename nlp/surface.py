"""A text prepared once for all matching: three forms of the same length, and the way back to the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.text import Folded, flatten, loosen, normalise

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Surface:
    """`plain` is the normalised text; `lower` and `folded` match it character for character.

    `exact` says that the text is written with its marks, so that names and cues must agree in theirs.
    """

    plain: str
    lower: str
    folded: str
    exact: bool
    origin: Folded
    capitals: bool  # nothing but capitals: those of a name say nothing then

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range of the three forms -> the range of the original text."""
        return self.origin.span(start, end)

    @property
    def compared(self) -> str:
        """The form in which phrases are looked for: with marks where the text has them."""
        return self.lower if self.exact else self.folded


def make_surface(text: str, *, exact: bool) -> Surface:
    """Text as published -> its surface. A lone half of a surrogate pair counts as an unknown character."""
    origin = normalise(_SURROGATE.sub("\ufffd", text))
    lower = origin.text.lower()
    if len(lower) != len(origin.text):  # a few capitals have no single small letter
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in origin.text)
    folded = loosen(flatten(origin.text))
    return Surface(origin.text, loosen(lower), folded, exact, origin, capitals=origin.text.isupper())

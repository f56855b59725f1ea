"""Keys under which numbers of different documents meet. Pure."""

from __future__ import annotations

import hashlib

from store.folding import folded_words
from store.types import Figure

_LEAST = 2  # words; "3 vụ" in two documents need not be one matter


def figure_key(figure: Figure) -> str:
    """The key of what a number is said of, its words folded; "" when too little is said to compare."""
    words = folded_words(figure.subject)
    if sum(not word.isdigit() for word in words) < _LEAST:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:24]


def value_key(value: str) -> str:
    """A number as it is compared: "3.583.693 người" and "3.583.693 Người" are one."""
    return " ".join(value.casefold().split())

"""Keys under which numbers of different documents meet. Pure."""

from __future__ import annotations

import hashlib
import re

from store.folding import fold, folded_words
from store.types import Figure

_NUMBER = re.compile(r"[-−+]?\d+(?:[.,\s]\d+)*")
_GROUPED = re.compile(r"[-−+]?\d{1,3}(?:[.,\s]\d{3})+")
_LEAST = 2  # words; "3 vụ" in two documents need not be one matter


def figure_key(figure: Figure) -> str:
    """The key of what a number is said of, its words folded; "" when too little is said to compare."""
    words = folded_words(figure.subject)
    if sum(not word.isdigit() for word in words) < _LEAST:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:24]


def contradicts(here: str, there: str) -> bool:
    """Whether two figures as shown are other numbers of one unit; one of them may name none."""
    (number, unit), (other, other_unit) = _parts(here), _parts(there)
    comparable = unit == other_unit or (not (unit and other_unit) and "%" not in unit + other_unit)
    return comparable and number != other


def _parts(value: str) -> tuple[str, str]:
    """The number in one writing, and the unit: "3.583.693 Người" -> "3583693", "nguoi"."""
    match = _NUMBER.match(value)
    number = match.group() if match else ""
    plain = re.sub(r"[.,\s]", "", number) if _GROUPED.fullmatch(number) else number.replace(",", ".")
    return plain, fold(value[len(number) :]).strip()

"""A query's text cut into tokens. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.folding import folded_words
from store.search.errors import QueryError

FIELDS = (
    "topic", "place", "outlet", "language", "relevance", "flagged", "after", "before", "story", "title",
)  # fmt: skip
_OPERATORS = frozenset({"AND", "OR", "NOT"})
# Word processors turn straight quotes into these
_QUOTES = '"“”„«»'
_CLOSING = {"«": "»"}
_RUN = re.compile(f"[^\\s(){_QUOTES}]+")
_FIELD = re.compile(r"([A-Za-z_]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, field, AND, OR, NOT, ( or ); `field` names the field, `text` is its value or words."""

    kind: str
    text: str
    position: int
    field: str = ""


def cut(text: str) -> Iterator[Token]:
    """The tokens of a query; punctuation between words is skipped as white space is.

    Raises:
        QueryError: for an open quotation, a field that does not exist or has no value.

    """
    position = 0
    while position < len(text):
        char = text[position]
        if char.isspace():
            position += 1
        elif char in "()":
            yield Token(char, char, position)
            position += 1
        elif char in _QUOTES:
            phrase, end = _quoted(text, position)
            yield Token("word", _searchable(phrase, position), position)
            position = end
        else:
            token, position = _run(text, position)
            if token is not None:
                yield token


def _run(text: str, start: int) -> tuple[Token | None, int]:
    match = _RUN.match(text, start)
    if match is None:  # a character that neither class takes: none is known
        return None, start + 1
    run, end = match[0], match.end()
    if run in _OPERATORS:
        return Token(run, run, start), end
    named = _FIELD.fullmatch(run)
    if named is not None:
        return _field(text, start, end, named)
    return (Token("word", run, start) if folded_words(run) else None), end


def _field(text: str, start: int, end: int, named: re.Match[str]) -> tuple[Token | None, int]:
    name, value = named[1], named[2]
    quote_follows = not value and end < len(text) and text[end] in _QUOTES
    if name.lower() not in FIELDS:
        if value or quote_follows:
            known = ", ".join(f"{field}:" for field in FIELDS)
            raise QueryError(
                "There is no field {name}: here. Known are {known}. Put a text with a colon in quotes.",
                start,
                name=name,
                known=known,
            )
        return Token("word", name, start), end
    if quote_follows:
        value, end = _quoted(text, end)
    if not value.strip():
        raise QueryError(
            "The field {name}: needs a value straight after the colon.", start, name=name.lower()
        )
    return Token("field", value.strip(), start, name.lower()), end


def _quoted(text: str, start: int) -> tuple[str, int]:
    closing = _CLOSING.get(text[start], _QUOTES[:4])
    for end in range(start + 1, len(text)):
        if text[end] in closing:
            return text[start + 1 : end], end + 1
    raise QueryError("The quotation mark is never closed.", start)


def _searchable(phrase: str, position: int) -> str:
    if not folded_words(phrase):
        raise QueryError("There is no word between the quotation marks.", position)
    return phrase

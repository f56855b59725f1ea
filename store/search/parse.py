"""Query text -> tree. Pure.

query := either · either := both (OR both)* · both := negated ((AND)? negated)*
negated := NOT negated | part · part := ( either ) | word | "phrase" | field:value
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from store.folding import folded_words, name_key, place_key
from store.search.errors import QueryError
from store.search.nodes import (
    After,
    Before,
    Both,
    Either,
    Everything,
    Flagged,
    FromOutlet,
    InLanguage,
    InPlace,
    InStory,
    InTopic,
    Node,
    Not,
    Query,
    WithRelevance,
    Words,
)
from store.search.words import Token, cut
from store.types import RelevanceLabel

_LONGEST = 2_000  # characters
_MOST = 100  # words and fields
_DEEPEST = 20  # brackets and NOTs inside one another
# The days of people's queries are days of the office (design.md: UTC inside, this zone where people look)
_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ANSWERS = {"yes": True, "no": False, "co": True, "khong": False}


def parse(text: str) -> Query:
    """Understand a query: words, "phrases", AND OR NOT ( ), fields such as `topic:T03 place:"Đức Cơ"`.

    Words beside each other must all be there. Operators are written in capitals. `after:` begins with the day
    named, `before:` ends before it, days of Asia/Ho_Chi_Minh. The empty text asks for everything.

    Raises:
        QueryError: for any text that has no clear meaning; it says why and where.

    """
    if len(text) > _LONGEST:
        raise QueryError("The query is longer than {most} characters.", _LONGEST, most=_LONGEST)
    if not text.strip():
        return Query(text, Everything())
    tokens = list(cut(text))
    if not tokens:
        raise QueryError("There is no word to search for.", 0)
    if sum(token.kind in ("word", "field") for token in tokens) > _MOST:
        raise QueryError("The query has more than {most} words.", 0, most=_MOST)
    return Query(text, _Parser(tokens, len(text)).tree())


class _Parser:
    """Reads tokens from left to right; each method reads what its rule of the grammar names."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = end

    def tree(self) -> Node:
        node = self._either(0)
        if self._kind() == ")":
            raise QueryError("This closing bracket was never opened.", self._position())
        return node

    def _either(self, depth: int) -> Node:
        parts = [self._both(depth)]
        while self._kind() == "OR":
            self._at += 1
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts = [self._negated(depth)]
        while self._kind() not in ("", "OR", ")"):
            if self._kind() == "AND":
                self._at += 1
            parts.append(self._negated(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _negated(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise QueryError("More than {most} brackets lie in one another.", self._position(), most=_DEEPEST)
        if self._kind() != "NOT":
            return self._part(depth)
        self._at += 1
        return Not(self._negated(depth + 1))

    def _part(self, depth: int) -> Node:
        kind, position = self._kind(), self._position()
        if kind not in ("word", "field", "("):
            raise QueryError("A word, a field or an opening bracket is missing here.", position)
        token = self._tokens[self._at]
        self._at += 1
        if kind == "word":
            return Words(token.text)
        if kind == "field":
            return _MAKERS[token.field](token)
        inside = self._either(depth + 1)
        if self._kind() != ")":
            raise QueryError("This bracket is never closed.", position)
        self._at += 1
        return inside

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _position(self) -> int:
        return self._tokens[self._at].position if self._at < len(self._tokens) else self._end


def _title(token: Token) -> Node:
    if not folded_words(token.text):
        raise QueryError("There is no word to search for.", token.position)
    return Words(token.text, title_only=True)


def _relevance(token: Token) -> Node:
    try:
        return WithRelevance(RelevanceLabel(token.text.lower()))
    except ValueError as error:
        known = ", ".join(RelevanceLabel)
        raise QueryError("relevance: is one of {known}.", token.position, known=known) from error


def _flagged(token: Token) -> Node:
    answer = _ANSWERS.get(name_key(token.text))
    if answer is None:
        raise QueryError("flagged: is yes or no.", token.position)
    return Flagged(answer)


def _start_of_day(token: Token) -> datetime:
    match = _DAY_FIRST.fullmatch(token.text)
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(token.text)
        return datetime.combine(day, time(), _OFFICE).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            "{value} is no date: write 2026-11-30 or 30/11/2026.", token.position, value=token.text
        ) from error


_MAKERS: dict[str, Callable[[Token], Node]] = {
    "topic": lambda token: InTopic(token.text.upper()),
    "place": lambda token: InPlace((token.text,), place_key(token.text)),
    "outlet": lambda token: FromOutlet(token.text, name_key(token.text)),
    "language": lambda token: InLanguage(token.text.lower()),
    "relevance": _relevance,
    "flagged": _flagged,
    "after": lambda token: After(_start_of_day(token)),
    "before": lambda token: Before(_start_of_day(token)),
    "story": lambda token: InStory(token.text),
    "title": _title,
}

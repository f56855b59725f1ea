"""Where a text answers a query, for marking hits where it is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from store.folding import spans_of, spelled_words
from store.search.nodes import Both, Either, Node, Query, Words

_Span = tuple[int, int, str]


def highlight_spans(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """The parts of a text that the query's words and phrases hit.

    Words under NOT are not marked. Words typed with marks mark the same spelling if the text has it, and the
    folded ones only if it has not.

    Args:
        text: as shown, composed or not.
        query: parsed.

    Returns:
        Spans in order, `text[start:end]` each, that do not overlap.

    """
    spans = list(spans_of(text))
    found: set[tuple[int, int]] = set()
    for words in _wanted(query.tree):
        exact = _runs(text, spans, words, exactly=True) if words.has_marks else []
        found.update(exact or _runs(text, spans, words, exactly=False))
    return _merged(sorted(found))


def _wanted(node: Node) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif isinstance(node, (Both, Either)):
        for part in node.parts:
            yield from _wanted(part)


def _runs(text: str, spans: list[_Span], words: Words, *, exactly: bool) -> list[tuple[int, int]]:
    folded = words.folded
    length = len(folded)
    return [
        (spans[first][0], spans[first + length - 1][1])
        for first in range(len(spans) - length + 1)
        if [span[2] for span in spans[first : first + length]] == folded
        and (
            not exactly
            or spelled_words(text[spans[first][0] : spans[first + length - 1][1]]) == words.spelled
        )
    ]


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

"""Where a text quotes: between quotation marks, also through several sentences of one paragraph. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.sentences import Span, split

_LEAST, _MOST = 20, 1_500  # characters between two marks
_CURLY = re.compile(r"“([^“”]*)(”?)|«([^«»]*)(»?)")
_STRAIGHT = re.compile(r"\"([^\"]*)\"")
_LINE = re.compile(r"[^\n]+")


@lru_cache(maxsize=64)  # asked once for each sentence of an article
def find_quoted(text: str) -> tuple[Span, ...]:
    """Text -> the ranges between “…”, «…» and "…", in order; neither very short nor very long ones.

    A mark that is not closed in its paragraph reaches to the end of its sentence; straight marks are read in
    pairs, and not at all where one is left over: nobody can tell which opens.
    """
    found = [span for line in _LINE.finditer(text) for span in _in_line(line[0], line.start())]
    long = (span for span in found if _LEAST <= span.end - span.start <= _MOST)
    return tuple(sorted(long, key=lambda span: span.start))


def _in_line(line: str, offset: int) -> Iterator[Span]:
    for hit in _CURLY.finditer(line):
        group = 1 if hit[1] is not None else 3
        end = hit.end(group) if hit[group + 1] else _sentence_end(line, hit.start(group))
        yield Span(offset + hit.start(group), offset + min(end, hit.end(group)))
    if line.count('"') % 2 == 0:
        for hit in _STRAIGHT.finditer(line):
            yield Span(offset + hit.start(1), offset + hit.end(1))


def _sentence_end(line: str, position: int) -> int:
    return next((span.end for span in split(line) if span.start <= position < span.end), len(line))

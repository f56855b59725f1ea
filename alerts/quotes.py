"""Exact quotations: sentences of a text by their offsets, and the short extract that the law lets us show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alerts.edition import Quote

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n+")
_WORD = re.compile(r"\S+")
# A full stop after these ends no sentence (seen in Vietnamese and English press).
_SHORT = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "q",
        "p",
        "ths",
        "ts",
        "gs",
        "pgs",
        "bs",
        "ks",
        "đ/c",
        "st",
        "mr",
        "mrs",
        "ms",
        "dr",
        "no",
        "vs",
    ]
)


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether the punctuation at `stop` ends a sentence, judged by the word before and the letter after."""
    if "\n" in stop.group() or not stop.group().startswith("."):
        return True
    before = re.search(r"[^\s(\"“]*$", text[: stop.start()])
    word = before.group().casefold() if before else ""
    if word in _SHORT or (len(word) == 1 and word.isalpha()):
        return False
    after = text[stop.end() :].lstrip(" \t")[:1]
    return not after.islower()


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Text -> (start, end) of its sentences in characters, without the white space around them."""
    start = 0
    stops = [m.end() for m in _STOP.finditer(text) if _ends_sentence(text, m)]
    for end in [*stops, len(text)]:
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + len(piece.rstrip())
        start = end


def count_words(text: str) -> int:
    """Words as white space parts them: in Vietnamese, syllables."""
    return sum(1 for _ in _WORD.finditer(text))


def cut_quote(text: str, start: int, end: int, words: int) -> Quote:
    """The first `words` words of text[start:end], marked as cut."""
    last = start
    for number, word in enumerate(_WORD.finditer(text, start, end), start=1):
        if number > words:
            break
        last = word.end()
    return Quote(text[start:last], start, last, cut=True)


def find_quote(text: str, *, words: int) -> Quote:
    """The first two sentences of a text, or as much of them as `words` words allow.

    A second sentence that does not fit is left out whole; a first one that does not fit is cut after `words`
    words and marked. Source of the cap: Intellectual Property Law Art. 25(1)(b), reasonable quotation.
    """
    spans = [span for span, _ in zip(find_sentences(text), range(2), strict=False)]
    if not spans:
        return Quote("", 0, 0)
    start, first_end = spans[0]
    if count_words(text[start:first_end]) > words:
        return cut_quote(text, start, first_end, words)
    end = spans[-1][1]
    if count_words(text[start:end]) > words:
        end = first_end
    return Quote(text[start:end], start, end)

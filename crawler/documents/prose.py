"""Paragraphs -> passages of a size that can be quoted, with the numbers that stand in them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from store.types import DocumentPassage, Figure

LONGEST = 700  # characters of a passage: some five sentences, what one looks at to judge a claim
_SHORT = 80  # a shorter paragraph (a heading, a list's item) goes with the one after it
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+(?=[^\W\d_a-zà-ỹ]|[-–•“\"(\d])")
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b-\u200d\u2060\ufeff]")
_NUMBER = re.compile(r"(?<![\w/.,:\[-])\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?(?:\s?%)?(?![\w/\]-]|[.,:]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"(?:ngày|tháng|quý|năm|khóa|số|điều|khoản)\s$", re.IGNORECASE)
_SIGNED = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_LEAST_WORDS = 6  # of a sentence besides its numbers, to be compared with the same sentence elsewhere
_MOST_NUMBERS = 3  # a sentence of more is a list


def clean(text: str) -> str:
    """NFC, no invisible characters, every run of spaces one, no space at the ends."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def make_passages(paragraphs: Iterable[str], *, page: int = 0) -> list[DocumentPassage]:
    """Paragraphs in order -> passages of at most 700 characters; a sentence is cut only when longer itself.

    Args:
        paragraphs: of one page, or of a document without pages.
        page: from 1, 0 for none.

    """
    parts = [part for text in _joined(paragraphs) for part in _cut(text)]
    return [DocumentPassage(part, page=page, figures=tuple(find_figures(part))) for part in parts]


def find_figures(text: str) -> Iterator[Figure]:
    """Numbers of sentences, each said of its sentence with the numbers left out.

    So the same sentence with another number is found in another document. Years, dates and the numbers of
    decisions stay in what is said: they tell apart.
    """
    for sentence in (part for line in text.split("\n") for part in _SENTENCE_END.split(line)):
        spans = [m for m in _NUMBER.finditer(sentence) if _is_figure(sentence, m)]
        if not 0 < len(spans) <= _MOST_NUMBERS:
            continue
        subject = sentence
        for match in reversed(spans):
            subject = f"{subject[: match.start()]}…{subject[match.end() :]}"
        if sum(word.isalpha() for word in subject.split()) >= _LEAST_WORDS:
            yield Figure(subject.strip(), " · ".join(match.group() for match in spans))


def find_signed(text: str) -> date | None:
    """The day in the head of an official letter ("Gia Lai, ngày 5 tháng 10 năm 2026"); None for none."""
    match = _SIGNED.search(text[:1500])
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _is_figure(sentence: str, match: re.Match[str]) -> bool:
    return not _YEAR.fullmatch(match.group()) and not _DATED.search(sentence[: match.start()])


def _joined(paragraphs: Iterable[str]) -> Iterator[str]:
    """Short paragraphs stand with the next, so that a heading is read with what it heads."""
    held = ""
    for paragraph in filter(None, map(clean, paragraphs)):
        text = f"{held}\n{paragraph}" if held else paragraph
        held = text if len(text) < _SHORT else ""
        if not held:
            yield text
    if held:
        yield held


def _cut(text: str) -> Iterator[str]:
    if len(text) <= LONGEST:
        yield text
        return
    part = ""
    for sentence in _SENTENCE_END.split(text):
        for piece in _pieces(sentence):
            if part and len(part) + len(piece) + 1 > LONGEST:
                yield part
                part = ""
            part = f"{part} {piece}" if part else piece
    if part:
        yield part


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence, or one that is too long in pieces that end at spaces."""
    while len(sentence) > LONGEST:
        at = sentence.rfind(" ", LONGEST // 2, LONGEST)
        at = at if at > 0 else LONGEST
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence

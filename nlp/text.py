"""Text as it is compared: one folding for matching and one canonical accented form, both with a way back.

Nothing here changes what is shown: matches are made on the folded text and mapped back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

_DROPPED = (  # soft hyphen, zero-width, direction marks, byte order mark
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02bb\u2032\u00b4\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_SPECIAL = dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_DROPPED, "")
_SPECIAL |= {"đ": "d", "ð": "d", "\x00": " "}
_ODD = "\x00"  # marks a character that does not fold to exactly one
_PLANE = 0x10000  # code points of the first plane
_UNKNOWN = 0xFFFF  # none of them is a character
_LONG = 64  # characters from which looking all up at once pays
_MARKS = ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))


# Thai and Lao, Khmer, then Chinese, Japanese and Korean
_UNSPACED = ("\u0e00", "\u0eff"), ("\u1780", "\u17ff"), ("\u2e80", "\uffff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable. `offset` and `span` lead back to the original's characters.

    The map is sparse: `starts[k]` is a position in `text` from which `sources[k]` counts on in the original;
    a text whose characters all fold to one character each has an empty map.
    """

    text: str
    original: str
    starts: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()

    def offset(self, position: int) -> int:
        """Position in `text` (0 to its length) -> position in the original (0 to its length)."""
        if position >= len(self.text):
            return len(self.original)
        if not self.starts:
            return position
        block = bisect_right(self.starts, position) - 1
        return self.sources[block] + position - self.starts[block]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range of `text` -> the range of the original that made it, with the marks that belong to it."""
        first = self.offset(start)
        if end <= start:
            return first, first
        last = max(self.offset(end), self.offset(end - 1) + 1)
        while last > first + 1 and self.original[last - 1] in _DROPPED:
            last -= 1
        return first, last


def fold(text: str) -> Folded:
    """Any text -> its matching form: caseless, without marks, đ as d, one kind of space, dash, apostrophe.

    Folding a folded text changes nothing; NFC and NFD, "hoà" and "hòa" fold to the same.
    """
    if text.isascii() and _ODD not in text:
        return Folded(text.lower(), text)
    return _translated(text, _FOLDS)


def normalise(text: str) -> Folded:
    """Any text -> its canonical accented form: NFC, tone placement as in "hòa", "thủy"; case is kept."""
    if text.isascii() and _ODD not in text:
        return Folded(text, text)
    plain = _translated(text, _TIDIED)
    if not unicodedata.is_normalized("NFC", plain.text):
        plain = _joined(text, _composed(text))
    return Folded(place_tones(plain.text), text, plain.starts, plain.sources)


def place_tones(text: str) -> str:
    """NFC text -> the same with the tone of oa, oe, uy on the first vowel; as long as before."""
    return _OPEN_DIPHTHONG.sub(lambda hit: _MOVED.get(hit[0], hit[0]), text)


def loosen(folded: str) -> str:
    """Folded text -> hyphens and dots between letters as spaces (Ia-Grai, TP.Pleiku); as long as before."""
    return _JOINER.sub(" ", folded)


def flatten(text: str) -> str:
    """Any text -> its fold, one character for each, so as long as before.

    What folds to none or to several becomes NUL; in texts already normalised that is rare and in no name.
    """
    return text.lower() if text.isascii() else _FOLDS.apply(text)


def substitute(text: str, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> Folded:
    """Text with what `pattern` finds replaced by what `made` gives, and the map back."""
    return _joined(text, _substituted(text, pattern, made))


def is_unspaced(text: str) -> bool:
    """Whether text begins in a script that is written without capitals, and mostly without spaces."""
    return any(first <= text[:1] <= last for first, last in _UNSPACED)


def is_accented(text: str) -> bool:
    """Whether a letter occurs that only Vietnamese uses (ă ơ ư đ, or U+1EA0 to U+1EF9)."""
    return _VIETNAMESE_LETTER.search(text) is not None


def _is_mark(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _MARKS)


def _fold_character(char: str) -> str:
    """One character -> its fold, each character of which folds to itself."""
    if "\uac00" <= char <= "\ud7a3":
        return char  # a Korean syllable is a letter, not a letter with marks
    if char in _SPECIAL:
        return _SPECIAL[char]
    if _is_mark(char):
        return ""
    if char.isspace() and not char.isascii():
        return "\n" if char in "\x85\u2028\u2029" else " "
    folded = unicodedata.normalize("NFD", char.casefold())
    if folded == char:
        return char
    return "".join(_fold_character(part) for part in folded)


def _tidy_character(char: str) -> str:
    """One character -> itself, with one kind of space and apostrophe, Đ for Ð, and the invisible dropped."""
    if char in "ðÐ":
        return "đ" if char == "ð" else "Đ"
    if char in _DASHES:
        return char
    if char in _SPECIAL and char != "đ":
        return _SPECIAL[char]
    if char.isspace() and not char.isascii():
        return "\n" if char in "\x85\u2028\u2029" else " "
    return char


class _Table(dict[int, str]):
    """A table for str.translate that fills itself: code point -> one character, or the sign of an odd one."""

    def __init__(self, tidy: bool) -> None:  # noqa: FBT001 - private, two tables in all
        super().__init__()
        self.tidy = tidy
        self.made = np.full(_PLANE, _UNKNOWN, dtype="<u2")  # the same by code point, for long texts

    def apply(self, text: str) -> str:
        """`text.translate(self)`, looked up all at once where the text is long: about ten times as fast."""
        if len(text) < _LONG:
            return text.translate(self)
        encoded = text.encode("utf-16-le", "surrogatepass")
        if len(encoded) != 2 * len(text):  # characters beyond the first plane
            return text.translate(self)
        codes = np.frombuffer(encoded, dtype="<u2")
        made = self.made[codes]
        if (unknown := made == _UNKNOWN).any():
            if not self._learn(codes[unknown].tolist()):
                return text.translate(self)
            made = self.made[codes]
        translated = made.tobytes().decode("utf-16-le", "surrogatepass")
        # two halves that stood apart would now be one character
        return translated if len(translated) == len(text) else text.translate(self)

    def _learn(self, codes: Iterable[int]) -> bool:
        """Code points of the first plane -> whether what they become lies there, too, and is known now."""
        for code in set(codes):
            made = ord(self[code])
            if made >= _UNKNOWN:
                return False
            self.made[code] = made
        return True

    def full(self, char: str) -> str:
        """The whole fold of one character, also where it is not one character long."""
        return _tidy_character(char) if self.tidy else _fold_character(char)

    def __missing__(self, code: int) -> str:
        full = self.full(chr(code))
        self[code] = full if len(full) == 1 else _ODD
        return self[code]


_FOLDS = _Table(tidy=False)
_TIDIED = _Table(tidy=True)


def _translated(text: str, table: _Table) -> Folded:
    folded = table.apply(text)
    if _ODD not in folded:
        return Folded(folded, text)
    return _joined(text, _pieces(text, folded, table))


def _pieces(text: str, folded: str, table: _Table) -> Iterator[tuple[int, str]]:
    """Where each stretch starts in the original and what it becomes; odd characters stand alone."""
    start = 0
    odd = folded.find(_ODD)
    while odd >= 0:
        if odd > start:
            yield start, folded[start:odd]
        yield from ((odd, char) for char in table.full(text[odd]))
        start = odd + 1
        odd = folded.find(_ODD, start)
    if start < len(text):
        yield start, folded[start:]


def _composed(text: str) -> Iterator[tuple[int, str]]:
    """NFC piece by piece: letters with their marks, and what lies between."""
    start = 0
    for hit in _CLUSTER.finditer(text):
        if hit.start() > start:
            yield from _tidy_pieces(text, start, hit.start())
        composed = unicodedata.normalize("NFC", hit[0].translate(_INVISIBLE))
        for extra, char in enumerate(composed):
            yield hit.start() + min(extra, len(hit[0]) - 1), _tidy_character(char)
        start = hit.end()
    yield from _tidy_pieces(text, start, len(text))


def _tidy_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    part = text[start:end]
    for at, piece in _pieces(part, part.translate(_TIDIED), _TIDIED):
        yield start + at, piece


def _substituted(
    text: str, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]
) -> Iterator[tuple[int, str]]:
    """What lies between the hits, and each hit as it becomes."""
    start = 0
    for hit in pattern.finditer(text):
        if hit.start() > start:
            yield start, text[start : hit.start()]
        yield from ((hit.start(), char) for char in made(hit))
        start = hit.end()
    if start < len(text):
        yield start, text[start:]


def _joined(text: str, pieces: Iterable[tuple[int, str]]) -> Folded:
    """Stretches -> the folded text and its map; what an odd character became leads back to that character."""
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = 0
    previous = 0  # source minus position, as of the last block
    for source, piece in pieces:
        if not piece:
            continue
        if not starts or source - length != previous:
            starts.append(length)
            sources.append(source)
            previous = source - length
        parts.append(piece)
        length += len(piece)
    return Folded("".join(parts), text, tuple(starts), tuple(sources))


_VIETNAMESE_LETTER = re.compile("[ăĂơƠưƯđĐ\u1ea0-\u1ef9]")
# A letter with its marks, also where something invisible stands between them.
_CLUSTER = re.compile(f"[^\u0300-\u036f](?:[{_DROPPED}]{{0,3}}[\u0300-\u036f])+")
_INVISIBLE = str.maketrans("", "", _DROPPED)
# What is looked for begins with the signs themselves, and what stands before is looked back at: that way most
# characters are passed over quickly.
_JOINER = re.compile(r"[-.](?<=[^\W\d_][-.])(?=[^\W\d_])")


def _make_moved() -> dict[str, str]:
    """Second vowel toned -> first vowel toned, for oa, oe, uy in every mixture of case."""
    moved = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in "\u0300\u0301\u0309\u0303\u0323":
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                written = a + unicodedata.normalize("NFC", b + tone)
                moved[written] = unicodedata.normalize("NFC", a + tone) + b
    return moved


_MOVED = _make_moved()
# An open syllable only ("hoà", not "hoàn"), and not after q, where u belongs to the consonant ("quý").
_OPEN_DIPHTHONG = re.compile(
    rf"[oOuU](?<![qQ].)[{''.join(sorted({pair[1] for pair in _MOVED}))}](?![^\W\d_]|[\u0300-\u036f])"
)

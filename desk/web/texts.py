"""Text from outside, made safe to look at: no hidden direction marks, no endless lines, hits marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Unicode TR 9: these reorder what stands beside them; and control characters but tab and newline.
# Zero-width marks stay: Khmer, Lao and Thai text needs them.
_DECEPTIVE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069]")

# how a reading keeps what a sign weighed: "(0.667 × +0.67)", or one number "(+0.47)"
_WEIGHT = re.compile(r"\((?:(?P<times>[\d.]+(?:e[+-]\d+)?) × )?(?P<weight>[+-]\d+\.\d+)\)")

HEADLINE_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether the search hit it."""

    text: str
    is_hit: bool


def plain(text: str) -> str:
    """Text with every deceptive character spelt out as ⟨U+202E⟩, so that it is seen and does nothing."""
    return _DECEPTIVE.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text.replace("\r\n", "\n"))


def shorten(text: str, characters: int = HEADLINE_CHARACTERS) -> str:
    """The text, cut at a word where there is one, with … when it is longer than `characters`."""
    if len(text) <= characters:
        return text
    head = text[: characters - 1]
    return head[: cut if (cut := head.rfind(" ")) > characters // 2 else len(head)] + "…"


def make_pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Text and hit spans (characters, end exclusive, in any order) -> pieces that make up the text."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(spans):
        first, last = max(start, at), min(end, len(text))
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], is_hit=False))
        pieces.append(Piece(text[first:last], is_hit=True))
        at = last
    if at < len(text):
        pieces.append(Piece(text[at:], is_hit=False))
    return tuple(pieces)


def say_reasons(reasons: Iterable[str], language: str) -> str:
    """The reasons of a reading as one line, each with the points it gave: "(+0,45)", in English "(+0.45)"."""

    def say(match: re.Match[str]) -> str:
        points = float(match["weight"]) * float(match["times"] or 1)
        said = f"({points:+.2f})".replace("-", "−")
        return said.replace(".", ",") if language == "vi" else said

    return "; ".join(_WEIGHT.sub(say, reason) for reason in reasons)

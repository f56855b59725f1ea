"""A foreign article -> the terms in it that the office has a word for, each with offsets. Pure.

The original stays as it is: a gloss explains a word beside it, it never replaces one and is never checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nlp.surface import Surface, make_surface
from nlp.text import fold
from nlp.translation.lexicon import Kind, Lexicon
from store.types import Place, PlaceMention

MOST_CHARACTERS = 60_000  # looked at in one text


@dataclass(frozen=True, slots=True)
class Gloss:
    """`text` is the original's text[start:end]; `vi` its Vietnamese; `is_first`: not glossed before it."""

    text: str
    start: int
    end: int
    vi: str
    kind: Kind
    source: str
    is_first: bool


def is_foreign(language: str) -> bool:
    """Whether a text in this language is one for which Vietnamese readers may want help."""
    return language not in {"", "vi", "und"}


def find_glosses(
    text: str,
    lexicon: Lexicon,
    *,
    mentions: Iterable[PlaceMention] = (),
    places: Mapping[str, Place] | None = None,
) -> tuple[Gloss, ...]:
    """Text, lexicon, the places reading found, the gazetteer by id -> glosses in order, without overlaps.

    Places come from reading, which knows one from its namesakes; they are glossed where the name is written
    otherwise than in Vietnamese. Terms are found as whole words, in any case, singular or plural, the longest
    first. Never raises; the time grows with the text, of which the first 60,000 characters are looked at.
    """
    surface = make_surface(text[:MOST_CHARACTERS], exact=False)
    found = [*_terms(surface, lexicon), *_places(text, mentions, places or {})]
    found.sort(key=lambda row: (row[0], -row[1], row[3]))
    return tuple(_without_overlaps(text, found))


_Row = tuple[int, int, str, Kind, str]  # start, end, Vietnamese, kind, source


def _terms(surface: Surface, lexicon: Lexicon) -> Iterable[_Row]:
    for hit in lexicon.find(surface):
        start, end = surface.span(hit.start, hit.end)
        yield start, end, hit.entry.vi, hit.entry.kind, hit.entry.source


def _places(text: str, mentions: Iterable[PlaceMention], places: Mapping[str, Place]) -> Iterable[_Row]:
    for mention in mentions:
        place = places.get(mention.unit)
        written = text[mention.start : mention.end]
        if mention.field != "text" or place is None or not written or place.names[0] in written:
            continue
        unit = place.unit_words[0] if place.unit_words else ""
        yield mention.start, mention.end, f"{unit} {place.names[0]}".strip(), Kind.PLACE, ""


def _without_overlaps(text: str, rows: Iterable[_Row]) -> Iterable[Gloss]:
    until = 0
    said: set[tuple[str, str]] = set()
    for start, end, vi, kind, source in rows:
        if start < until or end <= start:
            continue
        until = end
        key = (vi, fold(text[start:end]).text.rstrip("s"))
        yield Gloss(text[start:end], start, end, vi, kind, source, is_first=key not in said)
        said.add(key)

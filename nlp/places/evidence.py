"""What places tell of one article, before its relevance is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.places.traps import Trapped
from store.types import MentionKind, Place


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was accepted or explained. `strength`: 3 sure alone, 2 with context, 1 weak, 0 none."""

    field: str
    start: int  # with its unit word, in the surface
    end: int
    place: Place
    kind: MentionKind
    rule: str
    strength: int
    label: str = ""  # the trap's, if any
    locates: bool = False  # stands in an address, right after a commune
    signs: frozenset[str] = frozenset()  # what the words around it say (see signs.py)
    own: str = ""  # the folded name, where it is in no list and `place` is only what it was tied to


_OF_ONE = frozenset({"row", "heading", "quoted", "body", "thing", "company"})  # say nothing of the next part


def with_signs(found: Found, signs: frozenset[str]) -> Found:
    """A part of an address with what stands before all of it: "tại làng Bi, xã Ia Dom" is at both.

    A part that only says where another lies is left as it is.
    """
    return found if found.locates else replace(found, signs=found.signs | (signs - _OF_ONE))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that places tell of one article: ours, names of provinces elsewhere, trap phrases."""

    found: tuple[Found, ...]
    elsewhere: tuple[tuple[str, int], ...]  # field and position
    trapped: tuple[tuple[str, Trapped], ...]

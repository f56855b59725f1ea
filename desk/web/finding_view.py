"""A difference as pages show it: sentences that disagree side by side, none of them the wrong one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.web.sentence_view import SentenceView
from store.types import Evidence, Flag, Review


@dataclass(frozen=True, slots=True)
class SideView:
    """One flagged sentence of a finding, with what was decided of it."""

    flag: Flag
    sentence: SentenceView
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """`evidence`: what the flags cite besides the sides' own sentences, each once."""

    sides: tuple[SideView, ...]  # at least one
    evidence: tuple[Evidence, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not known, each once."""
        return tuple(dict.fromkeys(words for side in self.sides for words in side.flag.missing))


def view_finding(sides: Sequence[SideView]) -> FindingView:
    """The flags of one difference, in order of publication -> FindingView; a sentence stands in it once."""
    first: dict[str, SideView] = {}
    for side in sides:
        first.setdefault(side.flag.claim.key, side)
    own = {side.flag.claim.text for side in first.values()} if len(first) > 1 else set()
    cited = (evidence for side in first.values() for evidence in side.flag.evidence)
    rest = {(e.document, e.start, e.stance): e for e in cited if e.text not in own}
    return FindingView(tuple(first.values()), tuple(rest.values()))

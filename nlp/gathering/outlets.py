"""What the checks know besides the store: the catalogue's outlets and where places lie. Made once a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nlp.checks.atlas import Atlas, make_atlas
from nlp.checks.case import Outlet
from store.types import Gazetteer, Source


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The office's outlets and places; an empty one, with which no check asks for either."""

    outlets: tuple[Outlet, ...] = ()
    atlas: Atlas = field(default_factory=Atlas)


def make_catalogue(sources: Iterable[Source], gazetteer: Gazetteer) -> Catalogue:
    """What the office's files say -> Catalogue, also of outlets that are not collected."""
    return Catalogue(tuple(Outlet(source.domain, source.name) for source in sources), make_atlas(gazetteer))

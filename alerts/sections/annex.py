"""The annex of sources: every article and document a pack cites, numbered, with its fingerprint. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.material import OpenFlag
from alerts.sections.stories import make_citation
from store.types import Evidence, ReadArticle, Story


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the annex. `captured_at` is None and `sha256` "" where no capture is kept."""

    reference: int  # the number in square brackets
    number: int  # of the article in the store, 0 for another document
    version: int
    title: str
    outlet: str
    url: str
    published: datetime | None
    captured_at: datetime | None
    sha256: str
    summary_only: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """The sources of a pack, in the order of their numbers."""

    sources: tuple[Source, ...]

    def reference(self, number: int, document: str) -> int:
        """The annex number of an article (by store number) or document (by address), 0 if it is not there."""
        for source in self.sources:
            if (number and source.number == number) or (not number and source.url == document):
                return source.reference
        return 0


def _article_source(reference: int, item: ReadArticle) -> Source:
    cited, article = make_citation(item), item.article
    return Source(
        reference=reference,
        number=item.number,
        version=item.version,
        title=article.title,
        outlet=cited.outlet,
        url=article.url,
        published=article.published.at if article.published else None,
        captured_at=article.fetched_at,
        sha256=article.snapshot_sha256,
        summary_only=article.summary_only,
    )


def _document_source(reference: int, evidence: Evidence) -> Source:
    return Source(
        reference=reference,
        number=evidence.article,
        version=evidence.version,
        title=evidence.document_title,
        outlet=evidence.publisher,
        url=evidence.document,
        published=evidence.published,
        captured_at=None,
        sha256="",
    )


def make_annex(stories: Sequence[Story], flags: Iterable[OpenFlag]) -> Annex:
    """The stories' articles, then the articles flags stand in, then what else flags cite; each once."""
    rows = list(flags)
    items = {m.item.number: m.item for story in stories for m in story.members}
    for flag in rows:
        items.setdefault(flag.item.number, flag.item)
    documents: dict[tuple[int, str], Evidence] = {}
    for flag in rows:
        for evidence in flag.flag.value.evidence:
            if evidence.article not in items:
                # An article is known by its number, another document by its address.
                name = "" if evidence.article else evidence.document
                documents.setdefault((evidence.article, name), evidence)
    sources = [_article_source(n, item) for n, item in enumerate(items.values(), start=1)]
    sources += [_document_source(n, e) for n, e in enumerate(documents.values(), start=len(sources) + 1)]
    return Annex(tuple(sources))

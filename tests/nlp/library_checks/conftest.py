"""Articles read as the program reads them, beside documents of a library by hand. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from nlp.checks import Case
from nlp.checks.case import Held
from nlp.checks.library_sentences import find_placed, find_plain, find_quoting
from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import (
    Article,
    DocumentPassage,
    Figure,
    Flag,
    KeptDocument,
    KeptPassage,
    LibraryDocument,
    PublicationDate,
    ReadArticle,
    Scope,
    Story,
    StoryMember,
)

DAY = datetime(2026, 11, 15, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def library(knowledge: Knowledge) -> SimpleNamespace:
    """library.article(text, …), library.document(number, *passages, …), library.case(articles, documents)."""

    def article(text: str, number: int = 1, outlet: str = "", title: str = "Tin trong ngày") -> ReadArticle:
        name = outlet or f"bao-{number}"
        when = PublicationDate(DAY + timedelta(hours=number), "given", 1.0)
        made = Article(
            url=f"https://{name}.example/{number}",
            outlet=name,
            outlet_name=f"Báo {name}",
            scope=Scope.DOMESTIC,
            title=title,
            text=text,
            byline="P.V.",
            published=when,
        )
        return ReadArticle(number, 1, made, read(made, knowledge), DAY)

    return SimpleNamespace(article=article, document=_document, row=_row, case=_case, is_exact=_is_exact)


def _document(
    number: int,
    *said: str | DocumentPassage,
    title: str = "Báo cáo tình hình của tỉnh Gia Lai",
    publisher: str = "Sở A",
    published: date | None = date(2026, 11, 10),
    valid_until: date | None = None,
    superseded_by: int = 0,
    added_at: datetime = DAY,
) -> tuple[Held, ...]:
    kept = KeptDocument(
        number=number,
        added_at=added_at,
        document=LibraryDocument(
            title=title,
            name="x.txt",
            format="txt",
            sha256=f"{number:064x}",
            added_by="An",
            publisher=publisher,
            published=published,
            valid_until=valid_until,
        ),
        passages=len(said),
        superseded_by=superseded_by,
        superseded_at=added_at if superseded_by else None,
    )
    held, start = [], 0
    for ordinal, each in enumerate(said, 1):
        passage = DocumentPassage(each, page=ordinal) if isinstance(each, str) else each
        held.append(Held(KeptPassage(number, ordinal, start, passage), kept))
        start += len(passage.text) + 1
    return tuple(held)


def _row(text: str, *figures: tuple[str, str], cell: str = "A5:C5") -> DocumentPassage:
    return DocumentPassage(text, 0, "Biểu 1", cell, tuple(Figure(*each) for each in figures))


def _case(articles: Sequence[ReadArticle] | ReadArticle, *documents: Sequence[Held]) -> Case:
    """Every passage is held beside every sentence, so that the check has to choose by itself."""
    items = (articles,) if isinstance(articles, ReadArticle) else tuple(articles)
    held = tuple(one for document in documents for one in document)
    others = (find_plain, find_placed, find_quoting)
    keys = {claim.key for item in items for claim in item.reading.claims}
    keys |= {one.key for item in items for find in others for one in find(item)}
    story = Story("s1", tuple(StoryMember(item, 0, ()) for item in items))
    return Case(story, passages=dict.fromkeys(keys, held))


def _is_exact(flag: Flag, case: Case) -> bool:
    """Whether the sentence and each piece of evidence are the characters they say they are."""
    items = {member.item.number: member.item.article for member in case.story.members}
    texts: dict[str, dict[int, KeptPassage]] = {}
    for held in next(iter(case.passages.values())):
        texts.setdefault(held.document.id, {})[held.passage.start] = held.passage
    whole: Callable[[str], str] = lambda id_: "\n".join(  # noqa: E731  one expression, used below
        texts[id_][start].passage.text for start in sorted(texts[id_])
    )
    return items[flag.article].text[flag.claim.start : flag.claim.end] == flag.claim.text and all(
        whole(e.document)[e.start : e.end] == e.text for e in flag.evidence
    )

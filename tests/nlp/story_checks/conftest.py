"""Stories by hand, read as the program reads them, and an atlas of a few places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from nlp.checks import Case
from nlp.checks.atlas import Atlas, make_atlas
from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import (
    Article,
    Flag,
    Gazetteer,
    Place,
    PlaceLevel,
    PublicationDate,
    ReadArticle,
    Scope,
    Stance,
    Story,
    StoryMember,
)

DAY = datetime(2026, 11, 15, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def atlas(gazetteer: Gazetteer) -> Atlas:
    cities = [
        Place(f"n-{n}", (name,), PlaceLevel.NEIGHBOUR, ("tỉnh",))
        for n, name in enumerate(("Hà Nội", "Đà Nẵng", "Hòa Bình", "Đắk Lắk"))
    ]
    merged = Place("n-kon-tum", ("Kon Tum",), PlaceLevel.NEIGHBOUR, ("tỉnh",), successors=("n-quang-ngai",))
    return make_atlas(replace(gazetteer, places=(*gazetteer.places, *cities, merged)))


@pytest.fixture
def make(knowledge: Knowledge, atlas: Atlas) -> SimpleNamespace:
    """make.item(number, text, …), make.case(items…), and what every flag must hold."""

    def item(number: int, text: str, title: str = "", hours: float = 0, **given: object) -> ReadArticle:
        outlet = given.pop("outlet", f"bao-{number}")
        article = Article(
            url=f"https://{outlet}.example/{number}",
            outlet=str(outlet),
            outlet_name=f"Báo {outlet}",
            scope=Scope.DOMESTIC,
            title=title or f"Tin số {number} trong ngày của báo",
            text=text,
            byline="P.V.",
            published=PublicationDate(DAY + timedelta(hours=hours), "given", 1.0),
        )
        article = replace(article, **given)
        return ReadArticle(number, 1, article, read(article, knowledge), DAY)

    def case(*items: ReadArticle, copies: tuple[tuple[int, int], ...] = (), **beside: object) -> Case:
        of = dict(copies)
        members = tuple(StoryMember(each, of.get(each.number, 0), ()) for each in items)
        return Case(Story("s1", members), atlas=atlas, **beside)

    return SimpleNamespace(item=item, case=case, swapped=swapped, is_exact=is_exact)


def swapped(case: Case) -> Case:
    """The same story, its outlets' names, by-lines and scopes exchanged; addresses stay."""
    members = tuple(
        replace(
            m,
            item=replace(
                m.item,
                article=replace(
                    m.item.article,
                    outlet=f"other-{m.item.article.outlet}",
                    outlet_name="The Foreign Courier",
                    byline="Somebody Else",
                    scope=Scope.FOREIGN,
                ),
            ),
        )
        for m in case.story.members
    )
    return replace(case, story=replace(case.story, members=members))


def is_exact(flag: Flag, case: Case) -> bool:
    """Whether claim and evidence are characters of the fields they say they are of, and nobody is judged."""
    items = {m.item.number: m.item.article for m in case.story.members}
    of = items[flag.article].title if flag.claim.field == "title" else items[flag.article].text
    quoted = [e for e in flag.evidence if e.article in items]
    return (
        of[flag.claim.start : flag.claim.end] == flag.claim.text
        and all(items[e.article].text[e.start : e.end] == e.text for e in quoted)
        and {e.stance for e in flag.evidence} <= set(Stance)
        and bool(flag.because)
        and bool(flag.missing)
    )


@pytest.fixture
def many(make: SimpleNamespace) -> Callable[..., Case]:
    """A story of one article told ten thousand times, as a wire has it at worst."""

    def build(base: ReadArticle, count: int = 10_000) -> Case:
        items = (
            replace(
                base, number=n, article=replace(base.article, outlet=f"b{n}", url=f"https://b{n}.example/")
            )
            for n in range(1, count + 1)
        )
        return make.case(*items)  # type: ignore[no-any-return]

    return build

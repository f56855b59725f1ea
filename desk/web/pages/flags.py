"""The list of flagged claims: the exact sentence beside its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.cards import Marks
from desk.web.choices import make_choices
from desk.web.narrowing import EVERYTHING, make_query, narrowing_from
from desk.web.pages.stories import make_marks
from desk.web.paging import CLAIMS_A_PAGE, make_pages
from desk.web.story_view import SentenceView
from desk.web.texts import Piece, make_pieces, shorten
from desk.web.visit import Visit
from store.claims import FlaggedClaim, count_flags, list_flags
from store.types import Claim, Flag, Review


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One flag of the list."""

    story: str
    title: tuple[Piece, ...]
    claim: Claim
    flag: Flag
    sentence: SentenceView
    reviews: tuple[Review, ...]


def show_flags(visit: Visit) -> Response:
    """GET /flags: flagged claims, newest first, narrowed by the same query language."""
    narrowing = narrowing_from(
        {**visit.request.query_params, "relevance": "", "flagged": ""}, habit=EVERYTHING
    )
    query, fault = make_query(narrowing, visit.t)
    size = CLAIMS_A_PAGE
    with visit.desk.given.sessions() as session:
        found = [] if fault else list_flags(session, query, limit=size, offset=(narrowing.page - 1) * size)
        total = 0 if fault else count_flags(session, query)
    marks = make_marks(query)
    return answer_page(
        visit,
        "flags.html",
        status=400 if fault else 200,
        narrowing=narrowing,
        fault=fault,
        asked=narrowing.asked if narrowing.is_narrowed and not fault else "",
        choices=make_choices(visit.desk.given.configuration, visit.language),
        total=total,
        pages=make_pages(narrowing, "/flags", total=total, size=size),
        rows=[_row(claim, marks) for claim in found],
    )


def _row(found: FlaggedClaim, marks: Marks) -> FlagRow:
    flag, item = found.flag.value, found.item
    title = shorten(item.article.title)
    sentence = SentenceView(
        outlet=item.article.outlet_name,
        at=item.article.when,
        language=item.reading.language.code,
        pieces=make_pieces(flag.claim.text, marks(flag.claim.text)),
    )
    return FlagRow(
        found.story_id, make_pieces(title, marks(title)), flag.claim, flag, sentence, found.reviews
    )

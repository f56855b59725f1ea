"""The list of findings: sentences that disagree side by side, or one sentence beside its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.cards import Marks
from desk.web.choices import make_choices
from desk.web.finding_view import FindingView, SideView, view_finding
from desk.web.narrowing import EVERYTHING, make_query, narrowing_from
from desk.web.pages.stories import make_marks
from desk.web.paging import CLAIMS_A_PAGE, make_pages
from desk.web.sentence_view import view_sentence
from desk.web.texts import Piece, make_pieces, shorten
from desk.web.visit import Visit
from store.claims import Finding, FlaggedClaim, count_findings, list_findings


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of the list."""

    story: str
    title: tuple[Piece, ...]
    finding: FindingView


def show_flags(visit: Visit) -> Response:
    """GET /flags: findings, newest first, narrowed by the same query language."""
    narrowing = narrowing_from(
        {**visit.request.query_params, "relevance": "", "flagged": ""}, habit=EVERYTHING
    )
    query, fault = make_query(narrowing, visit.t)
    size = CLAIMS_A_PAGE
    with visit.desk.given.sessions() as session:
        skipped = (narrowing.page - 1) * size
        found = [] if fault else list_findings(session, query, limit=size, offset=skipped)
        total = 0 if fault else count_findings(session, query)
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
        rows=[_row(finding, marks) for finding in found],
    )


def _row(found: Finding, marks: Marks) -> FindingRow:
    first = found.sides[0]
    title = shorten(first.item.article.title)
    finding = view_finding([_side(side, marks) for side in found.sides])
    return FindingRow(first.story_id, make_pieces(title, marks(title)), finding)


def _side(side: FlaggedClaim, marks: Marks) -> SideView:
    claim = side.flag.value.claim
    pieces = make_pieces(claim.text, marks(claim.text))
    return SideView(side.flag.value, view_sentence(claim, side.item, pieces), side.reviews)

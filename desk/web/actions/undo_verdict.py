"""The button that takes a verdict back: a new review cites the old one and restores what stood before."""

from __future__ import annotations

from starlette.responses import Response

from desk.matters import end_with_verdict
from desk.web.actions.verdict import find_judged, judged_address, require_judge
from desk.web.answers import RefusedError, go_to
from desk.web.form import Form
from desk.web.pages.story import answer_story
from desk.web.times import show_iso, show_local
from desk.web.visit import Visit
from store.reviews import reviews_here, save_review
from store.types import NEEDS_EVIDENCE, Claim, ReadArticle, Review, Verdict

_GIVE_REASON = "Say why the verdict is taken back."
_TAKES_BACK = "Takes back the verdict of {name} of {time}: {reason}"


def undo_verdict(visit: Visit, form: Form) -> Response:
    """POST /verdict/undo: `story`, `claim`, `of` (the time of the verdict meant), `reason`.

    Raises:
        RefusedError: when a later verdict already stands above the one meant.
        NotFoundError: when the story or its sentence is not in the store.

    """
    require_judge(visit)
    story, claim, item = find_judged(visit, form)
    if not form.text("reason"):
        return answer_story(visit, story.id, chosen=claim.key, fault=visit.t(_GIVE_REASON))
    with visit.desk.given.sessions.begin() as session:
        reviews = reviews_here(session, [(story.id, claim.key)]).get((story.id, claim.key), ())
        if not reviews or show_iso(reviews[0].at) != form.text("of"):
            raise RefusedError(409, "Already changed", "Somebody has judged this sentence since. Look again.")
        undoing = _make_undoing(visit, claim, item, reviews, form.text("reason"))
        save_review(session, undoing)
        end_with_verdict(session, undoing, story.id)
    return go_to(judged_address(story.id, claim, done="undone"))


def _make_undoing(
    visit: Visit, claim: Claim, item: ReadArticle, reviews: tuple[Review, ...], reason: str
) -> Review:
    """The verdict before the newest stands again; with none before it, there is not enough evidence.

    Nor is there where that one was set without any, which older versions of the desk allowed.
    """
    undone = reviews[0]
    before = [r for r in reviews[1:2] if r.evidence or r.verdict not in NEEDS_EVIDENCE]
    words = visit.t(_TAKES_BACK).format(name=undone.reviewer, time=show_local(undone.at), reason=reason)
    return Review(
        claim=claim.key,
        claim_text=claim.text,
        article=item.number,
        verdict=before[0].verdict if before else Verdict.NOT_ENOUGH,
        reason=words,
        reviewer=visit.colleague.name,
        at=visit.now,
        evidence=before[0].evidence if before else (),
    )

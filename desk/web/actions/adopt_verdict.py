"""The button that takes over a verdict set on the same sentence elsewhere, as one's own, by name.

A verdict never travels by itself: until a colleague presses this it is a suggestion with its origin.
"""

from __future__ import annotations

from starlette.responses import Response

from desk.matters import follow_verdict
from desk.web.actions.verdict import find_judged, judged_address, require_judge
from desk.web.answers import RefusedError, go_to
from desk.web.form import Form
from desk.web.story_view import is_adoptable
from desk.web.times import show_iso, show_local
from desk.web.visit import Visit
from nlp.checks.case import EarlierAnswer
from nlp.gathering.answers import find_answers
from store.reviews import save_review
from store.types import Claim, ReadArticle, Review, Verdict

_TAKEN_OVER = "Takes over the verdict of {name} of {time} on the same sentence at {outlet}: {reason}"


def adopt_verdict(visit: Visit, form: Form) -> Response:
    """POST /verdict/adopt: `story`, `claim`, `origin` (article) and `of` (the time) of the verdict meant.

    Raises:
        RefusedError: when what is suggested has changed since the page was made, or is not the same claim.
        NotFoundError: when the story or its sentence is not in the store.

    """
    require_judge(visit)
    story, claim, item = find_judged(visit, form)
    with visit.desk.given.sessions.begin() as session:
        answers = find_answers(session, story).get(claim.key, ())
        meant = [a for a in answers if is_adoptable(a) and _names(form, a)]
        if not meant:
            raise RefusedError(409, "Already changed", "What was suggested has changed since. Look again.")
        review = _make_own(visit, claim, item, meant[0])
        save_review(session, review)
        matter = follow_verdict(session, review, story, visit.desk.given.configuration)
    return go_to(judged_address(story.id, claim, done="matter" if matter else "adopted"))


def _names(form: Form, answer: EarlierAnswer) -> bool:
    review = answer.reviews[0]
    return form.text("origin") == str(review.article) and form.text("of") == show_iso(review.at)


def _make_own(visit: Visit, claim: Claim, item: ReadArticle, answer: EarlierAnswer) -> Review:
    words = visit.t(_TAKEN_OVER).format(
        name=answer.reviewer, time=show_local(answer.at), outlet=answer.publisher, reason=answer.reason
    )
    return Review(
        claim=claim.key,
        claim_text=claim.text,
        article=item.number,
        verdict=Verdict(answer.verdict),
        reason=words,
        reviewer=visit.colleague.name,
        at=visit.now,
        evidence=answer.reviews[0].evidence,
    )

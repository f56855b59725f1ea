"""The button that sets a verdict on a claim. Only a signed-in colleague presses it; the store logs it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from desk.matters import follow_verdict
from desk.web.accounts import may_judge
from desk.web.answers import NotFoundError, RefusedError, go_to
from desk.web.cited import find_unknown, has_evidence
from desk.web.form import Form
from desk.web.pages.story import answer_story
from desk.web.story_view import Kept, find_claims
from desk.web.visit import Visit
from store.reviews import save_review
from store.stories import find_story
from store.types import NEEDS_EVIDENCE, Claim, ReadArticle, Review, Story, Verdict

MOST_EVIDENCE = 20
_CHOOSE = "Choose one of the six verdicts."
_GIVE_REASON = "A verdict needs a reason, in your own words."
_GIVE_EVIDENCE = (
    "This verdict needs evidence that can be looked up: a document of the library (kho:12, kho:12#3) or an"
    " address other than the judged article's own. A paper that has neither: add it to the library first."
    " Where there is no evidence, the verdict is: not enough evidence."
)
_EVIDENCE = (
    "Give at most {count} pieces of evidence, one a line:"
    " an address or a document number of up to 500 characters."
)
_UNKNOWN = "There is no {ids} in the evidence library. Look at the number, or add the document first."


def set_verdict(visit: Visit, form: Form) -> Response:
    """POST /verdict: `story`, `claim`, `verdict`, `reason`, `evidence` (one a line).

    The reviewer is who is signed in, whatever the form says.

    Raises:
        NotFoundError: when the story or its sentence is not in the store.
        RefusedError: when the colleague only looks.

    """
    require_judge(visit)
    story, claim, item = find_judged(visit, form)
    fault = _find_fault(visit, form, item.article.url)
    if fault:
        kept = Kept(claim.key, form.text("verdict"), form.text("reason"), form.text("evidence"))
        return answer_story(visit, story.id, chosen=claim.key, kept=kept, fault=fault)
    review = Review(
        claim=claim.key,
        claim_text=claim.text,
        article=item.number,
        verdict=Verdict(form.text("verdict")),
        reason=form.text("reason"),
        reviewer=visit.colleague.name,
        at=visit.now,
        evidence=_evidence(form),
    )
    with visit.desk.given.sessions.begin() as session:
        save_review(session, review)
        matter = follow_verdict(session, review, story, visit.desk.given.configuration)
    return go_to(judged_address(story.id, claim, done="matter" if matter else "verdict"))


def require_judge(visit: Visit) -> None:
    """Raises:
    RefusedError: when the colleague only looks.

    """
    if not may_judge(visit.colleague):
        raise RefusedError(403, "Not allowed", "Your account can look, but not judge.")


def find_judged(visit: Visit, form: Form) -> tuple[Story, Claim, ReadArticle]:
    """The story, the sentence and its article that a form speaks of; the words come from the store.

    Raises:
        NotFoundError: when the store has no such story, or the story no such sentence.

    """
    with visit.desk.given.sessions() as session:
        story = find_story(session, form.text("story"))
    claims = find_claims(story) if story else {}
    if story is None or form.text("claim") not in claims:
        raise NotFoundError
    return story, *claims[form.text("claim")]


def judged_address(story: str, claim: Claim, *, done: str) -> str:
    """Where to look after a verdict: at the sentence, also when no check has flagged it."""
    return f"/stories/{quote(story, safe='')}?claim={claim.key}&done={done}#claim-{claim.key}"


def _find_fault(visit: Visit, form: Form, claimed_at: str) -> str:
    """What is wrong with the form, in words; "" when nothing is."""
    if form.text("verdict") not in set(Verdict):
        return visit.t(_CHOOSE)
    if not form.text("reason"):
        return visit.t(_GIVE_REASON)
    evidence = _evidence(form)
    if Verdict(form.text("verdict")) in NEEDS_EVIDENCE and not has_evidence(evidence, claimed_at):
        return visit.t(_GIVE_EVIDENCE)
    if len(evidence) > MOST_EVIDENCE or any(len(line) > 500 for line in evidence):
        return visit.t(_EVIDENCE).format(count=MOST_EVIDENCE)
    with visit.desk.given.sessions() as session:
        unknown = find_unknown(session, evidence)
    return visit.t(_UNKNOWN).format(ids=", ".join(unknown)) if unknown else ""


def _evidence(form: Form) -> tuple[str, ...]:
    return tuple(line.strip() for line in form.text("evidence").split("\n") if line.strip())

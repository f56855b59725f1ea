"""The button that corrects what was read in an article: whether it concerns the province, and its topics."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from desk.web.actions.verdict import require_judge
from desk.web.answers import NotFoundError, RefusedError, go_to
from desk.web.form import Form
from desk.web.visit import Visit
from store.correcting import save_corrections
from store.readings import find_read
from store.types import Correction, CorrectionKind, RelevanceLabel

_MOST_REASON = 500  # characters


def correct_reading(visit: Visit, form: Form) -> Response:
    """POST /correction: `article`, `relevance`, `topic` (several), what stood there before as
    `was_relevance` and `was_topic` (several), `reason`, `story`.

    Only what was changed on the form is a correction: another's work meanwhile stays. The reviewer is who is
    signed in, whatever the form says.

    Raises:
        NotFoundError: when nobody has read such an article.
        RefusedError: when the colleague only looks, or the form holds what it cannot hold.

    """
    require_judge(visit)
    number = form.text("article")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        raise NotFoundError
    with visit.desk.given.sessions.begin() as session:
        read = find_read(session, int(number))
        if read is None:
            raise NotFoundError
        corrections = find_corrections(visit, form, article=read.number, version=read.version)
        save_corrections(session, corrections)
    done = "corrected" if corrections else "as-it-was"
    story = quote(form.text("story"), safe="")
    return go_to(f"/articles/{read.number}?story={story}&done={done}#correct")


def find_corrections(visit: Visit, form: Form, *, article: int, version: int) -> list[Correction]:
    """What the form says otherwise than what stood on it.

    Raises:
        RefusedError: for a label or topic that there is not, or too long a reason.

    """
    label, topics, had = form.text("relevance"), set(form.many("topic")), set(form.many("was_topic"))
    known = {topic.id for topic in visit.desk.given.configuration.topics}
    if label not in set(RelevanceLabel) or not topics <= known or len(form.text("reason")) > _MOST_REASON:
        raise RefusedError(400, "Not a form", "The desk only takes its own forms.")

    def make(kind: CorrectionKind, value: str, before: str, *, holds: bool) -> Correction:
        return Correction(
            article=article,
            version=version,
            kind=kind,
            value=value,
            holds=holds,
            before=before,
            reason=form.text("reason"),
            reviewer=visit.colleague.name,
            at=visit.now,
        )

    was = form.text("was_relevance")[:20]
    changed = [make(CorrectionKind.RELEVANCE, label, was, holds=True)] if label != was else []
    said = ", ".join(sorted(had & known))
    return changed + [
        make(CorrectionKind.TOPIC, topic, said, holds=topic in topics)
        for topic in sorted((topics ^ had) & known)
    ]

"""The button that makes a briefing pack of one story or of several."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import NotFoundError, RefusedError
from desk.web.form import Form
from desk.web.times import LOCAL_ZONE
from desk.web.visit import Visit
from store import audit
from store.stories import find_story

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_STORIES = 40


def download_pack(visit: Visit, form: Form) -> Response:
    """POST /pack: `story` once or more -> DOCX; who made which pack is logged.

    Raises:
        RefusedError: when no story is ticked, or too many.
        NotFoundError: when the store has no such story.

    """
    ids = tuple(dict.fromkeys(form.many("story")))
    if not 0 < len(ids) <= MOST_STORIES:
        raise RefusedError(
            400, "No pack made", "Tick at least one story, and no more than a page of the list holds."
        )
    with visit.desk.given.sessions() as session:
        if any(find_story(session, story_id) is None for story_id in ids):
            raise NotFoundError
    body = visit.desk.given.make_pack(ids)
    with visit.desk.given.sessions.begin() as session:
        audit.append(
            session, actor=visit.colleague.name, act="pack", subject=" ".join(ids), detail="", now=visit.now
        )
    name = visit.now.astimezone(LOCAL_ZONE).strftime("diem-bao-%Y%m%d-%H%M.docx")
    return Response(body, media_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})

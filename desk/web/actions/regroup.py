"""The buttons that join two stories, take an article out of one, and take such a decision back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.responses import Response

from desk.web.actions.verdict import require_judge
from desk.web.answers import NotFoundError, RefusedError, go_to
from desk.web.form import Form
from desk.web.pages.story import answer_story
from desk.web.visit import Visit
from store.errors import UnknownRowError
from store.stories import find_story
from store.story_decisions import join_stories, take_out, undo_decision

MOST_REASON = 500
_GIVE_REASON = "Say why, in up to 500 characters."
_NAME_OTHER = "Give the address of the other story's page; it must be another story of this desk."
_NOTHING = "Somebody has changed these stories since. Look again."
_ID = re.compile(r"(?:^|/stories/)([\w-]{1,64})/?(?:[?#].*)?$")


def join_story(visit: Visit, form: Form) -> Response:
    """POST /stories/join: `story`, `into` (the other's address or id), `reason`.

    Raises:
        RefusedError: when the colleague only looks.
        NotFoundError: when the store has no such story.

    """
    story = _find_story(visit, form)
    named = _ID.search(form.text("into"))
    into = named[1] if named else ""
    with visit.desk.given.sessions() as session:
        is_other = into != story and find_story(session, into) is not None
    fault = _GIVE_REASON if not _is_reason(form) else "" if is_other else _NAME_OTHER
    if fault:
        return answer_story(visit, story, fault=visit.t(fault))
    _decide(visit, form, lambda session, by: join_stories(session, story, into, now=visit.now, **by))
    return _go(into, "joined")


def take_article_out(visit: Visit, form: Form) -> Response:
    """POST /stories/apart: `story`, `article` (its number), `reason`.

    Raises:
        RefusedError: when the colleague only looks, or the article is not in this story any more.
        NotFoundError: when the store has no such story.

    """
    story = _find_story(visit, form)
    if not _is_reason(form):
        return answer_story(visit, story, fault=visit.t(_GIVE_REASON))
    with visit.desk.given.sessions() as session:
        found = find_story(session, story)
    numbers = {str(member.item.number): member.item.number for member in found.members} if found else {}
    if form.text("article") not in numbers:
        raise RefusedError(409, "Already changed", _NOTHING)
    article = numbers[form.text("article")]
    _decide(visit, form, lambda session, by: take_out(session, article, now=visit.now, **by))
    return _go(story, "apart")


def undo_regrouping(visit: Visit, form: Form) -> Response:
    """POST /stories/undo: `story` (the page it was asked on), `decision` (its number), `reason`.

    Raises:
        RefusedError: when the colleague only looks, or the decision is taken back already.
        NotFoundError: when the store has no such story.

    """
    story = _find_story(visit, form)
    if not _is_reason(form):
        return answer_story(visit, story, fault=visit.t(_GIVE_REASON))
    number = int(form.text("decision")) if re.fullmatch(r"[0-9]{1,15}", form.text("decision")) else 0
    _decide(visit, form, lambda session, by: undo_decision(session, number, now=visit.now, **by))
    with visit.desk.given.sessions() as session:
        is_left = find_story(session, story) is not None
    return _go(story, "restored") if is_left else go_to("/")


def _decide(visit: Visit, form: Form, act: Callable[[Session, dict[str, str]], int]) -> None:
    """In one transaction with its entry in the log; the person is who is signed in, not who the form says."""
    by = {"by": visit.colleague.name, "reason": form.text("reason")}
    try:
        with visit.desk.given.sessions.begin() as session:
            act(session, by)
    except UnknownRowError as fault:
        raise RefusedError(409, "Already changed", _NOTHING) from fault


def _find_story(visit: Visit, form: Form) -> str:
    require_judge(visit)
    with visit.desk.given.sessions() as session:
        story = find_story(session, form.text("story"))
    if story is None:
        raise NotFoundError
    return story.id


def _is_reason(form: Form) -> bool:
    return 0 < len(form.text("reason")) <= MOST_REASON


def _go(story: str, done: str) -> Response:
    return go_to(f"/stories/{quote(story)}?done={done}#regroup")

"""The buttons that open and end a feed of a saved search."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.accounts import may_invite
from desk.web.answers import NotFoundError, RefusedError, go_to
from desk.web.form import Form
from desk.web.pages.feeds import answer_feeds
from desk.web.visit import Visit
from store.press_feeds import open_feed, revoke_feed
from store.search import QueryError


def make_feed(visit: Visit, form: Form) -> Response:
    """POST /feeds: `title` and `query`; the addresses are shown once, and kept only as a hash.

    Raises:
        RefusedError: when it has no title.

    """
    title = " ".join(form.text("title").split())
    if not title:
        raise RefusedError(400, "No title", "Give the feed a title, so that you know it again.")
    try:
        with visit.desk.given.sessions.begin() as session:
            token = open_feed(
                session, title=title, query=form.text("query"), owner=visit.colleague.name, now=visit.now
            )
    except QueryError as error:
        return answer_feeds(visit, fault=visit.t(error.template).format(**error.values), status=400)
    return answer_feeds(visit, token=token)


def end_feed(visit: Visit, form: Form) -> Response:
    """POST /feeds/end: `number`; one's own, or anybody's for who keeps the accounts.

    Raises:
        NotFoundError: when there is no such feed of theirs, or it was ended before.

    """
    number, me = form.text("number"), visit.colleague
    owner = None if may_invite(me) else me.name
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFoundError
    with visit.desk.given.sessions.begin() as session:
        is_ended = revoke_feed(session, int(number), actor=me.name, owner=owner, now=visit.now)
    if not is_ended:
        raise NotFoundError
    return go_to("/feeds")

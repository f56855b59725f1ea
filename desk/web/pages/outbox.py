"""What was written to whom, and whether it arrived."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from alerts.notices import say_reason
from desk.web.answers import answer_page
from desk.web.visit import Visit
from store.channels import list_channel_states
from store.notices import failed_between, list_notices

MOST_ROWS = 100
LOOK_BACK = timedelta(days=14)  # for what was given up


def show_outbox(visit: Visit) -> Response:
    """GET /outbox: channels in trouble, what was given up, the latest notices with their states."""
    with visit.desk.given.sessions() as session:
        rows = list_notices(session, limit=MOST_ROWS)
        given_up = failed_between(session, visit.now - LOOK_BACK, visit.now + timedelta(seconds=1))
        troubles = [state for state in list_channel_states(session) if state.failures]
    return answer_page(
        visit, "outbox.html", rows=rows, given_up=given_up, troubles=troubles, say_reason=say_reason
    )

"""The button that turns the keyboard shortcuts off and on (WCAG 2.2, 2.1.4)."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import go_to
from desk.web.cookies import YEAR_SECONDS
from desk.web.form import Form
from desk.web.origins import local_path
from desk.web.visit import Visit


def switch_keys(visit: Visit, form: Form) -> Response:
    """POST /keys: `keys` on or off, `next` the page to come back to."""
    response = go_to(local_path(form.text("next")))
    value = "off" if form.text("keys") == "off" else "on"
    visit.desk.cookies.write(response, visit.desk.cookies.keys, value, seconds=YEAR_SECONDS)
    return response

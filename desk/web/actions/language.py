"""The button that switches between Vietnamese and English."""

from __future__ import annotations

from starlette.responses import Response

from desk.web.answers import go_to
from desk.web.cookies import YEAR_SECONDS
from desk.web.form import Form
from desk.web.origins import local_path
from desk.web.visit import LANGUAGES, Visit


def choose_language(visit: Visit, form: Form) -> Response:
    """POST /language: `language` vi or en, `next` the page to come back to."""
    response = go_to(local_path(form.text("next")))
    if form.text("language") in LANGUAGES:
        cookies = visit.desk.cookies
        cookies.write(response, cookies.language, form.text("language"), seconds=YEAR_SECONDS)
    return response

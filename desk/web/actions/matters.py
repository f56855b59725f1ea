"""The buttons of a matter: give it to a unit, start a limit of law, close it with what was done, reopen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from starlette.responses import Response

from desk.limits import find_due, limits_in_force
from desk.web.actions.verdict import require_judge
from desk.web.answers import NotFoundError, go_to
from desk.web.form import Form
from desk.web.pages.matters import answer_matters
from desk.web.visit import Visit
from store.errors import MatterError
from store.matters import add_act
from store.types import MatterAct, MatterStep

_LONGEST = 2_000  # characters
_CHOOSE_UNIT = "Choose the unit from the list."
_CHOOSE_LIMIT = "Choose the limit from the list."
_SAY = "Say in your own words what was done, or why."


def assign_matter(visit: Visit, form: Form) -> Response:
    """POST /matters/assign: `matter`, `unit` (an id of units.yaml)."""
    require_judge(visit)
    unit = form.text("unit")
    if unit not in {each.id for each in visit.desk.given.configuration.units}:
        return answer_matters(visit, fault=visit.t(_CHOOSE_UNIT))
    return _add(visit, form, _make_act(visit, MatterStep.ASSIGNED, unit=unit), "assigned")


def start_limit(visit: Visit, form: Form) -> Response:
    """POST /matters/limit: `matter`, `limit` (an id of rules.yaml). It runs from now."""
    require_judge(visit)
    configuration = visit.desk.given.configuration
    zone = ZoneInfo(configuration.rules.timezone)
    today = visit.now.astimezone(zone).date()
    limits = {limit.id: limit for limit in limits_in_force(configuration.rules, today)}
    limit = limits.get(form.text("limit"))
    if limit is None:
        return answer_matters(visit, fault=visit.t(_CHOOSE_LIMIT))
    due = find_due(limit, visit.now, calendar=configuration.calendar, zone=zone)
    act = MatterAct(
        MatterStep.LIMITED,
        visit.colleague.name,
        visit.now,
        words=limit.legal_basis,
        limit=limit.id,
        due_at=due,
    )
    return _add(visit, form, act, "limited")


def close_matter(visit: Visit, form: Form) -> Response:
    """POST /matters/close: `matter`, `words`: what was done."""
    require_judge(visit)
    if not form.text("words"):
        return answer_matters(visit, fault=visit.t(_SAY))
    return _add(visit, form, _make_act(visit, MatterStep.CLOSED, words=form.text("words")), "closed")


def reopen_matter(visit: Visit, form: Form) -> Response:
    """POST /matters/reopen: `matter`, `words`: why."""
    require_judge(visit)
    if not form.text("words"):
        return answer_matters(visit, fault=visit.t(_SAY))
    return _add(visit, form, _make_act(visit, MatterStep.REOPENED, words=form.text("words")), "reopened")


def _make_act(visit: Visit, step: MatterStep, *, words: str = "", unit: str = "") -> MatterAct:
    return MatterAct(step, visit.colleague.name, visit.now, words=words[:_LONGEST], unit=unit)


def _add(visit: Visit, form: Form, act: MatterAct, done: str) -> Response:
    number = form.text("matter")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFoundError
    try:
        with visit.desk.given.sessions.begin() as session:
            add_act(session, int(number), act)
    except MatterError as fault:
        return answer_matters(visit, fault=visit.t(fault.template).format(**fault.values))
    return go_to(f"/matters?done={done}#matter-{number}")

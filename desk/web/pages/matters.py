"""Việc cần sửa: claims that were right, the unit that corrects, the limit that runs, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.responses import Response

from alerts.sections.units import valid_units
from desk.limits import limits_in_force
from desk.web.accounts import may_judge
from desk.web.answers import answer_page
from desk.web.visit import Visit
from store.matters import count_open, list_matters
from store.types import Deadline, Matter

MOST = 200
_DONE = {
    "assigned": "The unit is noted.",
    "limited": "The limit runs from now.",
    "closed": "The matter is closed; what was done stands with it.",
    "reopened": "The matter is open again.",
}
_HOURS = "{count} hours"
_DAYS = "{count} days"
_WORKING_DAYS = "{count} working days"
AMOUNTS = {"hours": _HOURS, "days": _DAYS, "working_days": _WORKING_DAYS}


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter as its row shows it; `limit` None where none runs."""

    matter: Matter
    unit: str
    limit: Deadline | None
    is_late: bool


def show_matters(visit: Visit) -> Response:
    """GET /matters: the open ones, what is due first on top; then the closed ones."""
    return answer_matters(visit)


def answer_matters(visit: Visit, *, fault: str = "") -> Response:
    """The page; `fault` says why something was not done."""
    configuration = visit.desk.given.configuration
    today = visit.now.astimezone(ZoneInfo(configuration.rules.timezone)).date()
    with visit.desk.given.sessions() as session:
        waiting, closed = (list_matters(session, is_open=is_open, limit=MOST) for is_open in (True, False))
        total = count_open(session)
    units = {unit.id: unit.name for unit in configuration.units}
    limits = {limit.id: limit for limit in configuration.rules.deadlines}
    return answer_page(
        visit,
        "matters.html",
        status=400 if fault else 200,
        waiting=[_view(visit, matter, units, limits) for matter in waiting],
        closed=[_view(visit, matter, units, limits) for matter in closed],
        total=total,
        units=valid_units(configuration.units, today),
        unit_names=units,
        limits=limits_in_force(configuration.rules, today),
        amounts=AMOUNTS,
        fault=fault,
        done=visit.t(_DONE[code]) if (code := visit.request.query_params.get("done", "")) in _DONE else "",
        can_judge=may_judge(visit.colleague),
    )


def _view(
    visit: Visit, matter: Matter, units: Mapping[str, str], limits: Mapping[str, Deadline]
) -> MatterView:
    running = matter.running
    return MatterView(
        matter=matter,
        unit=units.get(matter.unit, matter.unit),
        limit=limits.get(running.limit) if running else None,
        is_late=matter.is_open and matter.due_at is not None and matter.due_at < visit.now,
    )

"""`diembao alerts …`: the rules that speak at once, and what one would have told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from alerts.rules.finding import Window
from alerts.rules.looking import Look
from alerts.rules.rehearsing import Rehearsed, rehearse
from alerts.rules.run import find_happenings, find_peaks_of, find_rises_of
from config.settings import load_settings
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.house import House, open_house
from desk.screen import make_console
from desk.words import t
from store.alerting import looked_until
from store.types import AlertRule

app = typer.Typer(
    name="alerts",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=HELP["alerts"],
)


@app.command(name="list", help=t("The alert rules of alerts.yaml."))
def list_rules(*, as_json: JsonOption = False) -> None:
    """Example: `diembao alerts list --json`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        zone = ZoneInfo(house.configuration.rules.timezone)
        rows = [(rule, looked_until(session, rule.id)) for rule in house.configuration.alerts]
    if as_json:
        print(json.dumps([_rule_record(rule, at) for rule, at in rows], ensure_ascii=False, indent=1))
        return
    table = Table(title=t("Alerts"))
    for heading in (t("Rule"), t("Conditions"), t("Search"), t("For whom"), t("Looked until")):
        table.add_column(heading)
    for rule, at in rows:
        table.add_row(*(escape(cell) for cell in _cells(rule, at, zone)))
    make_console().print(table)


def _rule_record(rule: AlertRule, at: datetime | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "when": [condition.value for condition in rule.when],
        "search": rule.search,
        "to": list(rule.recipients),
        "channels": list(rule.channels),
        "at_most": rule.at_most,
        "paused": rule.paused,
        "looked_until": at.isoformat() if at else None,
    }


def _cells(rule: AlertRule, at: datetime | None, zone: ZoneInfo) -> tuple[str, ...]:
    state = t("paused: {reason}").format(reason=rule.paused) if rule.paused else rule.name
    looked = at.astimezone(zone).strftime("%H:%M %d/%m/%Y") if at else t("never")
    conditions = ", ".join(condition.value for condition in rule.when)
    return f"{rule.id}\n{state}", conditions, rule.search, ", ".join(rule.recipients), looked


@app.command(name="try", help=t("What a rule would have told in the last days; nothing is sent or kept."))
def try_rule(
    rule: Annotated[str, typer.Argument(help=t("id of a rule in alerts.yaml"))],
    *,
    days: Annotated[int, typer.Option(min=1, max=366, help=t("days back"))] = 30,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao alerts try flagged --days 7`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        zone = ZoneInfo(house.configuration.rules.timezone)
        told = rehearse_rule(house, _find_rule(house, rule), days=days, zone=zone)
    if as_json:
        print(json.dumps([_told_record(one) for one in told], ensure_ascii=False, indent=1))
    else:
        _show(told, days, zone)


def _find_rule(house: House, wanted: str) -> AlertRule:
    rules = {rule.id: rule for rule in house.configuration.alerts}
    if wanted not in rules:
        names = t("The rules are: {names}").format(names=", ".join(rules))
        stop(Exit.USAGE, t("There is no rule {id}.").format(id=wanted), names)
    return rules[wanted]


def rehearse_rule(house: House, rule: AlertRule, *, days: int, zone: ZoneInfo) -> tuple[Rehearsed, ...]:
    """What a rule would have told in the last `days`; nothing is written."""
    now = house.clock()
    with house.sessions() as session:
        window = Window(now - timedelta(days=days), now)
        found = [*find_happenings(Look(session, window), rule), *find_rises_of(session, rule, window)]
        for back in range(days):  # at the end of each span of a day: no peak of it can be missed then
            found += find_peaks_of(session, house.configuration, rule, now - timedelta(days=back))
    return rehearse(rule, found, until=now, zone=zone)


def _told_record(told: Rehearsed) -> dict[str, Any]:
    return {
        "at": told.at.isoformat(),
        "happenings": [
            {"condition": one.condition.value, "subject": one.subject, "title": one.title, "why": _say(one)}
            for one in told.happenings
        ],
    }


def _say(happening: Any) -> str:
    return t(happening.why).format(**dict(happening.values))


def _show(told: tuple[Rehearsed, ...], days: int, zone: ZoneInfo) -> None:
    table = Table(show_lines=True)
    for heading in (t("When"), t("Title"), t("Why")):
        table.add_column(heading)
    for one in told:
        titles = list(dict.fromkeys(happening.title for happening in one.happenings))
        at = one.at.astimezone(zone).strftime("%H:%M %d/%m")
        why = "\n".join(_say(happening) for happening in one.happenings)
        table.add_row(at, escape("\n".join(titles)), escape(why))
    console = make_console()
    if told:
        console.print(table)
    words = t(
        "In {days} days it would have told of {happenings} things, in {notices} notices to each recipient."
    )
    count = sum(len(one.happenings) for one in told)
    console.print(escape(words.format(days=days, happenings=count, notices=len(told))))

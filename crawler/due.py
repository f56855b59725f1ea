"""What is due, asked of the store: the plan of a run, and whether a run is worth starting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from crawler.courtesy import manners, robots
from crawler.courtesy.manners import Budget, Kind
from crawler.looks import cadence
from crawler.looks.again import load_watch
from crawler.plan import FeedTask, PageTask, Plan, make_plan
from crawler.settings import CrawlSettings, budgets, pauses
from store.captures import recent_captures
from store.hosts import list_hosts
from store.sources import list_states
from store.types import HostState, Source


def load_plan(session: Session, sources: Iterable[Source], *, now: datetime) -> Plan:
    """What is due now (aware), from what is remembered of feeds and pages."""
    states = {state.url: state for state in list_states(session)}
    captures = recent_captures(session, since=now - cadence.RECENT)
    watch = load_watch(session, captures, now=now)
    return make_plan(sources, states, captures, watch, now=now)


def is_anything_due(
    session: Session,
    sources: Iterable[Source],
    settings: CrawlSettings,
    *,
    now: datetime,
    feeds_only: bool = False,
) -> bool:
    """Whether a run would ask anybody anything: something is due at a host that may be asked.

    `feeds_only`: pages that are to be looked at again do not count; without them it takes no time.
    """
    sources = tuple(sources)
    hosts = {state.host: state for state in list_hosts(session)}
    limits = budgets(sources, settings)
    waits = pauses(sources)

    def may_be_asked(task: FeedTask | PageTask) -> bool:
        name = urlsplit(task.url).hostname or ""
        budget = limits.get(name, Budget(settings.daily_requests))
        pause = waits.get(name, settings.default_pause)
        kind = Kind.FEED if isinstance(task, FeedTask) else Kind.PAGE
        if manners.hold_back(_found(hosts, name), kind, budget, pause, now) is not None:
            return False
        delay = robots.make_policy(_found(hosts, robots.place_of(task.url))).delay
        return manners.hold_back(_found(hosts, name), kind, budget, max(pause, delay), now) is None

    plan = _feeds_of(session, sources, now=now) if feeds_only else load_plan(session, sources, now=now)
    return any(map(may_be_asked, plan.feeds)) or any(map(may_be_asked, plan.pages))


def _feeds_of(session: Session, sources: Iterable[Source], *, now: datetime) -> Plan:
    return make_plan(sources, {state.url: state for state in list_states(session)}, (), now=now)


def _found(hosts: Mapping[str, HostState], name: str) -> HostState:
    return hosts.get(name) or HostState(name)

"""For machines that watch: the store's numbers in Prometheus' text format."""

from __future__ import annotations

import ipaddress

from starlette.responses import PlainTextResponse, Response

from desk.metrics import MEDIA_TYPE, make_metrics
from desk.web.visit import Visit
from store.health import find_standing
from store.jobs import last_runs, last_successes
from store.sources import list_states
from store.tallies import count_everything


def show_metrics(visit: Visit) -> Response:
    """GET /metrics without sign-in, and only from this machine: who watches from afar asks by a proxy."""
    client = visit.request.client
    if client is None or not _is_here(client.host):
        return PlainTextResponse("only from this machine\n", status_code=403)
    with visit.desk.given.sessions() as session:
        page = make_metrics(
            count_everything(session),
            last_runs(session),
            list_states(session),
            find_standing(session),
            now=visit.now,
            successes=last_successes(session),
        )
    return Response(page, media_type=MEDIA_TYPE)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

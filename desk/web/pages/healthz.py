"""For machines that watch: whether the desk and its database answer. Says nothing else."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from desk.web.visit import Visit


def show_healthz(visit: Visit) -> Response:
    """GET /healthz without sign-in: 200 {"desk": "ok", "database": "ok"}, or 503."""
    try:
        with visit.desk.given.sessions() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return JSONResponse({"desk": "ok", "database": "unreachable"}, status_code=503)
    return JSONResponse({"desk": "ok", "database": "ok"})

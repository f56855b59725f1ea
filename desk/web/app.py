"""The desk as an ASGI app: every address, and what stands in front of all of them."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from desk.web.actions.adopt_verdict import adopt_verdict
from desk.web.actions.correction import correct_reading
from desk.web.actions.evidence import add_evidence, restore_evidence, supersede_evidence
from desk.web.actions.feeds import end_feed, make_feed
from desk.web.actions.invite import invite
from desk.web.actions.keys import switch_keys
from desk.web.actions.language import choose_language
from desk.web.actions.matters import assign_matter, close_matter, reopen_matter, start_limit
from desk.web.actions.pack import download_pack
from desk.web.actions.regroup import join_story, take_article_out, undo_regrouping
from desk.web.actions.sign_in import sign_in
from desk.web.actions.sign_out import sign_out
from desk.web.actions.undo_verdict import undo_verdict
from desk.web.actions.verdict import set_verdict
from desk.web.actions.welcome import accept_invitation
from desk.web.answers import NotFoundError, RefusedError, answer_refusal
from desk.web.api import make_api
from desk.web.dependencies import DeskDependencies
from desk.web.desk import Desk, make_desk
from desk.web.headers import SecurityHeaders, add_security
from desk.web.pages.about_collector import show_about_collector
from desk.web.pages.audit import show_audit
from desk.web.pages.capture import show_capture
from desk.web.pages.digests import show_digests, show_edition, show_letter
from desk.web.pages.evidence import show_document, show_library
from desk.web.pages.feeds import show_atom, show_feeds, show_json
from desk.web.pages.flags import show_flags
from desk.web.pages.health import show_health
from desk.web.pages.healthz import show_healthz
from desk.web.pages.matters import show_matters
from desk.web.pages.method import show_method
from desk.web.pages.metrics import show_metrics
from desk.web.pages.outbox import show_outbox
from desk.web.pages.people import show_people
from desk.web.pages.sign_in import show_sign_in
from desk.web.pages.stories import show_stories
from desk.web.pages.story import show_story
from desk.web.pages.welcome import show_welcome
from desk.web.routes import action_route, page_route
from desk.web.secret_paths import loggable
from desk.web.uploads import upload_route
from desk.web.visit import make_visit

_log = logging.getLogger(__name__)


def make_app(deps: DeskDependencies) -> FastAPI:
    """Dependencies -> the app. Nothing is opened or started; several apps may live in one process.

    Raises:
        ValueError: when the base address or the secret cannot be used.

    """
    desk = make_desk(deps)
    app = FastAPI(
        title="Điểm Báo",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[
            Middleware(SecurityHeaders, secure=desk.home.secure),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(desk.home.hosts), www_redirect=False),
        ],
    )
    app.router.routes.extend(_pages(desk) + _actions(desk))
    app.include_router(make_api(desk))
    _handle_problems(app, desk)
    return app


def _pages(desk: Desk) -> list[BaseRoute]:
    return [
        page_route(desk, "/", show_stories),
        page_route(desk, "/flags", show_flags),
        page_route(desk, "/stories/{story}", show_story),
        page_route(desk, "/articles/{number:int}", show_capture),
        page_route(desk, "/matters", show_matters),
        page_route(desk, "/evidence", show_library),
        page_route(desk, "/evidence/{number:int}", show_document),
        page_route(desk, "/health", show_health),
        page_route(desk, "/outbox", show_outbox),
        page_route(desk, "/digests", show_digests),
        page_route(desk, "/digests/letter/{number:int}", show_letter),
        page_route(desk, "/digests/{kind}/{edition}/{day}", show_edition),
        page_route(desk, "/feeds", show_feeds),
        page_route(desk, "/feeds/{token}.atom", show_atom, is_public=True),
        page_route(desk, "/feeds/{token}.json", show_json, is_public=True),
        page_route(desk, "/audit", show_audit),
        page_route(desk, "/method", show_method),
        page_route(desk, "/people", show_people),
        page_route(desk, "/sign-in", show_sign_in, is_public=True),
        page_route(desk, "/welcome/{token}", show_welcome, is_public=True),
        page_route(desk, "/about-collector", show_about_collector, is_public=True),
        page_route(desk, "/healthz", show_healthz, is_public=True),
        page_route(desk, "/metrics", show_metrics, is_public=True),
        Mount("/static", StaticFiles(packages=[("desk.web", "static")])),
    ]


def _actions(desk: Desk) -> list[BaseRoute]:
    return [
        action_route(desk, "/verdict", set_verdict),
        action_route(desk, "/verdict/undo", undo_verdict),
        action_route(desk, "/verdict/adopt", adopt_verdict),
        action_route(desk, "/matters/assign", assign_matter),
        action_route(desk, "/matters/limit", start_limit),
        action_route(desk, "/matters/close", close_matter),
        action_route(desk, "/matters/reopen", reopen_matter),
        action_route(desk, "/correction", correct_reading),
        action_route(desk, "/stories/join", join_story),
        action_route(desk, "/stories/apart", take_article_out),
        action_route(desk, "/stories/undo", undo_regrouping),
        action_route(desk, "/pack", download_pack),
        upload_route(desk, "/evidence/add", add_evidence),
        action_route(desk, "/evidence/supersede", supersede_evidence),
        action_route(desk, "/evidence/restore", restore_evidence),
        action_route(desk, "/feeds", make_feed),
        action_route(desk, "/feeds/end", end_feed),
        action_route(desk, "/people/invite", invite),
        action_route(desk, "/sign-out", sign_out),
        action_route(desk, "/sign-in", sign_in, is_public=True),
        action_route(desk, "/welcome/{token}", accept_invitation, is_public=True),
        action_route(desk, "/language", choose_language, is_public=True),
        action_route(desk, "/keys", switch_keys, is_public=True),
    ]


def _handle_problems(app: FastAPI, desk: Desk) -> None:
    """Problems in words of the visitor's language; the API answers in JSON."""

    def answer_http(request: Request, problem: Exception) -> Response:
        if not isinstance(problem, HTTPException):
            raise problem
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": problem.detail}, status_code=problem.status_code)
        refused = NotFoundError() if problem.status_code == 404 else _refusal_from(problem)
        return answer_refusal(make_visit(desk, request), refused)

    def answer_failure(request: Request, problem: Exception) -> Response:
        _log.error("the page %s failed", loggable(request.url.path), exc_info=problem)
        response = PlainTextResponse(_FAILED, status_code=500)
        # this answer is made outside the middleware, so it brings its own headers
        add_security(MutableHeaders(raw=response.raw_headers), path="/", secure=desk.home.secure)
        return response

    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(Exception, answer_failure)


_FAILED = (
    "Có lỗi ở bàn làm việc; không có gì bị mất. Hãy thử lại, và báo cán bộ CNTT xem nhật ký.\n"
    "The desk failed; nothing is lost. Try again, and tell the IT officer to see the log.\n"
)


def _refusal_from(problem: HTTPException) -> RefusedError:
    return RefusedError(
        problem.status_code, "Not possible", "This address does not take that kind of request."
    )

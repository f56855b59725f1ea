"""Saved searches as feeds: the page that keeps their addresses, and the feeds themselves."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response

from alerts.channels.feed import atom, jsonfeed
from alerts.channels.feed.page import MOST_ENTRIES, FeedPage, make_page
from desk.web.accounts import may_invite
from desk.web.answers import answer_page
from desk.web.conditional import answer_conditionally
from desk.web.visit import Visit
from store.press_feeds import PressFeed, find_feed, list_feeds
from store.search import parse
from store.stories import list_stories


def show_feeds(visit: Visit) -> Response:
    """GET /feeds: one's own feeds; who keeps the accounts sees all."""
    return answer_feeds(visit)


def answer_feeds(visit: Visit, *, token: str = "", fault: str = "", status: int = 200) -> Response:
    """The page, with the addresses of a fresh `token` once."""
    owner = None if may_invite(visit.colleague) else visit.colleague.name
    with visit.desk.given.sessions() as session:
        feeds = list_feeds(session, owner=owner)
    base = visit.desk.given.base_address.rstrip("/")
    addresses = [f"{base}/feeds/{token}.{kind}" for kind in ("atom", "json")] if token else []
    query = visit.request.query_params.get("q", "")
    return answer_page(
        visit, "feeds.html", status=status, feeds=feeds, addresses=addresses, fault=fault, query=query
    )


def show_atom(visit: Visit) -> Response:
    """GET /feeds/TOKEN.atom without sign-in: the token is the key."""
    return _answer(visit, atom.make_atom, atom.MEDIA_TYPE)


def show_json(visit: Visit) -> Response:
    """GET /feeds/TOKEN.json without sign-in: the token is the key."""
    return _answer(visit, jsonfeed.make_json, jsonfeed.MEDIA_TYPE)


def _answer(visit: Visit, make: Callable[[FeedPage], bytes], media_type: str) -> Response:
    with visit.desk.given.sessions() as session:
        feed = find_feed(session, visit.request.path_params["token"])
    if feed is None:
        return PlainTextResponse(visit.t("There is no such feed.") + "\n", status_code=404)
    if feed.revoked_at is not None:
        return PlainTextResponse(visit.t("This feed was ended.") + "\n", status_code=410)
    page = find_page(visit, feed)
    return answer_conditionally(
        visit.request.headers, make(page), media_type=f"{media_type}; charset=utf-8", changed=page.updated
    )


def find_page(visit: Visit, feed: PressFeed) -> FeedPage:
    """What a feed says now."""
    given = visit.desk.given
    rules, query = given.configuration.rules, parse(feed.query)
    with given.sessions() as session:
        stories = list_stories(session, query, limit=MOST_ENTRIES).stories
    return make_page(
        stories,
        number=feed.number,
        title=feed.title,
        home=given.base_address,
        office=rules.office,
        opened=feed.created_at,
        words=rules.quotation_words,
    )

"""Turns a request to one outlet into a reply: robots.txt, feeds, home, articles, faults, trouble."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from practice.feeds import make_feed
from practice.newsroom import Current, Newsroom
from practice.pages import amp_page, article_page, empty_page, home_page
from practice.replies import Asked, Reply, finish
from practice.trouble import PREFIX, answer_trouble
from practice.values import FeedDesign, Outlet, PressArticle

PRIVATE = "http://10.0.0.1/bai-viet.html"  # where one article leads, on purpose
CLOSED = "http://127.0.0.1:1/"


def answer(asked: Asked, outlet: Outlet, newsroom: Newsroom, *, stopping: Event) -> Reply:
    """The reply of `outlet`; only GET and HEAD are served."""
    if asked.method not in {"GET", "HEAD"}:
        return Reply(405, headers=(("Allow", "GET, HEAD"),))
    if asked.path.startswith(PREFIX):
        return answer_trouble(asked, stopping=stopping)
    return finish(_page_of(asked, outlet, newsroom), asked)


def _page_of(asked: Asked, outlet: Outlet, newsroom: Newsroom) -> Reply:
    if asked.path == "/robots.txt":
        return Reply(200, "text/plain; charset=utf-8", outlet.robots.encode())
    for design in outlet.feeds:
        if design.path == asked.path:
            return _feed_reply(design, outlet, newsroom)
    if asked.path == "/":
        articles = newsroom.list_of(outlet.id)
        newest = max((a.published for a in articles), default=None)
        return Reply(200, body=home_page(outlet, articles), modified=newest)
    if asked.path.startswith("/amp/"):
        return _amp_reply(asked, outlet, newsroom)
    return _article_reply(asked, outlet, newsroom)


def _feed_reply(design: FeedDesign, outlet: Outlet, newsroom: Newsroom) -> Reply:
    articles = newsroom.list_of(outlet.id)
    faults: dict[str, Callable[[], Reply]] = {
        "gone": _missing,
        "busy": lambda: Reply(429, body="Quá nhiều yêu cầu".encode(), headers=(("Retry-After", "120"),)),
        "page": lambda: Reply(200, body=home_page(outlet, articles)),
    }
    if design.form in faults:
        return faults[design.form]()
    content_type, body = make_feed(design, outlet, articles)
    newest = max((a.published for a in articles), default=None)
    return Reply(200, content_type, body, modified=newest)


def _amp_reply(asked: Asked, outlet: Outlet, newsroom: Newsroom) -> Reply:
    key = newsroom.key_at(outlet.id, asked.path.removeprefix("/amp"))
    if key is None or newsroom.is_withdrawn(key):
        return _missing()
    current = newsroom.look_at(key)
    if "amp" not in current.article.quirks:
        return _missing()
    return Reply(200, body=amp_page(current.article, outlet), modified=current.modified)


def _article_reply(asked: Asked, outlet: Outlet, newsroom: Newsroom) -> Reply:
    key = newsroom.key_at(outlet.id, asked.path)
    if key is None:
        return _missing()
    if newsroom.is_withdrawn(key):
        return Reply(410, body="Bài đã được gỡ. Báo tập – nội dung hư cấu".encode())
    current = newsroom.fetch(key) if asked.method == "GET" else newsroom.look_at(key)
    return _trouble_of(current.article) or _read_page(current, outlet, newsroom)


def _read_page(current: Current, outlet: Outlet, newsroom: Newsroom) -> Reply:
    article = current.article
    others = [a for a in newsroom.list_of(outlet.id) if a.key != article.key]
    beside = [a for a in others if a.section == article.section] + others
    related = tuple(dict.fromkeys(beside))[:4]
    content_type, body = article_page(article, outlet, related)
    return Reply(200, content_type, body, modified=current.modified)


def _trouble_of(article: PressArticle) -> Reply | None:
    replies = {
        "redirect_private": Reply(302, headers=(("Location", PRIVATE),)),
        "redirect_loopback": Reply(302, headers=(("Location", CLOSED),)),
        "empty": Reply(200, body=empty_page()),
        "error": Reply(500, body="Máy chủ hỏng (báo tập)".encode()),
        "forbidden": Reply(403, body="Không được phép xem trang này (báo tập)".encode()),
    }
    return replies.get(article.trouble)


def _missing() -> Reply:
    return Reply(404, body="Không có trang này. Báo tập – nội dung hư cấu".encode())

"""robots.txt by RFC 9309: unavailable (4xx) allows, unreachable (5xx, no answer) forbids everything."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawler import words
from crawler.answers import NoAnswer, Trouble
from crawler.troubles import explain

NOTHING = b"User-agent: *\nDisallow: /\n"
MAX_ROBOTS = 512_000  # bytes; RFC 9309, 2.5: at least 500 KiB must be read


class RobotsAnswerMiddleware:
    """Shows Scrapy's robots middleware what RFC 9309 wants it to see; remembers why a host is closed."""

    def __init__(self) -> None:
        self.unreadable: dict[str, NoAnswer] = {}

    def process_response(self, request: Request, response: Response) -> Response:
        """Replace the body of an answer for robots.txt that is no 200; other answers pass."""
        if not _is_robots(request) or response.status == 200:
            return response
        if response.status < 500 and response.status != 429:
            return _robots(request, b"")
        why = words.ROBOTS_UNREADABLE.format(code=response.status)
        self.unreadable[_place(request)] = NoAnswer(Trouble.ROBOTS_UNREADABLE, why)
        return _robots(request, NOTHING)

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Turn a robots.txt that cannot be had into one that forbids everything."""
        if not _is_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        self.unreadable[_place(request)] = explain(exception, request.url)
        return _robots(request, NOTHING)

    def why_closed(self, url: str) -> NoAnswer:
        """Say why robots.txt kept an address from being asked."""
        return self.unreadable.get(urlsplit(url).netloc, NoAnswer(Trouble.ROBOTS, words.ROBOTS))


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))  # set by Scrapy's robots middleware alone


def _place(request: Request) -> str:
    # redirects of robots.txt lead elsewhere; what counts is who was asked first
    first = request.meta.get("redirect_urls", [request.url])[0]
    return urlsplit(str(first)).netloc


def _robots(request: Request, body: bytes) -> Response:
    return TextResponse(request.url, body=body[:MAX_ROBOTS], encoding="utf-8")

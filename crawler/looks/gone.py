"""Whether an answer says that a page is gone: by its status, by where it leads, or by its own words. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler import words
from crawler.pages.charset import decode
from crawler.pages.markup import one_line, parse_html
from crawler.wire.answers import GONE, Answer

FOR_GOOD = 410  # RFC 9110, 15.5.11: likely to be permanent, said on purpose
_HEAD = 65_536  # bytes of a page in which its title and heading are looked for
_LONGEST = 1_500  # characters of text on a page that says it is gone; an article about such a page is longer
_LONGEST_NAME = 160  # characters of a title or heading that says so

_UNSEEN = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "header",
    "footer",
    "a",
}  # a: lists of others
_PAGE = (
    r"(?:trang(?:\s(?:web|này|bạn\s\w+))?|bài(?:\s(?:viết|báo))?(?:\snày)?|nội\sdung(?:\snày)?|tin(?:\snày)?"
    r"|đường\sdẫn)"
)
_SAYS = re.compile(
    rf"^(?:lỗi\s|error\s)?404\b|không\stìm\sthấy\s{_PAGE}"
    rf"|{_PAGE}[^.<]{{0,40}}\s(?:không\s(?:còn\s)?(?:tồn\stại|tìm\sthấy)|(?:đã\s)?(?:bị|được)\s(?:gỡ|xóa|xoá))"
    r"|^không\stìm\sthấy\s*(?:[|.!–-]|$)"
    r"|\b(?:page|article|story|content)\s(?:was\s|is\s|has\sbeen\s)?(?:not\sfound|removed|deleted|no\slonger\savailable)"
    r"|^not\sfound\b",
    re.IGNORECASE,
)
_ERROR_PATH = re.compile(r"/(?:404|error|not-?found|loi)(?:[./?-]|$)", re.IGNORECASE)


def find_gone(url: str, answer: Answer) -> str:
    """Why a captured page counts as gone, in words with the HTTP code; "" when it does not.

    Args:
        url: what was asked: the address of a page that was an article.
        answer: as received, after redirects.

    """
    if answer.status in GONE:
        return words.GONE.format(code=answer.status)
    if answer.status != 200:
        return ""
    if is_sent_elsewhere(url, answer.url):
        return words.SENT_ELSEWHERE.format(url=answer.url)
    said = find_farewell(decode(answer.body[:_HEAD], answer.header("content-type")))
    return words.SAYS_GONE.format(title=said) if said else ""


def is_sent_elsewhere(asked: str, final: str) -> bool:
    """Whether an article's address led to a front page, a section above it, or a page of errors."""
    before, after = urlsplit(asked), urlsplit(final)
    if (before.path.rstrip("/"), before.query) == (after.path.rstrip("/"), after.query):
        return False
    if _ERROR_PATH.search(after.path):
        return not _ERROR_PATH.search(before.path)
    old, new = (path.strip("/").split("/") if path.strip("/") else [] for path in (before.path, after.path))
    if new and old:
        new[-1] = re.sub(r"\.(?:html?|php|aspx?)$", "", new[-1])
    is_above = len(new) < len(old) and old[: len(new)] == new
    is_front = not new or new in (["index"], ["home"], ["trang-chu"])
    return bool(old) and not after.query and (is_front or is_above)


def find_farewell(html: str) -> str:
    """The words by which a page says that it is gone, "" when it says no such thing.

    Its title or heading says so, and there is hardly any text: an article *about* a page that was taken
    down has both.
    """
    tree = parse_html(html)
    if tree is None:
        return ""
    names = (one_line(str(node.text_content())) for node in tree.iter("title", "h1", "h2"))
    said = next((name for name in names if 0 < len(name) <= _LONGEST_NAME and _SAYS.search(name)), "")
    return said[:120] if said and _text_length(tree) <= _LONGEST else ""


def _text_length(tree: HtmlElement) -> int:
    """How many characters can be read on a page, without its frame and its links."""
    events = etree.iterwalk(tree, events=("start", "end"))
    length = hidden = 0
    for event, node in events:
        if event == "start":
            hidden += node.tag in _UNSEEN
            length += 0 if hidden else len((node.text or "").strip())
        else:
            hidden -= node.tag in _UNSEEN
            length += 0 if hidden else len((node.tail or "").strip())
    return length

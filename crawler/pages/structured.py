"""What a page says of itself to machines: JSON-LD of schema.org, read with limits. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from crawler.pages.markup import one_line, plain

MAX_SCRIPT = 500_000  # characters of one JSON-LD block
MAX_NODES = 2000

_ARTICLE = re.compile(
    r"(?:^|/)(?:[A-Za-z]*NewsArticle|Article|BlogPosting|Report|LiveBlogPosting|[A-Za-z]+Article)$"
)
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")

Node = Mapping[str, Any]


def _load(script: str) -> Any:
    """Load one block; a comma too many and HTML comments round it are repaired, anything worse gives None."""
    text = _COMMENT.sub("", script[:MAX_SCRIPT]).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    waiting: list[Any] = [
        _load(script.text or "") for script in tree.iter("script") if "ld+json" in script.get("type", "")
    ]
    waiting.reverse()
    seen = 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("mainEntity", "@graph", "mainEntityOfPage") if key in node)


def _is_article(node: Node) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in names)


def find_article(tree: HtmlElement) -> Node:
    """Find the first article among a page's JSON-LD; an empty mapping where there is none."""
    return next((node for node in _nodes(tree) if _is_article(node)), {})


def text(node: Node, name: str) -> str:
    """Give a property as one line of plain text: the first string or the first `name` in it."""
    value = node.get(name)
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return one_line(plain(value[:5000])) if isinstance(value, str) else ""


def names(node: Node, name: str) -> list[str]:
    """Give all names in a property (several authors), each as one line of plain text."""
    value = node.get(name)
    many = value if isinstance(value, list) else [value]
    found = [text({"x": item}, "x") for item in many[:10]]
    return [item for item in found if item]


def body(node: Node) -> str:
    """Give the text of the article itself as plain paragraphs; "" where there is none."""
    value = node.get("articleBody")
    return plain(value[:MAX_SCRIPT]) if isinstance(value, str) else ""


def is_paywalled(node: Node) -> bool:
    """Whether the page says that its text is not free to read (schema.org isAccessibleForFree)."""
    return str(node.get("isAccessibleForFree", "")).strip().lower() == "false"

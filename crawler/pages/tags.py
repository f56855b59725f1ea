"""The outlet's own keywords of an article. For showing only, never indexed: they may name persons. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.markup import one_line
from crawler.pages.structured import Node

MOST = 20
LONGEST = 80  # characters; longer is a sentence, not a keyword
_SEEN = 400  # values looked at; a page of nothing but keywords is not read to its end

_META_TAGS = frozenset({"article:tag", "og:article:tag"})
_META_LISTS = frozenset({"news_keywords", "keywords"})
_BETWEEN = re.compile(r"[,;|\n]")


def find_tags(tree: HtmlElement, node: Node) -> tuple[str, ...]:
    """Tags of a page: JSON-LD keywords, article:tag, links marked rel=tag, meta keywords.

    Returns:
        At most 20, each of 2 to 80 characters, in that order; of those that differ in case or signs only, the
        first.

    """
    found: dict[str, str] = {}
    for words in islice(_said(tree, node), _SEEN):
        tag = one_line(words).lstrip("# ")
        key = "".join(letter for letter in tag.casefold() if letter.isalnum())
        if 2 <= len(tag) <= LONGEST and key:
            found.setdefault(key, tag)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _said(tree: HtmlElement, node: Node) -> Iterator[str]:
    yield from _keywords(node.get("keywords"))
    metas = [(_name(meta), meta.get("content", "")) for meta in tree.iter("meta")]
    for name, content in metas:
        if name in _META_TAGS:
            yield from _BETWEEN.split(content[:1000])
    for link in tree.xpath("//a[@rel]"):
        if "tag" in link.get("rel", "").split():
            yield str(link.text_content())[: LONGEST * 2]
    for name, content in metas:
        if name in _META_LISTS:
            yield from _BETWEEN.split(content[:5000])


def _keywords(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        words = one.get("name") if isinstance(one, dict) else one
        if isinstance(words, str):
            yield from _BETWEEN.split(words[:5000])


def _name(meta: HtmlElement) -> str:
    return (meta.get("property") or meta.get("name") or "").strip().lower()

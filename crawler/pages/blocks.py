"""A page cut into blocks of text, each with the place it stands in; one pass over the tree. Pure.

What a class or id says of a place ("related", "comments", "caption" …) is read from word lists of common
content systems, Vietnamese ones among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

MAX_BLOCKS = 6000  # of a page; what comes behind is not looked at
MAX_EVENTS = 400_000  # beginnings and ends of elements that are looked at
MAX_TEXT = 1_000_000  # characters of a page's text in all

SILENT = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas",
    "video", "audio", "picture", "img", "source", "map", "head", "link", "meta", "button", "select",
    "option", "textarea", "input", "datalist", "progress", "dialog", "nav",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr",
})  # fmt: skip
ZONES = {
    tag: 1 << number
    for number, tag in enumerate(
        [
            "article",
            "main",
            "aside",
            "footer",
            "header",
            "form",
            "figure",
            "table",
            "li",
            "blockquote",
            "figcaption",
            "section",
        ]
    )
}
# What the words of class and id tell, one bit each, in this order.
GROUPS = {
    "content": r"article|body|content|entry|story|post|text|main|detail|noi-?dung|chi-?tiet|paragraph|prose",
    "related": r"relat|read-?more|more-|-more|also|recommend|recirc|popular|most|trending|latest|teaser|next|"
    r"lien-?quan|tin-?khac|xem-?them|doc-?nhieu|cung-?(?:muc|chuyen)|card|river|promo|inline-?link|explore",
    "comments": r"comment(?!ary)|disqus|respond|reply|replies|binh-?luan|y-?kien|discussion",
    "social": r"social|shar(?:e|ing)|follow|facebook|twitter|zalo|print|toolbar|tools|icon",
    "letters": r"newsletter|subscri|sign-?(?:up|in)|log-?in|regist|paywall|member|donat|survey|poll\b|offer|"
    r"cta",
    "menus": r"nav|menu|foot|side-?bar|breadcrumb|pagina|pager|masthead|header\b|skip|search|rail|widget",
    "captions": r"caption|credit|gallery|slide|carousel|photo|image|figure|media|video|player|chu-?thich",
    "authors": r"author|by-?line|\bbio\b|contributor|tac-?gia|profile",
    "tags": r"\btags?\b|tag-|-tags?|keyword|topics?\b|tu-?khoa|categor|label",
    "stamps": r"\bmeta\b|date|time|stamp|info|post-?meta|publish",
    "adverts": r"advert|\bads?\b|\bad-|-ad\b|banner|sponsor|outbrain|taboola|quang-?cao|partner|commerc|"
    r"affiliate",
    "notices": r"cookie|consent|gdpr|modal|popup|overlay|disclaimer|copyright|legal|notice|alert|error|nguon",
    "embeds": r"embed|tweet|instagram|quote|pull|factbox|infobox|\bbox\b|aside",
    "points": r"key-?points?|highlight|summary|standfirst|sapo|chapeau|\blead\b|dek\b|intro|subtitle|"
    r"sub-?head",
}
_WORDS = re.compile("|".join(f"(?P<{name}>{words})" for name, words in GROUPS.items()))
_BITS = {name: 1 << number for number, name in enumerate(GROUPS)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"rollover|tooltip|visually-?hidden|sr-only|screen-reader|(?:^|[\s_-])hidden(?:$|\s)", re.IGNORECASE
)


@dataclass(slots=True, eq=False)
class Place:
    """A block-level element and what stands above it."""

    tag: str
    above: Place | None
    signature: str  # tag and class: paragraphs of one text look alike
    zones: int  # bits of ZONES, of this and all above
    own: int  # bits of GROUPS, of this element
    marks: int  # bits of GROUPS, of this and all above
    hidden: bool
    is_body: bool  # schema.org says articleBody here or above


@dataclass(slots=True)
class Block:
    """A run of text without a break, how much of it is linked (characters), and where it stands."""

    text: str
    linked: int
    place: Place


@lru_cache(maxsize=4096)
def find_marks(words: str) -> int:
    """Class and id, lower case -> bits of GROUPS."""
    marks = 0
    for word in _WORDS.finditer(words):
        marks |= _BITS[word.lastgroup or ""]
    return marks


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element says of itself that no reader sees it."""
    if "hidden" in attributes or _has_hidden_class(attributes.get("class", "")[:200]):
        return True
    return "style" in attributes and bool(_HIDDEN.search(attributes["style"][:500]))


@lru_cache(maxsize=4096)
def _has_hidden_class(classes: str) -> bool:
    return bool(_HIDDEN_CLASS.search(classes))


def make_place(element: HtmlElement, tag: str, above: Place) -> Place:
    """The place that an element makes under another."""
    zones = above.zones | ZONES.get(tag, 0)
    attributes = dict(element.items())
    if not attributes:
        return Place(tag, above, tag, zones, 0, above.marks, above.hidden, above.is_body)
    classes = attributes.get("class", "")[:200]
    own = find_marks(f"{classes} {attributes.get('id', '')[:100]}".lower())
    return Place(
        tag,
        above,
        f"{tag}.{classes}",
        zones,
        own,
        above.marks | own,
        above.hidden or _is_hidden(attributes),
        above.is_body or attributes.get("itemprop") == "articleBody",
    )


@dataclass(slots=True)
class _Cutter:
    """Gathers text until a block ends."""

    place: Place
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    in_link: int = 0  # how many links are open
    left: int = MAX_TEXT

    def add(self, text: str) -> None:
        if self.left > 0:
            text = text[: self.left]
            self.pieces.append(text)
            self.left -= len(text)
            if self.in_link:
                self.linked += len(text)

    def end(self) -> None:
        text = " ".join("".join(self.pieces).split())
        if text and len(self.blocks) < MAX_BLOCKS:
            self.blocks.append(Block(text, min(self.linked, len(text)), self.place))
        self.pieces.clear()
        self.linked = 0

    def open(self, element: HtmlElement, tag: str) -> bool:
        """Enter an element; False: it is to be skipped whole."""
        if tag in INLINE:
            if tag == "a":
                self.in_link += 1
            elif _is_hidden(dict(element.items())):
                return False
        elif tag in SILENT:
            return False
        else:
            if self.pieces:
                self.end()
            if tag != "br":
                self.place = make_place(element, tag, self.place)
        text = element.text
        if text:
            self.add(text)
        return True

    def close(self, tag: str) -> None:
        """Leave an element that was entered."""
        if tag == "a":
            self.in_link -= 1
        elif tag not in INLINE and tag != "br":
            if self.pieces:
                self.end()
            self.place = self.place.above or self.place


def cut(tree: HtmlElement) -> list[Block]:
    """Cut a page into blocks, in the order of the page.

    Args:
        tree: the parsed page; unchanged by this.

    Returns:
        At most MAX_BLOCKS blocks of one line each, without what scripts, forms, menus and hidden inline
        elements hold. Time grows with the size of the tree, not with its depth.

    """
    found = tree.find("body")
    body = tree if found is None else found
    # What is said of the whole page tells no block from another.
    cutter = _Cutter(Place(str(body.tag), None, str(body.tag), 0, 0, 0, hidden=False, is_body=False))
    cutter.add(body.text or "")
    skipped: Any = None
    walk: Any = etree.iterwalk(body, events=("start", "end"))
    for event, element in islice(walk, MAX_EVENTS):
        if element is body:
            continue
        if event == "start":
            if not cutter.open(element, element.tag):
                skipped = element
                walk.skip_subtree()
            continue
        if element is not skipped:
            cutter.close(element.tag)
        if element.tail:  # the text behind an element belongs to the one above
            cutter.add(element.tail)
    cutter.end()
    return cutter.blocks

"""Markup to plain text, and trees that hostile markup cannot blow up. Pure; nothing here fetches anything."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# Characters that no reader sees and XML forbids; NUL would end the page for libxml2.
MAX_ELEMENTS = 40_000  # the largest of the 307 real pages measured on has 3,205
ZERO_WIDTH = "\u200b\u2060\ufeff\ufffe\uffff"
_INVISIBLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{ZERO_WIDTH}\ud800-\udfff]")
_NO_LETTER = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_TAG = re.compile(r"<[a-zA-Z/!?]")
_SILENT = ("script", "style", "template", "noscript", "iframe", "object", "svg")


def normalise(text: str) -> str:
    """NFC without invisible characters; line breaks and spaces stay."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Letters and figures only, lower case: for comparing words, never for showing them."""
    return _NO_LETTER.sub("", text.casefold())


def one_line(text: str) -> str:
    """Normalise and make every run of white space one space."""
    return " ".join(normalise(text).split())


def paragraphs(text: str) -> str:
    """Normalise, one space inside lines, no empty lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in normalise(text).splitlines())
    return "\n".join(line for line in lines if line)


def parse_html(text: str, *, normalised: bool = False) -> HtmlElement | None:
    """Parse a page leniently; None when there is no element in it.

    `normalised`: the text has no invisible characters any more (`charset.decode` gives such).

    Depth and node sizes are limited by libxml2 itself (`huge_tree` stays off); comments and processing
    instructions are dropped; nothing is loaded from the network.
    """
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True
    )
    body = (text if normalised else _INVISIBLE.sub("", text)).encode("utf-8")
    try:
        return document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # empty, or nothing but white space
        return None


def is_huge(tree: HtmlElement) -> bool:
    """Whether a page has too many elements for libraries that go over them many times."""
    return next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None


def plain(markup: str) -> str:
    """Give the words a reader would see of a piece of HTML, in paragraphs; a text without tags stays."""
    if not _TAG.search(markup):
        return paragraphs(html.unescape(markup))
    tree = parse_html(markup)
    if tree is None:
        return ""
    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    for element in tree.iter("p", "br", "div", "li", "tr", "h1", "h2", "h3", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    return paragraphs(tree.text_content())

"""A feed as Atom, RFC 4287. Pure: the same feed always gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from alerts.channels.feed.page import FeedEntry, FeedPage

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
etree.register_namespace("atom", _NAMESPACE)


def make_atom(page: FeedPage) -> bytes:
    """A feed -> UTF-8 bytes. Texts are plain: a reader shows a headline's markup as it was written."""
    root = etree.Element(f"{{{_NAMESPACE}}}feed")
    _add(root, "id", page.id)
    _add(root, "title", page.title)
    _add(root, "updated", _say(page.updated))
    author = _add(root, "author")
    _add(author, "name", page.office)
    _add(root, "link", rel="alternate", href=page.home)
    _add(root, "generator", "Điểm Báo")
    for entry in page.entries:
        _add_entry(root, entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_entry(root: etree._Element, entry: FeedEntry) -> None:
    node = _add(root, "entry")
    if entry.language:
        node.set("{http://www.w3.org/XML/1998/namespace}lang", entry.language)
    _add(node, "id", entry.id)
    _add(node, "title", entry.title)
    _add(node, "published", _say(entry.published))
    _add(node, "updated", _say(entry.updated))
    _add(node, "link", rel="alternate", href=entry.link or entry.desk)
    _add(node, "link", rel="related", href=entry.desk)
    _add(node, "summary", f"{entry.summary} ({', '.join(entry.outlets)})")
    for topic in entry.topics:
        _add(node, "category", term=topic)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    node.text = text or None
    return node


def _say(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""A feed as JSON Feed 1.1. Pure: the same feed always gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from alerts.channels.feed.page import FeedEntry, FeedPage

MEDIA_TYPE = "application/feed+json"


def make_json(page: FeedPage) -> bytes:
    """A feed -> UTF-8 bytes. It has no `feed_url`: that would be the token."""
    facts = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "home_page_url": page.home,
        "authors": [{"name": page.office}],
        "items": [_item(entry) for entry in page.entries],
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.link or entry.desk,
        "external_url": entry.desk,
        "title": entry.title,
        "content_text": f"{entry.summary} ({', '.join(entry.outlets)})",
        "date_published": _say(entry.published),
        "date_modified": _say(entry.updated),
        "tags": list(entry.topics),
        "language": entry.language,
    }


def _say(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

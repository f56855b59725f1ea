"""topics.yaml -> Topic values."""

from __future__ import annotations

import re

from config.checks import read_id
from config.entries import Entry
from config.faults import in_english as _t
from store.types import Topic

_ID = re.compile(r"T\d{2}")
_IPTC = re.compile(r"\d{8}( .+)?")
_PRIORITIES = ("read", "scan", "hidden")


def read_topics(root: Entry) -> tuple[Topic, ...]:
    """The topics of the file, in its order."""
    ids: dict[str, int] = {}
    topics = [_read_topic(entry, ids) for entry in root.entries("topics", is_needed=True)]
    root.text("version", "")
    root.close()
    return tuple(topics)


def _read_topic(entry: Entry, ids: dict[str, int]) -> Topic:
    topic = Topic(
        id=read_id(entry, ids),
        vi=entry.text("vi"),
        en=entry.text("en"),
        definition=entry.text("definition", lines=True),
        cues_vi=entry.texts("cues_vi", is_needed=True),
        cues_en=entry.texts("cues_en", is_needed=True),
        include=entry.text("include", "", lines=True),
        exclude=entry.text("exclude", "", lines=True),
        iptc=entry.texts("iptc"),
        priority=entry.choice("priority", _PRIORITIES, "scan"),
        case_sensitive=entry.texts("case_sensitive"),
    )
    if topic.id and not _ID.fullmatch(topic.id):
        entry.fault(
            "id",
            _t("{found} is not such a code"),
            _t("write it like {example}"),
            found=topic.id,
            example="T03",
        )
    for code in entry.words("iptc"):
        if not _IPTC.fullmatch(code.text):
            entry.page.note(
                code.line, code.path, _t("{found} is not such a code"), _t("write it like {example}"),
                found=code.text, example="20001316 Border disputes",
            )  # fmt: skip
    entry.close()
    return topic

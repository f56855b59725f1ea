"""A notice as a chat message: short, plain, calling nobody by accident. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from alerts.channels.reference import make_mark
from alerts.notices import say_reason
from alerts.render.safety import clean, clip
from store.types import Notice

_JOINER = "\u2060"  # word joiner: shows nothing, and a name with it inside is no name any more
# What Slack, Discord, Matrix and Teams read as a call to everybody, or as markup of theirs
_CALL = re.compile(r"@(?=(?:everyone|here|channel|all|room|team)\b)|<(?=[@!#])", re.IGNORECASE)
_LONGEST_TITLE = 200  # characters

Words = Callable[[str], str]


def make_title(notice: Notice) -> str:
    """The subject on one line, without control and direction characters."""
    return _call_nobody(clean(notice.subject, limit=_LONGEST_TITLE))


def make_body(notice: Notice, *, longest: int, t: Words) -> str:
    """The start of the text, why it came, and the mark that a second copy has in common with the first.

    `longest` counts characters of all of it. Nothing of the text is markup: it is sent as plain text.
    """
    mark = t("Mark {mark}: the same mark is the same message.").format(mark=make_mark(notice))
    reason = t("Why you get this: {reason}").format(reason=clean(say_reason(notice.reason, t), limit=200))
    tail = f"\n\n{reason}\n{mark}"
    room = max(longest - len(tail), 0)
    lines = (clean(line) for line in notice.text.splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return (_call_nobody(clip(text, room) if room else "") + tail).strip()


def _call_nobody(text: str) -> str:
    return _CALL.sub(lambda found: found.group() + _JOINER, text)

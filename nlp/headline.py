"""Where a text's own headline ends: pages without a title, and old archives, keep it as the first line."""

from __future__ import annotations

from nlp.surface import Surface

_LONGEST = 120  # characters; a longer first line is a paragraph
_LEAST_BELOW = 3  # times its length must follow: else it is no headline but half of a short note


def find_headline_end(title: Surface, text: Surface) -> int:
    """Title and text -> the characters at the beginning of the text that are its headline; 0 where a title is
    given, or the first line is none.
    """
    if title.plain.strip():
        return 0
    end = text.plain.find("\n", 0, _LONGEST + 1)
    if end <= 0 or len(text.plain) - end < _LEAST_BELOW * end:
        return 0
    return end

"""The command line's words: Vietnamese, or English with DIEMBAO_LANGUAGE=en, from the one catalogue."""

from __future__ import annotations

import os
from collections.abc import Callable

from config.words import translator

t = translator("en" if os.environ.get("DIEMBAO_LANGUAGE", "").startswith("en") else "vi")


def words_of(language: str) -> Callable[[str], str]:
    """The words of a language, also of the sentences that the collector stored finished.

    A stored sentence ("HTTP 429, asked to wait 30 s") is no msgid: it is said anew from its template, and so
    is what the comparison of two versions stored ("3 sentences changed, …").
    """
    from desk.changes import say_detail  # noqa: PLC0415  a filter's start must not wait for the collector

    base = translator(language)

    def say(msgid: str) -> str:
        said = base(msgid)
        return said if said != msgid else say_detail(msgid, base)

    return say

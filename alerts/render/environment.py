"""The Jinja environment of mails: sandboxed, strict, escaping, and cleaning whatever a template prints."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import BytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from alerts.edition import Clock
from alerts.phrases import Name, Phrase, Translate, say
from alerts.render.safety import clean, clean_piece, clip, safe_link
from alerts.render.words import (
    CHARTS,
    COLUMNS,
    VERDICTS,
    join_sentences,
    make_clock,
    make_dated,
    say_bar,
    say_check,
    say_compared,
    say_date_line,
    say_day,
    say_language,
    say_limit,
    say_named,
    say_number,
    say_silence,
)

WIDTH = 72  # columns of the plain-text twin


class Compiled(BytecodeCache):
    """Templates compiled once in this process: an environment is made for each language and body."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over what was compiled before."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


_PAGES, _LINES = Compiled(), Compiled()  # autoescape is compiled in


def _finalize(value: object) -> object:
    """Every text an HTML template prints is cleaned here, so that no template can forget to."""
    return clean_piece(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def wrap(text: str, indent: str = "", first: str = "") -> str:
    """Text, cleaned -> lines of at most 72 columns."""
    lines = textwrap.wrap(
        clean(text),
        width=WIDTH,
        initial_indent=first or indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _clocks(zone: ZoneInfo) -> dict[str, Callable[[datetime], str]]:
    return {
        "clock": make_clock(zone, "%H:%M %d/%m/%Y"),
        "hour": make_clock(zone, "%H:%M %d/%m"),
        "dated": make_dated(zone),
    }


def make_environment(t: Translate, *, language: str, zone: ZoneInfo, is_html: bool) -> SandboxedEnvironment:
    """The environment of one rendering: one language, one zone, HTML (escaped) or plain text."""
    environment = SandboxedEnvironment(
        loader=PackageLoader("alerts.render"),
        bytecode_cache=_PAGES if is_html else _LINES,
        autoescape=is_html,
        undefined=StrictUndefined,
        # A text template prints its finished lines through here too: there `wrap` cleans.
        finalize=_finalize if is_html else None,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def put(msgid: str, **values: object) -> str:
        return t(msgid).format_map(values)

    def spoken(phrase: Phrase | Name) -> str:
        return say(phrase, t, language)

    def limit(clock: Clock) -> str:
        return say_limit(clock, t)

    environment.filters |= {
        "clip": clip,
        "link": safe_link,
        "wrap": wrap,
        "day": say_day,
        **_clocks(zone),
        "number": lambda value: say_number(value, language),
        "say": spoken,
        "in_words": t,  # finished sentences of other rooms: nothing in them is a placeholder
        "limit": limit,
        "silence": lambda found: say_silence(found, t),
        "named": lambda header: say_named(header, t),
        "column": lambda header: t(COLUMNS[header.span]),
        "chart": lambda header: t(CHARTS[header.span]),
        "bar": lambda bar: say_bar(bar, t),
        "compared": lambda d: say_compared(d.figures, d.header.span, t, language),
        "language": lambda code: say_language(code, t),
        "check": lambda check: say_check(check, t),
        "sentences": join_sentences,
        "verdict": lambda verdict: t(VERDICTS[verdict]),
        "utc": datetime.isoformat,
    }
    environment.globals |= {"t": put, "lang": language, "columns": WIDTH}
    environment.globals["date_line"] = lambda place, day: say_date_line(place, day, t)
    return environment

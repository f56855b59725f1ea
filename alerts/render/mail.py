"""A digest as e-mail: subject, HTML with its styles inlined, and a plain-text twin that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from css_inline import CSSInliner
from jinja2 import Environment

from alerts.edition import Digest
from alerts.phrases import Translate
from alerts.render.environment import make_environment
from alerts.render.safety import clean
from alerts.render.words import say_named, say_number

# Nothing is fetched while a mail is made; at-rules (dark mode, phones) stay in a style element.
_INLINER = CSSInliner(keep_at_rules=True, keep_style_tags=False, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """What a channel hands on."""

    subject: str
    html: str
    text: str


def make_subject(digest: Digest, t: Translate, *, language: str) -> str:
    """The date and the three numbers a reader decides by, on one line."""
    return clean(
        t("[Press digest] {day}: {articles} article(s), {stories} story(ies), {claims} to be checked").format(
            day=say_named(digest.header, t),
            articles=say_number(digest.figures.articles, language),
            stories=say_number(digest.figures.stories, language),
            claims=len(digest.claims),
        ),
        limit=200,
    )


def _environment(digest: Digest, t: Translate, *, language: str, is_html: bool) -> Environment:
    zone = ZoneInfo(digest.header.timezone)
    return make_environment(t, language=language, zone=zone, is_html=is_html)


def render(digest: Digest, t: Translate, *, language: str = "vi") -> Mail:
    """Digest, words of a language and its BCP 47 code -> Mail. Pure: nothing is fetched, no clock is read."""
    subject = make_subject(digest, t, language=language)
    pages = _environment(digest, t, language=language, is_html=True)
    lines = _environment(digest, t, language=language, is_html=False)
    html = pages.get_template("digest.html").render(d=digest, subject=subject)
    text = lines.get_template("digest.txt").render(d=digest, subject=subject)
    return Mail(subject, _INLINER.inline(html), text)

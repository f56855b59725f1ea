"""An alert as e-mail: what came true, where it can be read, which rule spoke and how to change it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from css_inline import CSSInliner

from alerts.phrases import Translate
from alerts.render.environment import make_environment
from alerts.render.mail import Mail

_INLINER = CSSInliner(keep_at_rules=True, keep_style_tags=False, load_remote_stylesheets=False)
_ZONE = ZoneInfo("UTC")  # no time stands in an alert; the environment wants a zone


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One story, source or matter; `link` and `desk` are "" where there is no address to open."""

    title: str
    why: tuple[str, ...]
    outlets: tuple[str, ...]
    link: str
    desk: str


@dataclass(frozen=True, slots=True)
class AlertMail:
    """Everything an alert says."""

    rule: str
    rule_id: str
    search: str
    subject: str
    items: tuple[AlertItem, ...]
    more: int  # that are not shown
    base: str


def render_alert(alert: AlertMail, t: Translate, *, language: str = "vi") -> Mail:
    """An alert, words of a language and its BCP 47 code -> Mail. Pure: nothing is fetched."""
    pages = make_environment(t, language=language, zone=_ZONE, is_html=True)
    lines = make_environment(t, language=language, zone=_ZONE, is_html=False)
    html = pages.get_template("alert.html").render(a=alert, subject=alert.subject)
    text = lines.get_template("alert.txt").render(a=alert, subject=alert.subject)
    return Mail(alert.subject, _INLINER.inline(html), text)

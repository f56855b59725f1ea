"""What came true as notices: title, why it came, where to look, and how to change the rule. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.channels.destinations import address_on
from alerts.notices import make_message_id
from alerts.phrases import Translate
from alerts.render.alert import AlertItem, AlertMail, render_alert
from alerts.render.safety import clean, safe_link
from store.types import MAIL, AlertRule, Glance, Happening, Notice, Recipient, Rules, Saved
from store.types.alerting import EDITION, OF_STORIES

ALERT = "alert"  # the first part of an alert's key
MOST_ITEMS = 40  # of one notice; the desk shows all


@dataclass(frozen=True, slots=True)
class Told:
    """Everything notices are made of: what came true, the stories it is about, the rule, and the way back."""

    rule: AlertRule
    happenings: tuple[Saved[Happening], ...]
    stories: Mapping[str, Glance]
    rules: Rules
    base: str  # the desk's address, without a slash at its end
    now: datetime

    @property
    def key(self) -> str:
        """What the keys of its notices have in common: the same happenings always give the same."""
        numbers = ",".join(str(saved.number) for saved in self.happenings)
        return f"{ALERT}:{self.rule.id}:{hashlib.sha256(numbers.encode()).hexdigest()[:16]}"


def make_notices(told: Told, *, translator: Callable[[str], Translate]) -> Iterator[Notice]:
    """One notice for each recipient by e-mail, and one for each other channel, whoever looks after it."""
    wanted = {*told.rule.recipients}
    chosen = [r for r in told.rules.recipients if r.id in wanted or f"{EDITION}{r.edition}" in wanted]
    for channel in told.rule.channels:
        for recipient in chosen if channel == MAIL else chosen[:1]:
            yield _make_notice(told, channel, recipient, translator(recipient.language))


def _make_notice(told: Told, channel: str, recipient: Recipient, t: Translate) -> Notice:
    mail = render_alert(_mail_of(told, t), t, language=recipient.language)
    key = f"{told.key}:{channel}:{recipient.id}"
    return Notice(
        key=key,
        recipient=recipient.id,
        address=address_on(channel, recipient),
        channel=channel,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        reason=t("alert rule {name}").format(name=told.rule.name),
        message_id=make_message_id(key, told.rules.sender),
        created_at=told.now,
    )


def _mail_of(told: Told, t: Translate) -> AlertMail:
    items = tuple(_items(told, t))
    title = items[0].title if len(items) == 1 else t("{count} matters").format(count=len(items))
    shown = items[:MOST_ITEMS]
    return AlertMail(
        rule=told.rule.name,
        rule_id=told.rule.id,
        search=told.rule.search,
        subject=clean(t("[Alert] {rule}: {title}").format(rule=told.rule.name, title=title), limit=200),
        items=shown,
        more=len(items) - len(shown),
        base=told.base,
    )


def _items(told: Told, t: Translate) -> Iterator[AlertItem]:
    by_subject: dict[str, list[Happening]] = {}
    for saved in told.happenings:
        by_subject.setdefault(saved.value.subject, []).append(saved.value)
    for subject, happenings in by_subject.items():
        why = tuple(_say(one, t) for one in happenings)
        story = told.stories.get(subject) if happenings[0].condition in OF_STORIES else None
        yield AlertItem(
            title=clean(happenings[0].title, limit=300),
            why=why,
            outlets=_outlets_of(story),
            link=safe_link(story.url) if story else "",
            desk=f"{told.base}/stories/{story.id}" if story and told.base else "",
        )


def _outlets_of(story: Glance | None) -> tuple[str, ...]:
    if story is None:
        return ()
    return tuple(dict.fromkeys(clean(member.outlet_name, 100) for member in story.originals))


def _say(happening: Happening, t: Translate) -> str:
    """The reason in the reader's language; what stands in it is never read as a placeholder."""
    return clean(t(happening.why).format(**dict(happening.values)), limit=400)


def subjects_of(happenings: Sequence[Saved[Happening]]) -> tuple[str, ...]:
    """The stories that are told of."""
    return tuple(dict.fromkeys(s.value.subject for s in happenings if s.value.condition in OF_STORIES))

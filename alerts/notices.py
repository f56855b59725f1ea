"""A day's digest as notices: which edition is due, what it covers, who gets what under which key. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from alerts.digest import compose
from alerts.material import DigestMaterial
from alerts.phrases import Translate
from alerts.render.mail import Mail, render
from alerts.sections.stories import hidden_topics, shown_members
from alerts.sections.units import propose_units
from store.types import Notice, Recipient, Rules, Story

WEEK = timedelta(days=7)
KEY_OF_DIGESTS = "digest:"


@dataclass(frozen=True, slots=True)
class Period:
    """What an edition covers (UTC, end exclusive) and the day it is named after."""

    start: datetime
    end: datetime
    day: date


def make_period(rules: Rules, *, now: datetime, last: datetime | None = None) -> Period:
    """The edition that is due at `now`: from the edition before it, or from the last one told, until `now`.

    Args:
        rules: `digest_at` and `timezone`.
        now: UTC.
        last: when a digest was last made; None where none is known. An edition missed, for a machine that was
            off, is made up for, at most a week back.

    """
    zone = ZoneInfo(rules.timezone)
    local = now.astimezone(zone)
    at = time.fromisoformat(rules.digest_at)
    day = local.date() if local.time() >= at else local.date() - timedelta(days=1)
    before = datetime.combine(day - timedelta(days=1), at, zone).astimezone(now.tzinfo)
    start = max(min(before, last), now - WEEK) if last else before
    return Period(start, now, day)


def material_for(recipient: Recipient, material: DigestMaterial) -> DigestMaterial:
    """What concerns a recipient: everything, or for a unit the stories and flags it is proposed for."""
    if not recipient.unit:
        return material
    office = material.office
    day = office.local_day(material.period_end)

    def is_theirs(story: Story) -> bool:
        members = shown_members(story, hidden_topics(office.topics))
        return any(unit.id == recipient.unit for unit in propose_units(members, office, day=day))

    stories = tuple(story for story in material.stories if is_theirs(story))
    names = {story.id for story in stories}
    flags = tuple(flag for flag in material.flags if flag.flag.value.story in names)
    return replace(material, stories=stories, flags=flags)


def make_key(recipient: Recipient, day: date) -> str:
    """The unique key of a recipient's digest of a day."""
    return f"digest:{recipient.edition}:{day.isoformat()}:{recipient.id}"


def make_message_id(key: str, sender: str) -> str:
    """A Message-ID that depends on the key alone, at the sender's own host (RFC 5322 3.6.4)."""
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def make_notice(
    recipient: Recipient, mail: Mail, *, key: str, channel: str, sender: str, now: datetime
) -> Notice:
    """A rendered digest -> the notice that carries it to one recipient."""
    return Notice(
        key=key,
        recipient=recipient.id,
        address=recipient.email,
        channel=channel,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        reason=f"daily digest, edition {recipient.edition}",
        message_id=make_message_id(key, sender),
        created_at=now,
    )


def make_notices(
    material: DigestMaterial,
    period: Period,
    *,
    now: datetime,
    translator: Callable[[str], Translate],
    channel: str = "mail",
) -> Iterator[Notice]:
    """One digest for each recipient of the rules. Those who see the same thing share one rendering."""
    rules = material.office.rules
    mails: dict[tuple[str, str, str], Mail] = {}
    for recipient in rules.recipients:
        kind = (recipient.edition, recipient.unit, recipient.language)
        if kind not in mails:
            digest = compose(material_for(recipient, material), edition=recipient.edition)
            mails[kind] = render(digest, translator(recipient.language), language=recipient.language)
        key = make_key(recipient, period.day)
        yield make_notice(recipient, mails[kind], key=key, channel=channel, sender=rules.sender, now=now)

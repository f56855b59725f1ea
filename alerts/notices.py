"""A day's digest as notices: which edition is due, what it covers, who gets what under which key. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from alerts.comparing import recount
from alerts.digest import compose
from alerts.material import DigestMaterial
from alerts.phrases import Translate
from alerts.render.mail import Mail, render
from alerts.sections.stories import hidden_topics, shown_members
from alerts.sections.units import propose_units
from alerts.spans import WEEK, Period, Span, find_due_day
from store.types import Notice, Recipient, Rules, StoryMember

DIGEST = "digest"  # the first part of a daily digest's key
KINDS = {Span.DAY: DIGEST, Span.WEEK: "digest-week", Span.MONTH: "digest-month"}
REASONS = {Span.DAY: "daily", Span.WEEK: "weekly", Span.MONTH: "monthly"}
EDITIONS = {"leaders": "leaders", "press": "press section", "unit": "units"}
_DIGEST_REASON = re.compile(r"\w+ digest, edition (?P<edition>\w+)")
_REASON_WORDS = {
    "daily digest": "Digest of the day",
    "weekly digest": "Digest of the week",
    "monthly digest": "Digest of the month",
}


def say_reason(reason: str, t: Translate) -> str:
    """Why a notice was written, in words; what was said in words already stays as it is."""
    words = _REASON_WORDS.get(reason.partition(",")[0])
    match = _DIGEST_REASON.fullmatch(reason)
    if words is None or match is None:
        return reason
    edition = EDITIONS.get(match["edition"], match["edition"])
    return f"{t(words)} · {t(edition)}"


def make_period(rules: Rules, *, now: datetime, last: datetime | None = None) -> Period:
    """The daily edition that is due at `now`: from where the edition before it ended until `now`.

    Args:
        rules: `digest_at` and `timezone`.
        now: UTC.
        last: when the edition of the day before, or of an earlier one, was made; None where none is known.
            What one edition told, also one that was late, the next does not tell again; an edition missed,
            for a machine that was off, is made up for, at most a week back.

    """
    day, at = find_due_day(rules, now=now), time.fromisoformat(rules.digest_at)
    before = datetime.combine(day - timedelta(days=1), at, ZoneInfo(rules.timezone)).astimezone(now.tzinfo)
    start = max(last, now - WEEK) if last and last < now else before
    return Period(start, now, day)


def find_units(material: DigestMaterial) -> Mapping[str, frozenset[str]]:
    """Ids of the units that each story of a material is proposed for, by its id; asked once for all units."""
    hidden = hidden_topics(material.office.topics)
    stories = {story.id: story for story in (*material.earlier, *material.stories)}
    return {id_: _proposed(shown_members(story, hidden), material) for id_, story in stories.items()}


def _proposed(members: tuple[StoryMember, ...], material: DigestMaterial) -> frozenset[str]:
    office = material.office
    day = office.local_day(material.period_end)
    return frozenset(unit.id for unit in propose_units(members, office, day=day))


def material_for(
    recipient: Recipient, material: DigestMaterial, units: Mapping[str, frozenset[str]] | None = None
) -> DigestMaterial:
    """What concerns a recipient: everything, or for a unit the stories, flags and changes it is proposed for.

    Gaps in collection concern everybody; what is compared and drawn is counted anew from the unit's stories.
    `units`: what `find_units` gives for the material, where it is asked for many.
    """
    if not recipient.unit:
        return material
    proposed = find_units(material) if units is None else units
    stories = tuple(story for story in material.stories if recipient.unit in proposed[story.id])
    names = {story.id for story in stories}
    told = {member.item.number for story in stories for member in story.members}
    changes = tuple(
        change
        for change in material.changes
        if change.item.number in told
        or recipient.unit in _proposed((StoryMember(change.item, 0, ()),), material)
    )
    own = replace(
        material,
        stories=stories,
        earlier=tuple(story for story in material.earlier if recipient.unit in proposed[story.id]),
        flags=tuple(flag for flag in material.flags if flag.flag.value.story in names),
        changes=changes,
        matters=tuple(matter for matter in material.matters if matter.unit == recipient.unit),
        rising=tuple(rise for rise in material.rising if rise.story in names),
        undelivered=(),
    )
    return recount(own)


def make_key(recipient: Recipient, day: date, span: Span = Span.DAY) -> str:
    """The unique key of a recipient's digest that is named after a day."""
    return f"{KINDS[span]}:{recipient.edition}:{day.isoformat()}:{recipient.id}"


def told_day(key: str) -> date | None:
    """The day in a daily digest's key, None for the key of anything else."""
    parts = key.split(":")
    if parts[0] != DIGEST or len(parts) < 4:
        return None
    return date.fromisoformat(parts[2])


def make_message_id(key: str, sender: str) -> str:
    """A Message-ID that depends on the key alone, at the sender's own host (RFC 5322 3.6.4)."""
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def make_notice(
    recipient: Recipient,
    mail: Mail,
    *,
    key: str,
    channel: str,
    sender: str,
    now: datetime,
    span: Span = Span.DAY,
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
        reason=f"{REASONS[span]} digest, edition {recipient.edition}",
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
    """A digest for each recipient who gets this span's. Those who see the same thing share one rendering."""
    rules, span = material.office.rules, period.span
    units = find_units(material) if any(recipient.unit for recipient in rules.recipients) else {}
    mails: dict[tuple[str, str, str], Mail] = {}
    for recipient in (r for r in rules.recipients if span in r.every):
        kind = (recipient.edition, recipient.unit, recipient.language)
        if kind not in mails:
            digest = compose(material_for(recipient, material, units), edition=recipient.edition)
            mails[kind] = render(digest, translator(recipient.language), language=recipient.language)
        key = make_key(recipient, period.day, span)
        yield make_notice(
            recipient, mails[kind], key=key, channel=channel, sender=rules.sender, now=now, span=span
        )

"""Sections 2 and 3: the five lines at the top, and what somebody has to look after. Pure.

What chooses is said beside each line. Outlet names, countries and tone choose nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alerts.edition import Clock, Highlight, Matter, ToCorrect
from alerts.material import DigestMaterial
from alerts.phrases import Phrase, make_phrase
from alerts.sections.claims import count_open, count_to_correct, flags_of
from alerts.sections.press import new_members
from alerts.sections.stories import (
    has_read_topic,
    hidden_topics,
    independent_outlets,
    lead_member,
    make_citation,
    shown_members,
    topic_name,
    topics_of,
)
from alerts.sections.units import propose_units
from store.types import StoryMember

MOST_HIGHLIGHTS = 5
FEWEST_HIGHLIGHTS = 3  # where there are so many stories
MOST_MATTERS = 12
# Deadline ids of rules.yaml that a report in the press can lead to; the others bind the press or concern
# lists and conclusions. Where a configuration has none of these, all its limits are shown.
OF_MATTERS = frozenset(["major-event", "divided-opinion", "press-request", "forwarded-opinion"])
WIDE = 3  # independent outlets from which a story counts as widely told


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A story with what its place in the order depends on."""

    story: str
    members: tuple[StoryMember, ...]  # new ones
    to_correct: int
    to_check: int
    is_read: bool
    outlets: int
    topic: Phrase | None

    @property
    def order(self) -> tuple[int, int, bool, int, float]:
        """Higher goes first: what we must correct, what must be checked, topics to read, spread, age."""
        newest = max(m.item.article.when.timestamp() for m in self.members)
        return (self.to_correct, self.to_check, self.is_read, self.outlets, newest)

    def reasons(self) -> tuple[Phrase, ...]:
        """The rules that hold for this story, in words."""
        found: list[Phrase] = []
        if self.to_correct:
            found.append(make_phrase("right, we must correct ourselves"))
        if self.to_check:
            found.append(make_phrase("{count} claim(s) to be checked", count=self.to_check))
        if self.is_read and self.topic is not None:
            found.append(self.topic)
        if self.outlets >= WIDE:
            found.append(make_phrase("{count} independent outlets", count=self.outlets))
        return tuple(found)


def _weigh(material: DigestMaterial) -> Iterator[_Weighed]:
    office = material.office
    for story in material.stories:
        members = new_members(story, material)
        if not members:
            continue
        flags = flags_of(material, story.id)
        topics = topics_of(members, office.topics)
        yield _Weighed(
            story=story.id,
            members=members,
            to_correct=count_to_correct(flags),
            to_check=count_open(flags),
            is_read=has_read_topic(members, office.topics),
            outlets=independent_outlets(shown_members(story, hidden_topics(office.topics))),
            topic=make_phrase("topic to read: {topic}", topic=topic_name(topics[0])) if topics else None,
        )


def _weighed(material: DigestMaterial) -> list[_Weighed]:
    return sorted(_weigh(material), key=lambda row: row.order, reverse=True)


def compose_highlights(material: DigestMaterial) -> tuple[Highlight, ...]:
    """Three to five stories that a rule chose; where it chooses fewer than three, the widest told fill up."""
    rows = _weighed(material)
    # A topic to read is the everyday case: alone it would choose half of all stories.
    chosen = [r for r in rows if r.to_correct or r.to_check or r.outlets >= WIDE][:MOST_HIGHLIGHTS]
    rest = [r for r in rows if r not in chosen]
    chosen += rest[: max(0, FEWEST_HIGHLIGHTS - len(chosen))]
    fill = (make_phrase("most widely told of the rest"),)
    return tuple(Highlight(make_citation(lead_member(r.members).item), r.reasons() or fill) for r in chosen)


def _state(row: _Weighed) -> Phrase:
    if row.to_correct:
        return make_phrase("A person found it right: the unit in charge corrects")
    if row.to_check:
        return make_phrase("Waiting for a person's verdict")
    return make_phrase("New; nobody has opened a case")


def compose_matters(material: DigestMaterial) -> tuple[tuple[Matter, ...], int]:
    """The matters to be looked after, and how many more there are than are listed.

    Chosen: claims that are right and that we must correct; claims to be checked; stories on a topic to read
    that more than one independent outlet told.
    """
    day = material.office.local_day(material.period_end)
    rows = [r for r in _weighed(material) if r.to_correct or r.to_check or (r.is_read and r.outlets > 1)]
    matters = tuple(
        Matter(
            lead=make_citation(lead_member(row.members).item),
            reasons=row.reasons(),
            units=propose_units(row.members, material.office, day=day),
            state=_state(row),
        )
        for row in rows[:MOST_MATTERS]
    )
    return matters, len(rows) - len(matters)


def compose_clocks(material: DigestMaterial) -> tuple[Clock, ...]:
    """The limits of law in force on the day, each with the act that starts it. None runs by itself."""
    day = material.office.local_day(material.period_end)
    limits = material.office.rules.deadlines
    in_force = [d for d in limits if (d.valid_from or date.min) <= day <= (d.valid_to or date.max)]
    ours = [limit for limit in in_force if limit.id in OF_MATTERS] or in_force
    return tuple(Clock(d.name, d.amount, d.unit, d.starts, d.legal_basis) for d in ours)


def compose_to_correct(material: DigestMaterial) -> tuple[ToCorrect, ...]:
    """The open matters (việc cần sửa), what is due first on top."""
    names = {unit.id: unit.name for unit in material.office.units}
    most = material.office.rules.quotation_words
    return tuple(
        ToCorrect(
            number=matter.number,
            claim=_cut(matter.claim_text, most),
            unit=names.get(matter.unit, matter.unit),
            due=material.office.local_day(matter.due_at) if matter.due_at else None,
            is_late=matter.due_at is not None and matter.due_at < material.period_end,
        )
        for matter in material.matters
    )


def _cut(text: str, most: int) -> str:
    words = text.split()
    return text if len(words) <= most else f"{' '.join(words[:most])} […]"

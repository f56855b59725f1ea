"""Sections 5 to 7: the domestic and the foreign press by topic, and the corrections it printed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from alerts.choosing import quote_passages
from alerts.edition import Correction, Entry, TopicGroup
from alerts.material import DigestMaterial
from alerts.phrases import Name
from alerts.quotes import find_quote
from alerts.sections.claims import count_open, flags_of
from alerts.sections.stories import (
    hidden_topics,
    independent_outlets,
    lead_member,
    make_citation,
    shown_members,
    topic_name,
    topics_of,
)
from alerts.sections.units import propose_units
from alerts.spans import Span
from store.types import ReadArticle, Scope, Story, StoryMember

MOST = {Span.DAY: 60, Span.WEEK: 30, Span.MONTH: 30}  # entries of a topic; a letter must stay one to read
OTHER = Name("Chủ đề khác", "Other subjects")
MEDIA_TOPIC = "T15"  # press, media, false information (context 5)
# Words that a headline or section carries when it corrects or answers (Decree 237/2026 Arts 19 and 21;
# newspapers' own columns in context 3.1). They say what kind of item it is, nothing about who was right.
CUES = (
    "cải chính", "đính chính", "xin lỗi bạn đọc", "thông tin phản hồi", "phản hồi thông tin",
    "cơ quan trả lời", "kiểm chứng thông tin", "correction", "retraction", "clarification",
    "fact-check", "fact check",
)  # fmt: skip


def _others(members: list[StoryMember], lead: StoryMember) -> tuple[StoryMember, ...]:
    return tuple(m for m in members if m is not lead and m.copy_of == 0)


def _copies(members: list[StoryMember], lead: StoryMember) -> tuple[str, ...]:
    """Names of the outlets that copied, each once, the lead's own not among them."""
    names = (
        m.item.article.outlet_name or m.item.article.outlet for m in members if m.copy_of and m is not lead
    )
    return tuple(dict.fromkeys(names))


def _entry(story: Story, members: list[StoryMember], material: DigestMaterial) -> Entry:
    lead = lead_member(members)
    return Entry(
        story=story.id,
        lead=make_citation(lead.item),
        quotes=quote_passages(
            material.choosers.of_article(lead.item), words=material.office.rules.quotation_words
        ),
        units=propose_units(
            tuple(members), material.office, day=material.office.local_day(material.period_end)
        ),
        others=tuple(make_citation(m.item) for m in _others(members, lead)),
        copies=_copies(members, lead),
        flags=count_open(flags_of(material, story.id)),
        first_at=story.first.article.when,
        is_continued=not material.is_new(story.first.saved_at),
    )


def new_members(story: Story, material: DigestMaterial) -> tuple[StoryMember, ...]:
    """The shown members of a story that came in this period; old news only where it has open flags."""
    shown = shown_members(story, hidden_topics(material.office.topics))
    has_flags = count_open(flags_of(material, story.id)) > 0
    return tuple(
        m
        for m in shown
        if material.is_new(m.item.saved_at) and (has_flags or not material.is_late(m.item.article.when))
    )


def _rows(material: DigestMaterial, scope: Scope) -> Iterator[tuple[Name, int, Entry]]:
    """(topic, independent outlets, entry) of every story that this scope of the press told."""
    for story in material.stories:
        members = [m for m in new_members(story, material) if m.item.article.scope is scope]
        if not members:
            continue
        topics = topics_of(members, material.office.topics)
        name = topic_name(topics[0]) if topics else OTHER
        yield name, independent_outlets(members), _entry(story, members, material)


def _group(name: Name, entries: list[Entry], most: int) -> TopicGroup:
    return TopicGroup(name, tuple(entries[:most]), max(0, len(entries) - most))


def compose_press(material: DigestMaterial, scope: Scope) -> tuple[TopicGroup, ...]:
    """One scope of the press by topic, in the configured order; each story once, the widest told first."""
    groups: dict[Name, list[tuple[int, Entry]]] = defaultdict(list)
    for name, outlets, entry in _rows(material, scope):
        groups[name].append((outlets, entry))
    most = MOST[material.span]
    order = [*(topic_name(topic) for topic in material.office.topics), OTHER]
    return tuple(
        _group(name, [e for _, e in sorted(groups[name], key=lambda row: (-row[0], row[1].lead.at))], most)
        for name in order
        if name in groups
    )


def find_cue(item: ReadArticle) -> str:
    """The word that marks an item as a correction or reply of the press, "" if it is none."""
    place = f"{item.article.title}\n{item.article.section}".casefold()
    is_media = any(tag.id == MEDIA_TOPIC for tag in item.reading.topics)
    return next((cue for cue in CUES if cue in place), "") if is_media else ""


def compose_corrections(material: DigestMaterial) -> tuple[Correction, ...]:
    """The corrections, apologies and replies that the press printed in the period."""
    words = material.office.rules.quotation_words
    items = (m.item for story in material.stories for m in new_members(story, material))
    return tuple(
        Correction(make_citation(item), cue, find_quote(item.article.text, words=words))
        for item in items
        if (cue := find_cue(item))
    )

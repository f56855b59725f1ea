"""The briefing pack for a press conference (context 3.2 D): material -> parts, in their order. Pure.

What is reported · claims with both sides · what we got wrong · figures · pages changed or taken down ·
likely questions · sources.
Nothing is invented: a line to take that nobody has agreed on is an empty box.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.choosing import OPENINGS, Choosers, quote_passages
from alerts.edition import ChangedArticle, Citation, CitedQuote, ClaimCard, Header
from alerts.material import Office, OpenFlag, SeenChange
from alerts.phrases import Name
from alerts.sections.annex import Annex, make_annex
from alerts.sections.changes import fold_changes
from alerts.sections.claims import count_open, count_to_correct, make_cards, make_findings, needs_correction
from alerts.sections.quantities import FigureRow, compare_figures
from alerts.sections.questions import Question, QuestionHint, make_questions
from alerts.sections.stories import (
    hidden_topics,
    independent_outlets,
    is_shown,
    make_citation,
    shown_members,
    topic_name,
    topics_of,
)
from store.types import ImpossibleValueError, Story, require_aware

MOST_STORIES = 12  # a pack is read in an hour


@dataclass(frozen=True, slots=True)
class PackMaterial:
    """The stories a person chose (`is_chosen`), or a period's, with their flags and reviews."""

    stories: tuple[Story, ...]
    flags: tuple[OpenFlag, ...]
    office: Office
    period_start: datetime
    period_end: datetime
    is_chosen: bool = False
    hints: tuple[QuestionHint, ...] = ()
    changes: tuple[SeenChange, ...] = ()
    choosers: Choosers = OPENINGS  # of the sentences that stand for a story

    def __post_init__(self) -> None:
        require_aware(self.period_start, "PackMaterial.period_start")
        require_aware(self.period_end, "PackMaterial.period_end")
        if self.period_end <= self.period_start:
            raise ImpossibleValueError(f"an empty period: {self.period_start} to {self.period_end}")


@dataclass(frozen=True, slots=True)
class Step:
    """One article on a story's way through the press; `copied_from` is an outlet's name or ""."""

    cited: Citation
    copied_from: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of one event: who first, how far it went."""

    story: str
    topic: Name
    first: Citation
    outlets: int  # independent ones
    articles: int
    copies: int
    timeline: tuple[Step, ...]
    quotes: tuple[CitedQuote, ...] = ()  # what stands for the story, word for word


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack, part by part."""

    header: Header
    reported: tuple[Reported, ...]
    left_out: int  # stories of the period beyond the most important ones
    claims: tuple[ClaimCard, ...]
    corrections: tuple[ClaimCard, ...]  # right, and the office has to correct itself
    figures: tuple[FigureRow, ...]
    changes: tuple[ChangedArticle, ...]
    more_changes: int  # articles beyond those listed
    questions: tuple[Question, ...]
    annex: Annex


def _reported(story: Story, office: Office, choosers: Choosers) -> Reported:
    members = shown_members(story, hidden_topics(office.topics)) or story.members
    outlets = {m.item.number: m.item.article.outlet_name for m in story.members}
    topics = topics_of(members, office.topics)
    return Reported(
        story=story.id,
        topic=topic_name(topics[0]) if topics else Name("Chủ đề khác", "Other subjects"),
        first=make_citation(members[0].item),
        outlets=independent_outlets(members),
        articles=len(members),
        copies=sum(1 for m in members if m.copy_of),
        timeline=tuple(Step(make_citation(m.item), outlets.get(m.copy_of, "")) for m in members),
        quotes=quote_passages(choosers.of_story(story), words=office.rules.quotation_words),
    )


def _weight(story: Story, flags: tuple[OpenFlag, ...]) -> tuple[int, int, int]:
    """Higher comes first: claims to correct, claims open, independent outlets."""
    own = [flag for flag in flags if flag.flag.value.story == story.id]
    return (
        count_to_correct(own),
        count_open(own),
        independent_outlets(story.members),
    )


def choose_stories(material: PackMaterial) -> tuple[Story, ...]:
    """The stories of a pack: those a person chose, all and in that order; else the weightiest shown ones."""
    if material.is_chosen:
        return material.stories
    hidden = hidden_topics(material.office.topics)
    shown = [story for story in material.stories if shown_members(story, hidden)]
    shown.sort(key=lambda story: _weight(story, material.flags), reverse=True)
    return tuple(shown[:MOST_STORIES])


def _header(material: PackMaterial) -> Header:
    office = material.office
    return Header(
        superior=office.rules.superior,
        office=office.rules.office,
        place=office.place,
        day=office.local_day(material.period_end),
        period_start=material.period_start,
        period_end=material.period_end,
        timezone=office.rules.timezone,
    )


def _changes(material: PackMaterial, stories: tuple[Story, ...]) -> tuple[tuple[ChangedArticle, ...], int]:
    """Pages of the pack's stories that changed or went; of a period also others about the province."""
    members = {member.item.number for story in stories for member in story.members}
    hidden = hidden_topics(material.office.topics)
    return fold_changes(
        (
            change
            for change in material.changes
            if change.item.number in members or (not material.is_chosen and is_shown(change.item, hidden))
        ),
        flagged={flag.item.number for flag in material.flags},
        words=material.office.rules.quotation_words,
    )


def compose(material: PackMaterial) -> Pack:
    """Material -> Pack. Every sentence in it is an exact quotation or one of ours that a rule put there."""
    stories = choose_stories(material)
    chosen = {story.id: story for story in stories}
    flags = tuple(flag for flag in material.flags if flag.flag.value.story in chosen)
    findings = make_findings(flags)
    hidden = hidden_topics(material.office.topics)
    changes, more_changes = _changes(material, stories)
    everything = sum(1 for story in material.stories if material.is_chosen or shown_members(story, hidden))
    return Pack(
        header=_header(material),
        reported=tuple(_reported(story, material.office, material.choosers) for story in stories),
        left_out=everything - len(stories),
        claims=make_cards(findings, chosen),
        corrections=make_cards((sides for sides in findings if any(map(needs_correction, sides))), chosen),
        figures=tuple(row for story in stories for row in compare_figures(story)),
        changes=changes,
        more_changes=more_changes,
        questions=make_questions(stories, flags, office=material.office, hints=material.hints),
        annex=make_annex(stories, flags),
    )

"""Questions journalists may ask, made by rules from flags and topics. Drafts; no answers are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.edition import Citation, ProposedUnit
from alerts.material import Office, OpenFlag
from alerts.phrases import Name, Phrase, make_phrase
from alerts.sections.claims import is_open, needs_correction
from alerts.sections.stories import (
    has_read_topic,
    independent_outlets,
    make_citation,
    topics_of,
)
from alerts.sections.units import propose_units
from store.types import Stance, Story

WIDE = 3  # independent outlets from which a question is as good as certain


class Tier(StrEnum):
    """How sure it is that a question comes (context 3.2 D)."""

    CERTAIN = "certain"
    LIKELY = "likely"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class QuestionHint:
    """A question the office wrote for a topic, asked of every story on it."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A draft question, its article, the sentence it is about ("" for none), and who may answer."""

    tier: Tier
    words: Phrase | Name  # a Name where the office wrote the question itself
    why: Phrase
    cited: Citation
    sentence: str
    units: tuple[ProposedUnit, ...]


def _tier(story: Story, flag: OpenFlag) -> tuple[Tier, Phrase]:
    """How sure, and by which rule."""
    outlets = independent_outlets(story.members)
    if needs_correction(flag):
        return Tier.CERTAIN, make_phrase("a person found the claim right and the office wrong")
    if outlets >= WIDE:
        return Tier.CERTAIN, make_phrase("{count} independent outlets", count=outlets)
    if flag.flag.value.missing and any(_against(flag)):
        return Tier.HARD, make_phrase("sources differ, and what would decide it is missing")
    return Tier.LIKELY, make_phrase("marked as to be checked")


def _against(flag: OpenFlag) -> Iterator[str]:
    return (e.text for e in flag.flag.value.evidence if e.stance is Stance.AGAINST)


def _flag_words(flag: OpenFlag) -> Phrase:
    if needs_correction(flag):
        return make_phrase("The press was right here. What does the office correct, and by when?")
    if any(_against(flag)):
        return make_phrase("Sources give different accounts. Which is right, and on what grounds?")
    return make_phrase("Does the office confirm this? On what grounds?")


def _flag_question(story: Story, flag: OpenFlag, office: Office) -> Question:
    tier, why = _tier(story, flag)
    cited = make_citation(flag.item)
    units = propose_units(story.members, office, day=office.local_day(cited.at))
    return Question(tier, _flag_words(flag), why, cited, flag.flag.value.claim.text, units)


def _flag_questions(story: Story, flags: Iterable[OpenFlag], office: Office) -> Iterator[Question]:
    """One question for all flags of a story that ask the same: both sides of a difference are one matter."""
    asked: set[str] = set()
    for flag in flags:
        question = _flag_question(story, flag, office)
        words = str(question.words)
        if (is_open(flag) or needs_correction(flag)) and words not in asked:
            asked.add(words)
            yield question


def _story_question(story: Story, office: Office) -> Iterator[Question]:
    """A story on a topic to read that nothing was flagged in: what is being done about it?"""
    outlets = independent_outlets(story.members)
    if not has_read_topic(story.members, office.topics) or outlets < 2:
        return
    cited = make_citation(story.first)
    units = propose_units(story.members, office, day=office.local_day(cited.at))
    tier = Tier.CERTAIN if outlets >= WIDE else Tier.LIKELY
    why = make_phrase("a topic to read, {count} independent outlets", count=outlets)
    yield Question(
        tier, make_phrase("What is being done about this, by whom, until when?"), why, cited, "", units
    )


def _hinted(story: Story, hints: Iterable[QuestionHint], office: Office) -> Iterator[Question]:
    topics = {topic.id for topic in topics_of(story.members, office.topics)}
    cited = make_citation(story.first)
    for hint in hints:
        if hint.topic in topics:
            why = make_phrase("the office's own question for topic {topic}", topic=hint.topic)
            units = propose_units(story.members, office, day=office.local_day(cited.at))
            yield Question(Tier.LIKELY, Name(hint.text), why, cited, "", units)


def make_questions(
    stories: Sequence[Story], flags: Sequence[OpenFlag], *, office: Office, hints: Sequence[QuestionHint] = ()
) -> tuple[Question, ...]:
    """Stories and their flags -> draft questions, certain ones first, each tied to an article."""
    found: list[Question] = []
    for story in stories:
        own = [flag for flag in flags if flag.flag.value.story == story.id]
        found += _flag_questions(story, own, office)
        found += [] if own else _story_question(story, office)
        found += _hinted(story, hints, office)
    order = list(Tier)
    return tuple(sorted(found, key=lambda question: order.index(question.tier)))

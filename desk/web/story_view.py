"""A story as its page shows it: who published, who copied, which sentences are in question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.web.cards import count_copies, count_outlets, find_places, find_topics
from desk.web.finding_view import FindingView, SideView, view_finding
from desk.web.sentence_view import SentenceView, view_sentence
from nlp.checks.case import EarlierAnswer
from nlp.corroboration import Corroboration, corroborate
from store.differences import fold_flags
from store.types import Claim, ReadArticle, Relevance, Review, Story, StoryMember

Reviews = Mapping[str, tuple[Review, ...]]
Answers = Mapping[str, tuple[EarlierAnswer, ...]]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic's name and the cues that made it."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One article of the story."""

    number: int
    outlet: str
    title: str
    url: str
    at: datetime
    is_dated: bool
    language: str
    relevance: Relevance
    topics: tuple[TopicLine, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An article and its copies."""

    member: MemberView
    copies: tuple[MemberView, ...]

    @property
    def copy_outlets(self) -> str:
        """The outlets of the copies, in words."""
        return ", ".join(dict.fromkeys(copy.outlet for copy in self.copies))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a form that could not be taken, so that nothing is lost."""

    claim: str
    verdict: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence to be judged: flagged, or chosen by a person."""

    claim: Claim
    article: int
    sentence: SentenceView
    findings: tuple[FindingView, ...]  # those that stand here; a difference stands at its first sentence
    is_told_above: bool  # as a side of a difference that stands at an earlier sentence
    reviews: tuple[Review, ...]
    kept: Kept | None
    answers: tuple[EarlierAnswer, ...]
    spread: Corroboration

    @property
    def is_open(self) -> bool:
        """Whether the form stands open: nobody has judged yet, or it came back with a fault."""
        return not self.reviews or self.kept is not None


@dataclass(frozen=True, slots=True)
class Other:
    """A checkable sentence that no check has flagged."""

    claim: Claim
    outlet: str
    reviews: tuple[Review, ...]
    is_answered: bool  # the same claim was judged or reviewed before


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """What was kept of one article. `kind` is a message id."""

    number: int
    outlet: str
    at: datetime
    sha256: str
    version: int
    kind: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """The whole page."""

    id: str
    title: str
    at: datetime
    language: str
    outlets: int
    copies: int
    topics: tuple[str, ...]
    places: tuple[str, ...]
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    others: tuple[Other, ...]
    captures: tuple[CaptureRow, ...]


def view_story(
    story: Story,
    *,
    reviews: Reviews,
    answers: Answers,
    topics: Mapping[str, str],
    places: Mapping[str, str],
    chosen: str = "",
    kept: Kept | None = None,
) -> StoryView:
    """Story, its claims' reviews and earlier answers by key -> StoryView; `chosen`: the key of a sentence
    somebody picked.
    """
    questions = _questions(story, reviews, answers, chosen, kept)
    asked = {question.claim.key for question in questions}
    return StoryView(
        id=story.id,
        title=story.first.article.title,
        at=story.first.article.when,
        language=story.first.reading.language.code,
        outlets=count_outlets(story),
        copies=count_copies(story),
        topics=find_topics(story, topics),
        places=find_places([member.item for member in story.members], places)[:12],
        groups=_groups(story, topics),
        questions=questions,
        others=_others(story, reviews, answers, asked),
        captures=tuple(_capture(member.item) for member in story.members),
    )


def find_claims(story: Story) -> dict[str, tuple[Claim, ReadArticle]]:
    """Every sentence of the story that can be judged, by key, with the first article that has it."""
    found: dict[str, tuple[Claim, ReadArticle]] = {}
    items = {member.item.number: member.item for member in story.members}
    for saved in story.flags:
        if saved.value.article in items:
            found.setdefault(saved.value.claim.key, (saved.value.claim, items[saved.value.article]))
    for item in items.values():
        for claim in item.reading.claims:
            found.setdefault(claim.key, (claim, item))
    return found


def is_adoptable(answer: EarlierAnswer) -> bool:
    """Whether an earlier answer can be taken over: a colleague's verdict on the same claim. What others
    published is evidence, and never becomes the office's verdict.
    """
    return answer.is_same and bool(answer.reviews)


def _questions(
    story: Story, reviews: Reviews, answers: Answers, chosen: str, kept: Kept | None
) -> tuple[Question, ...]:
    claims = find_claims(story)
    findings = _findings(story, claims, reviews)
    sides = [side.flag.claim.key for finding in findings for side in finding.sides]
    flagged = dict.fromkeys(sides)
    keys = [*flagged, *([chosen] if chosen in claims and chosen not in flagged else [])]
    return tuple(
        Question(
            claim=claims[key][0],
            article=claims[key][1].number,
            sentence=view_sentence(*claims[key]),
            findings=tuple(finding for finding in findings if finding.sides[0].flag.claim.key == key),
            is_told_above=key in sides,
            reviews=reviews.get(key, ()),
            kept=kept if kept and kept.claim == key else None,
            answers=answers.get(key, ()),
            spread=corroborate(story, claims[key][0]),
        )
        for key in keys
    )


def _findings(
    story: Story, claims: Mapping[str, tuple[Claim, ReadArticle]], reviews: Reviews
) -> tuple[FindingView, ...]:
    """The story's findings in the order of its flags; sides in the order of publication."""
    views = (
        SideView(flag, view_sentence(*claims[flag.claim.key]), reviews.get(flag.claim.key, ()))
        for flag in (saved.value for saved in story.flags)
        if flag.claim.key in claims
    )
    folded = fold_flags(tuple(views), lambda view: view.flag)
    return tuple(view_finding(sorted(sides, key=lambda side: side.sentence.at)) for sides in folded)


def _others(story: Story, reviews: Reviews, answers: Answers, asked: set[str]) -> tuple[Other, ...]:
    return tuple(
        Other(
            claim=claim,
            outlet=item.article.outlet_name,
            reviews=reviews.get(key, ()),
            is_answered=any(answer.is_same for answer in answers.get(key, ())),
        )
        for key, (claim, item) in find_claims(story).items()
        if key not in asked
    )


def _groups(story: Story, topics: Mapping[str, str]) -> tuple[Group, ...]:
    """Originals in order, each with its copies; a copy whose original is not here stands for itself."""
    roots = {member.item.number: _root(story, member) for member in story.members}
    return tuple(
        Group(
            member=_member(head, topics),
            copies=tuple(
                _member(m, topics)
                for m in story.members
                if roots[m.item.number] == head.item.number and m is not head
            ),
        )
        for head in story.members
        if roots[head.item.number] == head.item.number
    )


def _root(story: Story, member: StoryMember) -> int:
    """The number of what a member copies in the end, within this story; a ring ends where it began."""
    copies = {other.item.number: other.copy_of for other in story.members}
    seen = [member.item.number]
    while copies[seen[-1]] in copies and copies[seen[-1]] not in seen:
        seen.append(copies[seen[-1]])
    return seen[-1]


def _member(member: StoryMember, topics: Mapping[str, str]) -> MemberView:
    item = member.item
    return MemberView(
        number=item.number,
        outlet=item.article.outlet_name,
        title=item.article.title,
        url=item.article.url,
        at=item.article.when,
        is_dated=item.article.published is not None,
        language=item.reading.language.code,
        relevance=item.reading.relevance,
        topics=_topic_lines(item, topics),
        why=member.why,
    )


def _topic_lines(item: ReadArticle, topics: Mapping[str, str]) -> tuple[TopicLine, ...]:
    return tuple(TopicLine(topics.get(tag.id, tag.id), tag.why) for tag in item.reading.topics)


def _capture(item: ReadArticle) -> CaptureRow:
    article = item.article
    kinds: Sequence[str] = ("page", "text of the feed only", "given as text")
    kind = kinds[1] if article.summary_only else kinds[0] if article.snapshot_sha256 else kinds[2]
    return CaptureRow(
        number=item.number,
        outlet=article.outlet_name,
        at=article.fetched_at,
        sha256=article.snapshot_sha256,
        version=item.version,
        kind=kind,
    )

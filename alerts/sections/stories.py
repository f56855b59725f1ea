"""Which articles of a story are shown, what the story is about, how it is cited. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alerts.edition import Citation
from alerts.phrases import Name
from store.types import ReadArticle, RelevanceLabel, Story, StoryMember, Topic


def make_citation(item: ReadArticle) -> Citation:
    """A read article -> how it is cited."""
    article = item.article
    return Citation(
        number=item.number,
        version=item.version,
        headline=article.title,
        outlet=article.outlet_name or article.outlet,
        at=article.when,
        dated=article.published is not None,
        url=article.url,
        language=item.reading.language.code,
        scope=article.scope,
        summary_only=article.summary_only,
    )


def hidden_topics(topics: Iterable[Topic]) -> frozenset[str]:
    """Ids of the topics that stay out of the digest: sport and noise."""
    return frozenset(topic.id for topic in topics if topic.priority == "hidden")


def is_noise(item: ReadArticle, hidden: frozenset[str]) -> bool:
    """Whether all topics of an article are hidden ones. An article without a topic is no noise."""
    tags = {tag.id for tag in item.reading.topics}
    return bool(tags) and tags <= hidden


def is_shown(item: ReadArticle, hidden: frozenset[str]) -> bool:
    """Whether an article is about the province and not noise (context 2.3)."""
    return item.reading.relevance.label is RelevanceLabel.ABOUT and not is_noise(item, hidden)


def shown_members(story: Story, hidden: frozenset[str]) -> tuple[StoryMember, ...]:
    """The members of a story that a digest shows, first published first."""
    return tuple(member for member in story.members if is_shown(member.item, hidden))


def independent_outlets(members: Iterable[StoryMember]) -> int:
    """How many outlets wrote for themselves: copies are not counted. At least 1 where anybody wrote."""
    rows = list(members)
    own = {m.item.article.outlet for m in rows if m.copy_of == 0}
    return len(own) or min(1, len(rows))


def lead_member(members: Sequence[StoryMember]) -> StoryMember:
    """The member that stands for the others: the first that is no copy, else the first."""
    return next((m for m in members if m.copy_of == 0), members[0])


def topic_scores(members: Iterable[StoryMember]) -> dict[str, float]:
    """Topic id -> its best score in any of the members."""
    best: dict[str, float] = {}
    for member in members:
        for tag in member.item.reading.topics:
            best[tag.id] = max(tag.score, best.get(tag.id, 0.0))
    return best


def topics_of(members: Iterable[StoryMember], topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The visible topics of the members, strongest first; equal ones in the order of the configuration."""
    best = topic_scores(members)
    found = [topic for topic in topics if topic.id in best and topic.priority != "hidden"]
    return tuple(sorted(found, key=lambda topic: -best[topic.id]))


def has_read_topic(members: Iterable[StoryMember], topics: Sequence[Topic]) -> bool:
    """Whether a topic that the office reads in full is among the members' topics (context 5.1)."""
    return any(topic.priority == "read" for topic in topics_of(members, topics))


def topic_name(topic: Topic) -> Name:
    """A topic's name in both languages."""
    return Name(topic.vi, topic.en)

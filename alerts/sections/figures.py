"""Section 9: the period in numbers, and the gaps beside them. Counts things, never persons. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from alerts.edition import Count, Figures
from alerts.material import DigestMaterial, Office
from alerts.phrases import Name, Phrase, make_phrase
from alerts.sections.chart import make_chart
from alerts.sections.gaps import compose_gaps
from alerts.sections.press import OTHER, new_members
from alerts.sections.stories import hidden_topics, is_noise, topic_name
from alerts.spans import Span
from store.types import (
    MentionKind,
    Place,
    PlaceLevel,
    ReadArticle,
    RelevanceLabel,
    Scope,
    Source,
)

ALL = "*"  # key of `previous_counts` that holds the mean of all articles about the province
MOST_PLACES = 10
Row = tuple[str, ReadArticle]  # story id, article
Key = Name | Phrase

KINDS = {
    "newspaper": make_phrase("newspapers"),
    "agency": make_phrase("news agencies"),
    "broadcaster": make_phrase("radio and television"),
    "government": make_phrase("portals of authorities"),
    "magazine": make_phrase("magazines"),
    "ngo": make_phrase("non-governmental organisations"),
    "intergovernmental": make_phrase("intergovernmental organisations"),
}
OTHER_KIND = make_phrase("other sources")
HIDDEN = {
    RelevanceLabel.MENTION: make_phrase("name the province in passing"),
    RelevanceLabel.SPORT: make_phrase("sport"),
    RelevanceLabel.COMPANY: make_phrase("a company of the same name"),
    RelevanceLabel.NONE: make_phrase("not about the province"),
}
NOISE = make_phrase("about the province, hidden topics only")
LATE = make_phrase("published before this period, collected only now")


def count_by(rows: Iterable[Row], keys: Callable[[ReadArticle], Iterable[Key]]) -> Iterator[Count]:
    """Rows of (story, article) -> one count for each key, most articles first."""
    articles: Counter[Key] = Counter()
    stories: dict[Key, set[str]] = defaultdict(set)
    for story, item in rows:
        for key in dict.fromkeys(keys(item)):
            articles[key] += 1
            stories[key].add(story)
    for key, number in articles.most_common():
        yield Count(key, number, len(stories[key]))


def compared_with(material: DigestMaterial) -> Mapping[str, float]:
    """What the period's articles are compared with, by topic id; `ALL` holds all, and what is not in it is
    not known.
    """
    if material.span is Span.DAY:
        return material.previous_counts
    before = material.before
    if before is None:
        return {}
    named = {topic.id: 0.0 for topic in material.office.topics}
    return {**named, **before.by_topic, ALL: before.articles}


def topic_counts(rows: list[Row], material: DigestMaterial) -> tuple[Count, ...]:
    """Articles and stories by topic, in the order of the configuration, with the mean of the days before."""
    visible = [topic for topic in material.office.topics if topic.priority != "hidden"]
    names = {topic.id: topic_name(topic) for topic in visible}
    ids = {topic_name(topic): topic.id for topic in visible}

    def keys(item: ReadArticle) -> list[Key]:
        return [names[tag.id] for tag in item.reading.topics if tag.id in names] or [OTHER]

    found = {count.name: count for count in count_by(rows, keys)}
    earlier = compared_with(material)
    known = {name: earlier.get(ids.get(name, "")) for name in [*names.values(), OTHER]}
    return tuple(
        Count(
            name,
            found[name].articles if name in found else 0,
            found[name].stories if name in found else 0,
            mean,
        )
        for name, mean in known.items()
        if name in found or mean
    )


def _place_names(places: Iterable[Place]) -> dict[str, Name]:
    """Place id -> its name with its unit word; the province itself and its neighbours are no news."""
    plain = (PlaceLevel.COMMUNE, PlaceLevel.DISTRICT, PlaceLevel.LANDMARK)
    return {
        p.id: Name(" ".join([*p.unit_words[:1], p.names[0]])) for p in places if p.level in plain and p.names
    }


def place_counts(rows: list[Row], office: Office) -> tuple[Count, ...]:
    """The ten places where most happened."""
    names = _place_names(office.places)

    def keys(item: ReadArticle) -> list[Key]:
        mentions = (m for m in item.reading.places if m.kind is MentionKind.EVENT_PLACE)
        return [names[m.unit] for m in mentions if m.unit in names]

    return tuple(count_by(rows, keys))[:MOST_PLACES]


def kind_counts(rows: list[Row], sources: Iterable[Source]) -> tuple[Count, ...]:
    """Articles and stories by where the outlet publishes from and by its kind."""
    kinds = {source.id: KINDS.get(source.kind.casefold(), OTHER_KIND) for source in sources}
    scopes = {Scope.DOMESTIC: make_phrase("domestic press"), Scope.FOREIGN: make_phrase("foreign press")}

    def keys(item: ReadArticle) -> list[Key]:
        return [scopes[item.article.scope], kinds.get(item.article.outlet, OTHER_KIND)]

    counts = list(count_by(rows, keys))
    first = [count for count in counts if count.name in scopes.values()]
    return tuple(first + [count for count in counts if count not in first])


def hidden_counts(material: DigestMaterial) -> tuple[Count, ...]:
    """How many new articles the digest does not show, and why."""
    hidden = hidden_topics(material.office.topics)
    shown = {m.item.number for s in material.stories for m in new_members(s, material)}
    rows = [
        (s.id, m.item)
        for s in material.stories
        for m in s.members
        if material.is_new(m.item.saved_at) and m.item.number not in shown
    ]

    def keys(item: ReadArticle) -> list[Key]:
        label = item.reading.relevance.label
        if label in HIDDEN:
            return [HIDDEN[label]]
        return [NOISE if is_noise(item, hidden) else LATE]

    return tuple(count_by(rows, keys))


def compose_figures(material: DigestMaterial) -> Figures:
    """The numbers of a period."""
    office = material.office
    members = [(s.id, m) for s in material.stories for m in new_members(s, material)]
    rows: list[Row] = [(story, member.item) for story, member in members]
    return Figures(
        articles=len(rows),
        stories=len({story for story, _ in rows}),
        copies=sum(1 for _, member in members if member.copy_of),
        mean=compared_with(material).get(ALL),
        by_topic=topic_counts(rows, material),
        by_place=place_counts(rows, office),
        by_kind=kind_counts(rows, office.sources),
        hidden=hidden_counts(material),
        gaps=compose_gaps(material),
        stories_before=material.before.stories if material.before else None,
        chart=make_chart(material.days, material.span),
    )

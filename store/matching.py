"""A query's tree -> SQL conditions over articles, their read version and its reading, for both databases."""

from __future__ import annotations

from functools import singledispatch

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session

from store.fulltext import is_textual, text_condition
from store.search.nodes import (
    After,
    Before,
    Both,
    Either,
    Everything,
    Flagged,
    FromOutlet,
    InLanguage,
    InPlace,
    InStory,
    InTopic,
    Node,
    Not,
    Query,
    WithRelevance,
    Words,
)
from store.tables import (
    ArticleRow,
    FlagRow,
    MembershipRow,
    ReadingPlaceRow,
    ReadingRow,
    ReadingTopicRow,
    VersionRow,
)


def matching_articles(session: Session, query: Query, *, exactly: bool = False) -> Select[int]:
    """The numbers of the read articles that a query matches.

    Args:
        session: whose database is asked.
        query: parsed.
        exactly: words typed with marks must be met with the same marks.

    """
    read = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version)
    articles = select(ArticleRow.number).join(VersionRow, read)
    if _asks_reading(query.tree):
        of_version = and_(ReadingRow.article == VersionRow.article, ReadingRow.version == VersionRow.version)
        articles = articles.join(ReadingRow, of_version)
    return articles.where(_condition(session, query.tree, exactly=exactly))


def matching_stories(session: Session, query: Query, *, exactly: bool = False) -> Select[str]:
    """The ids of the stories that have a member the query matches."""
    articles = matching_articles(session, query, exactly=exactly)
    return select(MembershipRow.story).where(MembershipRow.article.in_(articles))


def ranks_exact_hits(query: Query) -> bool:
    """Whether somebody typed marks, so that the same spelling stands above words that differ in marks."""
    return _has_marked_words(query.tree)


def _asks_reading(node: Node) -> bool:
    """Whether a condition looks at what was read, and not only at words, outlet and time."""
    if isinstance(node, (Both, Either)):
        return any(_asks_reading(part) for part in node.parts)
    if isinstance(node, Not):
        return _asks_reading(node.part)
    return isinstance(node, (InTopic, InPlace, InLanguage, WithRelevance))


def _has_marked_words(node: Node) -> bool:
    if isinstance(node, (Both, Either)):
        return any(_has_marked_words(part) for part in node.parts)
    return isinstance(node, Words) and node.has_marks


def _condition(session: Session, node: Node, *, exactly: bool) -> ColumnElement[bool]:
    if is_textual(node):
        return text_condition(session, node, exactly=exactly)
    match node:
        case Both():
            return and_(*_parts(session, node, exactly=exactly))
        case Either():
            return or_(*(_condition(session, part, exactly=exactly) for part in node.parts))
        case Not():
            # what is excluded is excluded however its marks were written
            return not_(_condition(session, node.part, exactly=False))
        case _:
            return _field(node)


def _parts(session: Session, node: Both, *, exactly: bool) -> list[ColumnElement[bool]]:
    """Words that must all be there are one look into the index, not one each."""
    textual = tuple(part for part in node.parts if is_textual(part))
    together: tuple[Node, ...] = (Both(textual),) if len(textual) > 1 else textual
    others = tuple(part for part in node.parts if not is_textual(part))
    return [_condition(session, part, exactly=exactly) for part in (*together, *others)]


@singledispatch
def _field(node: Node) -> ColumnElement[bool]:
    raise TypeError(f"not a field: {node!r}")


@_field.register
def _(_node: Everything) -> ColumnElement[bool]:
    return true()


@_field.register
def _(node: InTopic) -> ColumnElement[bool]:
    return ReadingRow.id.in_(select(ReadingTopicRow.reading).where(ReadingTopicRow.topic == node.topic))


@_field.register
def _(node: InPlace) -> ColumnElement[bool]:
    place: ColumnElement[bool] = ReadingPlaceRow.unit.in_(node.ids)
    if node.name_key:
        place = or_(place, ReadingPlaceRow.name_key == node.name_key)
    return ReadingRow.id.in_(select(ReadingPlaceRow.reading).where(place))


@_field.register
def _(node: FromOutlet) -> ColumnElement[bool]:
    named = and_(VersionRow.outlet_key == node.name_key, VersionRow.outlet_key != "")
    return or_(func.lower(VersionRow.outlet) == node.outlet.lower(), named)


@_field.register
def _(node: InLanguage) -> ColumnElement[bool]:
    finer = ReadingRow.language.startswith(f"{node.code}-", autoescape=True)
    return or_(ReadingRow.language == node.code, finer)


@_field.register
def _(node: WithRelevance) -> ColumnElement[bool]:
    return ReadingRow.relevance == node.label.value


@_field.register
def _(node: Flagged) -> ColumnElement[bool]:
    standing = exists().where(FlagRow.article == ArticleRow.number, FlagRow.withdrawn_at.is_(None))
    return standing if node.wanted else not_(standing)


@_field.register
def _(node: After) -> ColumnElement[bool]:
    return VersionRow.when_at >= node.moment


@_field.register
def _(node: Before) -> ColumnElement[bool]:
    return VersionRow.when_at < node.moment


@_field.register
def _(node: InStory) -> ColumnElement[bool]:
    return ArticleRow.number.in_(select(MembershipRow.article).where(MembershipRow.story == node.story))

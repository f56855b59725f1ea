"""The list of stories: what a duty analyst sees first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session
from starlette.responses import Response

from desk.web.answers import answer_page
from desk.web.cards import Marks, make_card
from desk.web.choices import make_choices, name_places, name_topics
from desk.web.names import NAMES
from desk.web.narrowing import EVERYTHING, Narrowing, find_leaves, make_query, narrowing_from
from desk.web.paging import STORIES_A_PAGE, make_pages
from desk.web.visit import Visit
from store.search import Query, highlight_spans, parse
from store.search.nodes import Words
from store.stories import StoryPage, count_stories, list_stories
from store.types import RelevanceLabel


@dataclass(frozen=True, slots=True)
class Hidden:
    """Stories that the same question would find among the kinds not shown: name, count, address each."""

    total: int
    kinds: tuple[tuple[str, int, str], ...]
    all: str


def show_stories(visit: Visit) -> Response:
    """GET /: stories newest first, narrowed by the query; what is not shown is counted and one click away."""
    narrowing = narrowing_from(visit.request.query_params)
    query, fault = make_query(narrowing, visit.t)
    configuration, size = visit.desk.given.configuration, STORIES_A_PAGE
    start = (narrowing.page - 1) * size
    with visit.desk.given.sessions() as session:
        page = StoryPage((), 0) if fault else list_stories(session, query, limit=size, offset=start)
        hidden = Hidden(0, (), "/") if fault else _count_hidden(session, narrowing)
    marks = make_marks(query)
    topics, places = name_topics(configuration, visit.language), name_places(configuration)
    return answer_page(
        visit,
        "stories.html",
        status=400 if fault else 200,
        narrowing=narrowing,
        fault=fault,
        asked=narrowing.asked if narrowing.is_narrowed and not fault else "",
        choices=make_choices(configuration, visit.language),
        total=page.total,
        hidden=hidden,
        pages=make_pages(narrowing, "/", total=page.total, size=size),
        cards=[make_card(story, marks=marks, topics=topics, places=places) for story in page.stories],
    )


def make_marks(query: Query) -> Marks:
    """Query -> a function that finds its hits in a text."""
    if not any(isinstance(leaf, Words) for leaf in find_leaves(query.tree)):
        return lambda _text: []  # cutting every text into words costs more than the rest of the page
    return lambda text: list(highlight_spans(text, query))


def _count_hidden(session: Session, narrowing: Narrowing) -> Hidden:
    """Counts for the first view only: who chose a kind himself knows what he left out."""
    if narrowing.relevance != RelevanceLabel.ABOUT or narrowing.says_relevance:
        return Hidden(0, (), "/")
    others = [label for label in RelevanceLabel if label is not RelevanceLabel.ABOUT]
    kinds = tuple(
        (
            NAMES.relevances[label],
            _count(session, narrowing, label),
            narrowing.address("/", relevance=label.value),
        )
        for label in others
    )
    return Hidden(sum(count for _, count, _ in kinds), kinds, narrowing.address("/", relevance=EVERYTHING))


def _count(session: Session, narrowing: Narrowing, label: RelevanceLabel) -> int:
    asked = replace(narrowing, relevance=label.value).asked
    return count_stories(session, parse(asked))

"""What happened to a story's pages since they were captured: events, and sentences that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from nlp.changes import Headline, Step, StepKind, Weight, compare
from nlp.changes.values import FigureChange
from nlp.checks.atlas import Atlas, Where
from nlp.checks.case import Edit
from nlp.sentences import Span
from store.articles import versions_of
from store.events import events_of_articles
from store.readings import find_read_version
from store.types import Event, EventKind, ReadArticle, Story

_MOST_VERSIONS = 10  # earlier ones of a page that are set beside the one that stands
# a number, and the word behind it; none of a day, a time, a score or a road
_NUMBER = re.compile(r"(?<![\d/:.,-])(\d+(?:[.,]\d+)*)(?![/:-]?\d|h\d|h\b)(?:%| [^\W\d_]+)?")
_WORDS_CHANGED = frozenset({EventKind.HEADLINE_CHANGED, EventKind.FIGURE_CHANGED, EventKind.TEXT_CHANGED})


def find_changes(session: Session, story: Story) -> tuple[Event, ...]:
    """What was told of the story's pages, the oldest first of each article."""
    found = events_of_articles(session, [member.item.number for member in story.members])
    return tuple(saved.value for events in found.values() for saved in events)


def find_edits(session: Session, story: Story, changes: Sequence[Event], atlas: Atlas) -> tuple[Edit, ...]:
    """Sentences of earlier versions that say another figure or place now; each once, as it was first read.

    Only articles of which a change was told are loaded again.
    """
    changed = {event.article for event in changes if event.kind in _WORDS_CHANGED}
    items = [member.item for member in story.members if member.item.number in changed]
    return tuple(edit for item in items for edit in _edits_of(session, item, atlas))


def _edits_of(session: Session, item: ReadArticle, atlas: Atlas) -> Iterator[Edit]:
    versions = versions_of(session, item.number)
    seen = next((v.article.fetched_at for v in versions if v.version == item.version), item.saved_at)
    earlier = [v.version for v in versions if v.version < item.version]
    told: set[str] = set()
    for version in earlier[-_MOST_VERSIONS:]:
        before = find_read_version(session, item.number, version)
        if before is None:  # captured, and replaced before anybody read it
            continue
        for field, spans, words in _differences(before, item, atlas):
            old, new = spans
            text = _text_of(before, field)[old.start : old.end]
            if text not in told:
                told.add(text)
                now = _text_of(item, field)[new.start : new.end]
                yield Edit(
                    item.number, version, before.article.title, field, text, old.start, old.end,
                    now, new.start, new.end, words, seen,
                )  # fmt: skip


def _differences(
    before: ReadArticle, now: ReadArticle, atlas: Atlas
) -> Iterator[tuple[str, tuple[Span, Span], tuple[tuple[str, str], ...]]]:
    """Field, the sentence then and now, and the words that were exchanged; of figures and places only."""
    change = compare(before.article, now.article)
    places = {of: (atlas.find_places(before, of), atlas.find_places(now, of)) for of in ("title", "text")}
    if change.headline is not None and change.headline.weight is Weight.PLAIN:
        words = (*_figures(change.headline.figures), *_moved(places["title"], atlas))
        if words:
            yield "title", _whole(change.headline), words
    for step in change.steps:
        if step.kind is StepKind.CHANGED and step.weight is Weight.PLAIN:
            numbers = _numbers(before.article.text, now.article.text, step)
            words = (*_figures(step.figures), *numbers, *_moved(_within(places["text"], step), atlas))
            if words:
                yield "text", (step.old, step.new), words


def _figures(figures: Sequence[FigureChange]) -> tuple[tuple[str, str], ...]:
    return tuple((f.before.text, f.after.text) for f in figures if f.before and f.after)


def _numbers(before: str, now: str, step: Step) -> tuple[tuple[str, str], ...]:
    """Numbers that are no figures, exchanged where no other word changed: "gấp 5 lần", "gấp 50 lần"."""
    old = [_NUMBER.match(before, mark.start) for mark in step.old_marks]
    new = [_NUMBER.match(now, mark.start) for mark in step.new_marks]
    if len(old) != len(new) or not all((*old, *new)):
        return ()
    if any(hit.end(1) != mark.end for hit, mark in zip(old, step.old_marks, strict=True) if hit):
        return ()
    known = [figure.before for figure in step.figures if figure.before]
    pairs = ((one, two) for one, two in zip(old, new, strict=True) if one and two)
    return tuple((a[0], b[0]) for a, b in pairs if not any(q.start <= a.start() < q.end for q in known))


def _within(places: tuple[list[Where], list[Where]], step: Step) -> tuple[list[Where], list[Where]]:
    old = [w for w in places[0] if step.old.start <= w.start and w.end <= step.old.end]
    new = [w for w in places[1] if step.new.start <= w.start and w.end <= step.new.end]
    return old, new


def _moved(places: tuple[list[Where], list[Where]], atlas: Atlas) -> tuple[tuple[str, str], ...]:
    """Places in the same order that cannot be one place."""
    old, new = places
    if len(old) != len(new):
        return ()
    return tuple((a.name, b.name) for a, b in zip(old, new, strict=True) if atlas.are_apart(a.unit, b.unit))


def _whole(headline: Headline) -> tuple[Span, Span]:
    return Span(0, len(headline.before)), Span(0, len(headline.after))


def _text_of(item: ReadArticle, field: str) -> str:
    return item.article.title if field == "title" else item.article.text

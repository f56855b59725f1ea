"""Two versions -> the events that tell of them: exact words before and after, and when they were seen. Pure.

An event says which words changed; never why, and never that anybody is at fault. It is no flag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp.changes.comparing import compare
from nlp.changes.values import Change, FigureChange, Step, StepKind, Weight
from store.articles import StoredArticle
from store.types import Article, Event, EventKind

SENTENCES = "{changed} sentences changed, {added} added, {removed} removed"
MOST_FIGURES = 12  # of one pair of versions; more is a table that was exchanged, told of as text
MOST_CHARACTERS = 2_000  # of the sentences quoted on each side


def events_between(old: StoredArticle, new: StoredArticle) -> tuple[Event, ...]:
    """Two versions of one article, the older first -> what is to be told, at most 14 events.

    No event comes of what we did ourselves: the same capture read anew, or the feed's words in the place of
    the page's. Where another method read the page, sentences that came or went are not told of either.
    """
    if not _are_set_side_by_side(old.article, new.article):
        return ()
    change = compare(old.article, new.article)
    is_same_method = old.article.extractor == new.article.extractor
    blank = Event(
        key="",
        kind=EventKind.TEXT_CHANGED,
        at=new.article.fetched_at,
        source=new.article.outlet,
        article=new.number,
        from_version=old.version,
        to_version=new.version,
    )
    found = [*_headline_events(change, blank), *_figure_events(change, new.article, blank)]
    if is_same_method:
        found += _text_events(change, old.article, new.article, blank)
    return tuple(replace(event, key=_key(event)) for event in found)


def _are_set_side_by_side(old: Article, new: Article) -> bool:
    same_capture = old.fetched_at == new.fetched_at or (
        old.snapshot_sha256 != "" and old.snapshot_sha256 == new.snapshot_sha256
    )
    return not same_capture and old.summary_only == new.summary_only


def _headline_events(change: Change, blank: Event) -> Iterator[Event]:
    if change.headline is not None and change.headline.weight is Weight.PLAIN:
        yield replace(
            blank,
            kind=EventKind.HEADLINE_CHANGED,
            before=change.headline.before,
            after=change.headline.after,
        )


def _figure_events(change: Change, new: Article, blank: Event) -> list[Event]:
    """One event for each figure, however often headline, lead and text repeat it; none for a whole table."""
    found: dict[tuple[str, str], Event] = {}
    for sentence, figure in _figures_of(change, new):
        before = figure.before.text if figure.before else ""
        after = figure.after.text if figure.after else ""
        event = replace(blank, kind=EventKind.FIGURE_CHANGED, before=before, after=after, detail=sentence)
        found.setdefault((before, after), event)
    return list(found.values()) if len(found) <= MOST_FIGURES else []


def _figures_of(change: Change, new: Article) -> Iterator[tuple[str, FigureChange]]:
    """Changed figures with the sentence they stand in now; the text's first, since it says most."""
    for text, steps in ((new.text, change.steps), (new.lead, change.lead)):
        for step in steps:
            if step.weight is Weight.PLAIN:
                yield from ((text[step.new.start : step.new.end], figure) for figure in step.figures)
    if change.headline is not None:
        yield from ((new.title, figure) for figure in change.headline.figures)


def _text_events(change: Change, old: Article, new: Article, blank: Event) -> Iterator[Event]:
    """One event for all sentences; the lead's only where the text does not hold them, too."""
    is_table = _count_figures(change) > MOST_FIGURES
    told = [step for step in change.steps if step.is_told or (is_table and step.weight is Weight.PLAIN)]
    texts = old.text, new.text
    if not told:
        told = [step for step in change.lead if step.is_told]
        texts = old.lead, new.lead
    if told:
        counts = {kind: sum(step.kind is kind for step in told) for kind in StepKind}
        yield replace(
            blank,
            before=_quoted(texts[0][step.old.start : step.old.end] for step in told),
            after=_quoted(texts[1][step.new.start : step.new.end] for step in told),
            detail=SENTENCES.format(
                changed=counts[StepKind.CHANGED],
                added=counts[StepKind.ADDED],
                removed=counts[StepKind.REMOVED],
            ),
        )


def _count_figures(change: Change) -> int:
    steps: Iterable[Step] = (*change.lead, *change.steps)
    return sum(len(step.figures) for step in steps if step.weight is Weight.PLAIN)


def _quoted(sentences: Iterable[str]) -> str:
    """Exact sentences, one a line, as many as there is room for; of an endless one its beginning."""
    found: list[str] = []
    room = MOST_CHARACTERS
    for sentence in filter(None, sentences):
        if len(sentence) > room:
            found += [sentence[:room]] if not found else []
            break
        found.append(sentence)
        room -= len(sentence) + 1
    return "\n".join(found)


def _key(event: Event) -> str:
    """The same for the same change of the same versions, however often it is found."""
    parts = (event.kind.value, str(event.article), str(event.to_version), event.before, event.after)
    return hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).hexdigest()[:24]

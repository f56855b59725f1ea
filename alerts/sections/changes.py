"""Section 8: pages that changed or went after they were captured. Pure.

What is said is which words stood there, which stand there now, and when each was seen; never why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from alerts.edition import Change, ChangedArticle
from alerts.material import DigestMaterial, SeenChange
from alerts.phrases import make_phrase
from alerts.quotes import count_words, find_quote
from alerts.sections.press import new_members
from alerts.sections.stories import hidden_topics, is_shown, make_citation
from store.types import EventKind

MOST_ARTICLES = 20  # in one mail; the desk has them all
MOST_OF_ARTICLE = 6  # things told of one article, the newest
WHAT = {
    EventKind.HEADLINE_CHANGED: make_phrase("headline changed"),
    EventKind.FIGURE_CHANGED: make_phrase("figure changed"),
    EventKind.TEXT_CHANGED: make_phrase("text changed"),
    EventKind.REMOVED: make_phrase("no longer at its address"),
    EventKind.RESTORED: make_phrase("at its address again"),
}
OF_EVERY_ARTICLE = frozenset(WHAT) - {EventKind.TEXT_CHANGED}  # of a text only where the article is flagged
_WITH_WORDS = frozenset([EventKind.HEADLINE_CHANGED, EventKind.FIGURE_CHANGED, EventKind.TEXT_CHANGED])


def quote(text: str, *, words: int) -> str:
    """The beginning of exact words, at most `words` of them, " […]" where there were more."""
    found = find_quote(text, words=words)
    is_cut = found.cut or count_words(found.text) < count_words(text)
    return f"{found.text} […]" if is_cut else found.text


def make_change(seen: SeenChange, *, words: int) -> Change:
    """An event of a page -> what is said of it, with at most `words` words of each quotation."""
    event = seen.event.value
    change = Change(WHAT[event.kind], event.at, seen.before_at)
    if event.kind is EventKind.RESTORED:  # the capture before is of the page that went, not of its absence
        return replace(change, before_at=None, detail=event.detail)
    if event.kind not in _WITH_WORDS:
        return replace(change, detail=event.detail)
    if event.kind is EventKind.TEXT_CHANGED:
        before, after = quote(event.before, words=words), quote(event.after, words=words)
        return replace(change, before=before, after=after, detail=event.detail, has_words=True)
    sentence = quote(event.detail, words=words)  # of a figure; a headline has none
    return replace(change, before=event.before, after=event.after, sentence=sentence, has_words=True)


def _fold(rows: Sequence[SeenChange], *, words: int) -> ChangedArticle:
    """What happened to one article, in its order; a sentence with several new figures is quoted once."""
    ordered = sorted(rows, key=lambda row: (row.event.value.at, row.event.number))
    told: list[Change] = []
    for row in ordered[-MOST_OF_ARTICLE:]:
        change = make_change(row, words=words)
        is_told = any(change.sentence == earlier.sentence for earlier in told)
        told.append(replace(change, sentence="") if is_told else change)
    return ChangedArticle(make_citation(rows[0].item), tuple(told), len(ordered) - len(told))


def fold_changes(
    changes: Iterable[SeenChange], *, flagged: Collection[int], words: int
) -> tuple[tuple[ChangedArticle, ...], int]:
    """Changes -> one entry for each article, and how many more articles there are than are listed.

    Articles with a flag come first, then pages that went, then what was seen last.

    Args:
        changes: of articles that are to be told of.
        flagged: numbers of the articles that have a flag.
        words: most words of one quotation (rules.quotation_words).

    """
    rows: dict[int, list[SeenChange]] = defaultdict(list)
    for change in changes:
        if change.event.value.kind in OF_EVERY_ARTICLE or change.item.number in flagged:
            rows[change.item.number].append(change)

    def order(found: list[SeenChange]) -> tuple[bool, bool, float, int]:
        is_gone = any(row.event.value.kind is EventKind.REMOVED for row in found)
        newest = max(row.event.value.at for row in found)
        number = found[0].item.number
        return (number not in flagged, not is_gone, -newest.timestamp(), number)

    groups = sorted(rows.values(), key=order)
    return tuple(_fold(group, words=words) for group in groups[:MOST_ARTICLES]), len(groups[MOST_ARTICLES:])


def compose_changes(material: DigestMaterial) -> tuple[tuple[ChangedArticle, ...], int]:
    """The changed articles that are about the province or in a story that the digest shows."""
    hidden = hidden_topics(material.office.topics)
    shown = {
        member.item.number
        for story in material.stories
        if new_members(story, material)
        for member in story.members
    }
    return fold_changes(
        (
            change
            for change in material.changes
            if material.is_new(change.event.saved_at)
            and (change.item.number in shown or is_shown(change.item, hidden))
        ),
        flagged={flag.item.number for flag in material.flags},
        words=material.office.rules.quotation_words,
    )

"""What came of looking at a captured page again, and what is to be told of it: removed, and back again.

1 an answer becomes a look (pure) · 2 the look is set beside the ones before · 3 a page that is gone twice, at
least ten minutes apart, was removed; told once. A host that gives no page at all has removed nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from crawler import words
from crawler.looks.gone import FOR_GOOD, find_gone
from crawler.plan import PageTask
from crawler.wire.answers import NOT_ASKED, Answer, NoAnswer, status_words
from store.articles import find_article
from store.events import save_event
from store.looks import Look, LookOutcome, LookState, count_looks, find_look, save_look, state_after
from store.types import Event, EventKind
from store.watched import articles_at

CONFIRM_AFTER = timedelta(minutes=10)
_LATELY = timedelta(hours=24)
_MOST_GONE = 5  # pages of a source gone while none is there: its address changed, or its server is broken


def look_from(task: PageTask, answer: Answer | NoAnswer, *, at: datetime) -> Look | None:
    """What an answer says of a page captured before; None when nobody asked."""
    if isinstance(answer, NoAnswer):
        if answer.trouble in NOT_ASKED:
            return None
        return Look(task.url, task.source, at, LookOutcome.FAILED, answer.words)
    if answer.status == 304 and (task.etag or task.last_modified):
        return Look(task.url, task.source, at, LookOutcome.UNCHANGED)
    if why := find_gone(task.url, answer):
        return Look(task.url, task.source, at, LookOutcome.GONE, why, for_good=answer.status == FOR_GOOD)
    if answer.status != 200:
        why = words.UNASKED_304 if answer.status == 304 else status_words(answer, at)
        return Look(task.url, task.source, at, LookOutcome.FAILED, why)
    is_same = bool(task.sha256) and sha256(answer.body).hexdigest() == task.sha256
    return Look(task.url, task.source, at, LookOutcome.UNCHANGED if is_same else LookOutcome.RECEIVED)


def note_look(session: Session, look: Look) -> None:
    """Remember a look and tell what follows from it, in the caller's transaction; again, nothing new."""
    before = find_look(session, look.url)
    after = state_after(before, look)
    event = _event_of(session, before, after, look)
    if event is not None:
        save_event(session, event, now=look.at)
        after = replace(after, is_removed=event.kind is EventKind.REMOVED)
    save_look(session, after)


def is_confirmed(after: LookState, look: Look) -> bool:
    """Whether a page that is gone was gone ten minutes ago, too, or the outlet says that it is for good."""
    if look.outcome is not LookOutcome.GONE or after.gone_at is None:
        return False
    return look.for_good or look.at - after.gone_at >= CONFIRM_AFTER


def _event_of(session: Session, before: LookState | None, after: LookState, look: Look) -> Event | None:
    was_removed = before is not None and before.is_removed
    if was_removed == (after.gone_at is not None):
        return None  # gone as before, or there as before
    if not was_removed and not (is_confirmed(after, look) and _is_the_page_alone(session, look)):
        return None
    number = articles_at(session, [look.url]).get(look.url)
    stored = find_article(session, number) if number else None
    if stored is None:
        return None
    since = after.gone_at or (before.gone_at if before else None) or look.at
    kind = EventKind.RESTORED if was_removed else EventKind.REMOVED
    return Event(
        key=f"{kind.value} {stored.number} {since.isoformat()}",
        kind=kind,
        at=look.at if was_removed else since,
        source=stored.article.outlet,
        article=stored.number,
        from_version=stored.version,
        to_version=stored.version,
        before="" if was_removed else stored.article.title,
        after=stored.article.title if was_removed else "",
        detail="" if was_removed else after.gone_why,
    )


def _is_the_page_alone(session: Session, look: Look) -> bool:
    """Whether other pages of the source are there: when all are gone at once, it is the host."""
    gone, there = count_looks(session, look.source, now=look.at, within=_LATELY)
    return look.for_good or there > 0 or gone < _MOST_GONE

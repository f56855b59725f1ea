"""What is remembered of a feed after a look at it. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from crawler import words
from crawler.courtesy import schedule
from crawler.wire.answers import Answer, NoAnswer, status_outcome, status_words
from store.types import FeedAsks, FeedOutcome, FeedState

GOOD = {FeedOutcome.OK, FeedOutcome.UNCHANGED}


def looked(state: FeedState, outcome: FeedOutcome, detail: str, *, at: datetime) -> FeedState:
    """The state after a look. Validators stay as they were; failures in a row are counted."""
    good = outcome in GOOD
    return replace(
        state,
        outcome=outcome,
        detail=detail,
        checked_at=at,
        succeeded_at=at if good else state.succeeded_at,
        failures=0 if good else state.failures + 1,
    )


def without_validators(state: FeedState) -> FeedState:
    """As long as pages of the feed are missing, the next run must get the whole feed again."""
    return replace(state, etag="", last_modified="", body_sha256="")


def with_validators(state: FeedState, answer: Answer) -> FeedState:
    """Remember what lets the next run ask only for changes."""
    return replace(
        state,
        etag=answer.header("etag")[:500],
        last_modified=answer.header("last-modified")[:100],
        body_sha256=sha256(answer.body).hexdigest(),
    )


def with_yield(state: FeedState, before: FeedState, wanted: int, asks: FeedAsks) -> FeedState:
    """Count a look's new entries, and remember what the feed asks for.

    Pages that the look before left are wanted again: they are no new yield.
    """
    assert state.checked_at is not None
    left = before.succeeded_at is not None and not before.body_sha256
    counted = schedule.with_yield(before, 0 if left else wanted, at=state.checked_at)
    return replace(state, yields=counted.yields, asks=asks)


def conditions(etag: str, last_modified: str) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1)."""
    found = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in found.items() if value}


def without_news(state: FeedState, answer: Answer | NoAnswer, *, at: datetime) -> FeedState | None:
    """The state after an answer that needs no reading; None when there is a body to read."""
    if isinstance(answer, NoAnswer):
        return looked(state, answer.trouble.outcome, answer.words, at=at)
    if answer.status == 304 and not _is_conditional(answer):
        return without_validators(looked(state, FeedOutcome.FAILED, words.UNASKED_304, at=at))
    if answer.status == 304:
        state = schedule.with_yield(state, 0, at=at)
        return looked(state, FeedOutcome.UNCHANGED, words.NOTHING_NEW, at=at)
    if answer.status != 200:
        return looked(state, status_outcome(answer.status), status_words(answer, at), at=at)
    if state.body_sha256 and state.body_sha256 == sha256(answer.body).hexdigest():
        state = schedule.with_yield(state, 0, at=at)
        return with_validators(looked(state, FeedOutcome.UNCHANGED, words.SAME_CONTENT, at=at), answer)
    return None


def _is_conditional(answer: Answer) -> bool:
    """Whether we asked for changes only; where our headers are not known, a 304 is taken for an answer."""
    asked = {name.lower() for name, _ in answer.asked_with}
    return not asked or bool(asked & {"if-none-match", "if-modified-since"})

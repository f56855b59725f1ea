"""Notices as signed JSON to a program of the office."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from alerts.channels.channel import ChannelError
from alerts.channels.reference import make_reference
from alerts.channels.webhook.place import ForbiddenPlaceError, Guard, place_from
from alerts.channels.webhook.post import Reply, post
from alerts.channels.webhook.signature import WeakKeyError, key_from, sign
from store.types import Notice

VERSION = 1  # of the body's form, docs/channels.md
_LONGEST_PAUSE = timedelta(hours=1)
_OF_THE_TEXT = frozenset({400, 406, 413, 415, 422})  # the receiver will not take this one
_LATER = frozenset({408, 409, 425, 429})  # RFC 9110; 409: it is still busy with the first attempt


def make_body(notice: Notice) -> bytes:
    """A notice -> JSON in UTF-8; the same notice always gives the same bytes."""
    facts = {
        "type": "diembao.notice",
        "version": VERSION,
        "id": make_reference(notice),
        "recipient": notice.recipient,
        "subject": notice.subject,
        "text": notice.text,
        "html": notice.html,
        "reason": notice.reason,
        "made_at": notice.created_at.isoformat(),
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """One receiver. `secret` is what it checks our signature with."""

    id: str
    url: str
    secret: str = field(repr=False)
    guard: Guard
    clock: Callable[[], datetime]
    timeout_seconds: float = 15.0

    def send(self, notice: Notice, number: int) -> None:  # noqa: ARG002  every channel is handed the number
        """Post a notice.

        Raises:
            ChannelError: permanent where the receiver refuses this notice (400, 413, 422 …); temporary on 5xx
                and 429; of the whole channel where it refuses us, moved away, or stands where nothing is
                posted to. Where no answer came, nobody can tell: the next try has the same Idempotency-Key.

        """
        body = make_body(notice)
        try:
            key = key_from(self.secret)
            place = place_from(self.url)
            address = self.guard.choose(place)
            headers = sign(key, reference=make_reference(notice), at=self.clock(), body=body)
            reply = post(place, address, headers=_HEADERS | headers, body=body, seconds=self.timeout_seconds)
        except (WeakKeyError, ForbiddenPlaceError) as error:
            words = f"the webhook {self.id}: {error}"
            raise ChannelError(permanent=False, words=words, is_whole=True) from error
        except (OSError, http.client.HTTPException) as error:
            words = f"no answer from the webhook {self.id}: {type(error).__name__}; tried again later"
            raise ChannelError(permanent=False, words=words, is_whole=True, is_unsure=True) from error
        fault = explain(reply, self.id, now=self.clock())
        if fault is not None:
            raise fault

    def check(self) -> None:
        """Judge key and place; nothing is posted.

        Raises:
            ChannelError: in the words that sending would fail with.

        """
        try:
            key_from(self.secret)
            self.guard.choose(place_from(self.url))
        except (WeakKeyError, ForbiddenPlaceError) as error:
            raise ChannelError(permanent=False, words=str(error), is_whole=True) from error
        except OSError as error:
            words = f"the name leads nowhere ({type(error).__name__})"
            raise ChannelError(permanent=False, words=words, is_whole=True) from error


_HEADERS = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "DiemBao/0.1", "Accept": "*/*"}


def explain(reply: Reply, name: str, *, now: datetime) -> ChannelError | None:
    """An answer -> what becomes of the notice; None where it was taken. Pure."""
    status = reply.status
    if 200 <= status < 300:
        return None
    said = f"the webhook {name} answered {status}"
    if 300 <= status < 400:
        words = f"{said}: it has moved, and no redirect is followed; correct its address in channels.yaml"
        return ChannelError(permanent=False, words=words, is_whole=True)
    if status in _OF_THE_TEXT:
        return ChannelError(permanent=True, words=f"{said}: it does not take this notice")
    if status in _LATER or status >= 500:
        pause = _pause_from(reply.retry_after, now=now)
        is_whole = pause is not None or status in (429, 503)
        return ChannelError(
            permanent=False, words=f"{said}; tried again later", is_whole=is_whole, pause=pause
        )
    words = f"{said}: it does not take notices from us; correct its address or the key"
    return ChannelError(permanent=False, words=words, is_whole=True)


def _pause_from(text: str, *, now: datetime) -> timedelta | None:
    """How long a Retry-After asks us to wait (RFC 9110 10.2.3), at most an hour; None where it does not."""
    if text.isascii() and text.isdigit() and len(text) < 9:
        return min(timedelta(seconds=int(text)), _LONGEST_PAUSE)
    try:
        pause = parsedate_to_datetime(text) - now
    except (TypeError, ValueError):  # no date, or one without a zone
        return None
    return min(max(pause, timedelta()), _LONGEST_PAUSE)

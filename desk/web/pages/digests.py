"""The digests that went out: a month of editions, and one edition with its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.responses import Response

from alerts.notices import EDITIONS
from desk.web.answers import NotFoundError, answer_page
from desk.web.times import LOCAL_ZONE
from desk.web.visit import Visit
from store.editions import Edition, EditionName, find_letter, letters_of, list_editions, neighbours
from store.notices import OutboxRow
from store.types import NoticeState

KINDS = {"digest": "Of the day", "digest-week": "Of the week", "digest-month": "Of the month"}


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the office, and the addresses of its neighbours; "" for one that is to come."""

    first: date
    previous: str
    next: str


def show_digests(visit: Visit) -> Response:
    """GET /digests: the editions of a month, `?month=2026-11`, the newest first."""
    today = visit.now.astimezone(LOCAL_ZONE).date()
    first = _month_from(visit.request.query_params.get("month", ""), today)
    after = _next_month(first)
    with visit.desk.given.sessions() as session:
        editions = list_editions(session, start=_midnight(first), end=_midnight(after))
    month = Month(
        first=first,
        previous=_address((first - timedelta(days=1)).replace(day=1)),
        next=_address(after) if after <= today else "",
    )
    return answer_page(
        visit,
        "digests.html",
        editions=editions,
        month=month,
        kinds=KINDS,
        names_of=EDITIONS,
        address_of=address_of,
    )


def show_edition(visit: Visit) -> Response:
    """GET /digests/{kind}/{edition}/{day}: its letters, and one of them as it was sent (`?letter=NUMBER`).

    Raises:
        NotFoundError: when there was no such edition.

    """
    name = _name_from(visit.request.path_params)
    with visit.desk.given.sessions() as session:
        letters = letters_of(session, name)
        before, after = neighbours(session, name)
    if not letters:
        raise NotFoundError
    wanted = visit.request.query_params.get("letter", "")
    shown = next((letter for letter in letters if str(letter.number) == wanted), letters[0])
    people = {one.id: one.name for one in visit.desk.given.configuration.rules.recipients}
    return answer_page(
        visit,
        "edition.html",
        edition=_summary(name, letters),
        letters=letters,
        shown=shown,
        people=people,
        before=before,
        after=after,
        kinds=KINDS,
        names_of=EDITIONS,
        address_of=address_of,
    )


def show_letter(visit: Visit) -> Response:
    """GET /digests/letter/{number}: a letter as it was sent, for the frame on the edition's page.

    Raises:
        NotFoundError: when no letter of a digest has that number.

    """
    with visit.desk.given.sessions() as session:
        letter = find_letter(session, int(visit.request.path_params["number"]))
    if letter is None:
        raise NotFoundError
    # a link of a letter leaves the frame
    html = letter.notice.html.replace("<head>", '<head>\n<base target="_blank">', 1)
    return Response(html, media_type="text/html; charset=utf-8")


def address_of(name: EditionName) -> str:
    """Where an edition stands at the desk."""
    return f"/digests/{name.kind}/{name.edition}/{name.day.isoformat()}"


def _summary(name: EditionName, letters: Sequence[OutboxRow]) -> Edition:
    states = Counter(letter.state for letter in letters)
    return Edition(
        name=name,
        made_at=min(letter.notice.created_at for letter in letters),
        letters=len(letters),
        sent=states[NoticeState.SENT],
        failed=states[NoticeState.FAILED],
        perhaps_sent=sum(letter.perhaps_sent for letter in letters),
    )


def _name_from(given: Mapping[str, str]) -> EditionName:
    if given["kind"] not in KINDS or given["edition"] not in EDITIONS:
        raise NotFoundError
    try:
        return EditionName(date.fromisoformat(given["day"]), given["kind"], given["edition"])
    except ValueError:
        raise NotFoundError from None


def _month_from(text: str, today: date) -> date:
    """`2026-11` -> its first day; this month for everything that is no month, or is to come."""
    try:
        wanted = date.fromisoformat(f"{text}-01")
    except ValueError:
        wanted = today
    return min(wanted, today).replace(day=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE)


def _address(first: date) -> str:
    return f"/digests?month={first:%Y-%m}"

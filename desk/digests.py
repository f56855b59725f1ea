"""A digest made to be looked at: what a recipient would get now. Nothing is put into the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.digest import compose
from alerts.edition import Digest
from alerts.notices import material_for
from alerts.run import find_material, find_period, office_from
from alerts.spans import Span
from desk.excerpts import CHOOSERS
from desk.house import House
from store.types import Recipient


class UnknownRecipientError(LookupError):
    """The configuration names no recipient of that id; `ids` are those it names."""

    def __init__(self, name: str, ids: tuple[str, ...]) -> None:
        super().__init__(f"no recipient {name} among {', '.join(ids)}")
        self.name, self.ids = name, ids


def find_recipient(house: House, name: str) -> Recipient:
    """The recipient of rules.yaml with an id; the first of all for "".

    Raises:
        UnknownRecipientError: nobody has that id; says which there are.

    """
    recipients = house.configuration.rules.recipients
    found = next((one for one in recipients if name in ("", one.id)), None)
    if found is None:
        raise UnknownRecipientError(name, tuple(one.id for one in recipients))
    return found


def preview_digest(
    house: House, session: Session, *, span: Span, recipient: Recipient, now: datetime
) -> Digest:
    """The digest of the day, week or month that is due last at `now` (UTC), as a recipient would get it."""
    office = office_from(house.configuration)
    period = find_period(session, office, now=now, span=span)
    material = replace(find_material(session, office, period, choosers=CHOOSERS), made_at=now)
    return compose(material_for(recipient, material), edition=recipient.edition)

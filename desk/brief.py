"""One briefing pack (DOCX): the stories that were chosen, or those that most need an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.briefing import compose
from alerts.render.pack import render
from alerts.run import find_pack_material
from desk.excerpts import CHOOSERS
from desk.house import House
from desk.words import words_of

PERIOD = timedelta(days=7)


def make_pack(house: House, session: Session, story_ids: Sequence[str], *, now: datetime) -> bytes:
    """Story ids (none: the stories of the last seven days that most need an answer) -> the pack as DOCX."""
    material = find_pack_material(
        session,
        house.configuration,
        story_ids=tuple(story_ids),
        start=now - PERIOD,
        end=now,
        choosers=CHOOSERS,
    )
    return render(compose(material), words_of(house.settings.language))

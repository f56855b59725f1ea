"""rules.yaml: how often a recipient is written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.load import load

PERSON = (
    "sender: a@b.example\ndeadlines: []\nrecipients:\n  - {{id: a, name: A, email: a@b.example{every}}}\n"
)


@pytest.mark.parametrize(
    ("every", "spans"),
    [
        ("", ("day",)),
        (", every: [week]", ("week",)),
        (", every: [month, day]", ("day", "month")),
    ],
    ids=["nothing said", "the week's alone", "in any order"],
)
def test_a_recipient_says_how_often(
    write_folder: Callable[[dict[str, Any]], Path], every: str, spans: tuple[str, ...]
) -> None:
    folder = write_folder({"rules.yaml": PERSON.format(every=every)})
    assert load(folder).rules.recipients[0].every == spans


@pytest.mark.parametrize(
    ("every", "said"),
    [
        (", every: [year]", "choose from day, week, month"),
        (", every: []", "choose from day, week, month"),
        (", every: [day, day]", "the same text stands already"),
    ],
    ids=["another word", "never", "twice"],
)
def test_how_often_is_told_where_it_cannot_be_read(
    faults_of: Callable[[dict[str, Any]], Any], every: str, said: str
) -> None:
    faults = faults_of({"rules.yaml": PERSON.format(every=every)})
    assert any(said in str(fault) for fault in faults)

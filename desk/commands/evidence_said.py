"""Documents, passages and what came of adding them, printed."""

from __future__ import annotations

import sys
from datetime import date

from desk.library import OFFICE, Outcome
from desk.library_words import KINDS, say_contradiction, say_day, say_note, say_place, say_state
from desk.words import t
from store.library.search import Hit
from store.types import KeptDocument, KeptPassage


def say_outcome(outcome: Outcome) -> None:
    """What came of adding one; what was not taken on standard error."""
    if outcome.why is not None:
        do = f" {say_note(outcome.do, t)}" if outcome.do else ""
        words = t("{what}: not taken: {reason}").format(what=outcome.what, reason=say_note(outcome.why, t))
        print(f"{words}{do}", file=sys.stderr)
        for note in outcome.notes:
            print(f"  ! {say_note(note, t)}", file=sys.stderr)
        return
    words = t("{what}: kho:{number}, {count} passages: {title}") if outcome.is_new else t(
        "{what}: in the library already as kho:{number}, nothing changed: {title}"
    )  # fmt: skip
    print(words.format(what=outcome.what, number=outcome.number, count=outcome.passages, title=outcome.title))
    for note in outcome.notes:
        print(f"  ! {say_note(note, t)}")
    for found in outcome.contradictions:
        print(f"  ≠ {say_contradiction(found, t)}")


def say_document(kept: KeptDocument, today: date) -> None:
    """All that is known of a document, without its passages."""
    said = kept.document
    print(document_line(kept, today))
    if said.url:
        print(f"  {said.url}")
    print(f"  {said.name} · SHA-256 {said.sha256} · {t('unchanged since it was added')}")
    day = f"{kept.added_at.astimezone(OFFICE):%d/%m/%Y}"
    print("  " + t("added by {name} on {day}").format(name=said.added_by, day=day))
    for note in said.notes:
        print(f"  ! {say_note(note, t)}")


def say_passage(kept: KeptPassage) -> None:
    """A passage with its id and place."""
    print(f"\n[{kept.id}] {say_place(kept, t)}\n{kept.passage.text}")


def say_hit(hit: Hit, today: date) -> None:
    """A passage that was found, with its document."""
    said = hit.document.document
    state = say_state(hit.document, today, t)
    parts = [said.title, said.publisher, say_day(said.published, t), say_place(hit.passage, t), state]
    print(f"[{hit.passage.id}] {' · '.join(part for part in parts if part)}")
    print(f"    {hit.passage.passage.text}\n")


def document_line(kept: KeptDocument, today: date) -> str:
    """A document in one line."""
    said = kept.document
    parts = [
        said.title,
        said.publisher,
        say_day(said.published, t),
        t(KINDS[said.kind]),
        say_state(kept, today, t),
    ]
    return f"{kept.id}  {' · '.join(part for part in parts if part)}"

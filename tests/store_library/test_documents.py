"""Documents of the library: added once, audited, superseded, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from store.archive import Archive
from store.audit import first_broken, list_entries
from store.database import Sessions
from store.errors import LibraryError
from store.library.documents import (
    Kept,
    find_by_hash,
    find_document,
    list_documents,
    passages_of,
    restore,
    supersede,
)
from store.types import DocumentPassage, Figure, ImpossibleValueError, KeptDocument, LibraryDocument, Note

Keep = Callable[..., Kept]


def test_a_document_comes_back_as_it_was_added(sessions: Sessions, keep: Keep) -> None:
    notes = (Note("Pages without text (pictures?): {pages}.", (("pages", "3"),)),)
    kept = keep("Một câu.", published=date(2026, 3, 1), valid_until=date(2026, 12, 31), notes=notes)
    with sessions() as session:
        found = find_document(session, kept.number)
    assert found is not None
    assert (found.document.published, found.document.valid_until) == (date(2026, 3, 1), date(2026, 12, 31))
    assert (found.document.notes, found.passages, found.id) == (notes, 1, f"kho:{kept.number}")


def test_the_bytes_are_kept_byte_for_byte_under_their_hash(
    sessions: Sessions, archive: Archive, keep: Keep
) -> None:
    body = b"\x00\xff PDF \r\n"
    kept = keep("Một câu.", body=body)
    with sessions() as session:
        found = find_document(session, kept.number)
    assert found is not None
    assert archive.body(found.document.sha256) == body


def test_the_same_bytes_are_one_document_and_one_entry_in_the_log(sessions: Sessions, keep: Keep) -> None:
    first, second = keep("Một câu."), keep("Một câu.", title="Tên khác")
    with sessions() as session:
        entries = list_entries(session, limit=10)
        documents = list_documents(session)
    assert (first.is_new, second.is_new, second.number) == (True, False, first.number)
    assert (len(entries), len(documents), documents[0].document.title) == (1, 1, "Báo cáo thử")


def test_who_added_it_stands_in_the_log(sessions: Sessions, keep: Keep) -> None:
    kept = keep("Một câu.")
    with sessions() as session:
        entry = list_entries(session, limit=1)[0]
        assert first_broken(session) is None
    assert (entry.actor, entry.act, entry.subject) == ("lan", "add evidence", f"kho:{kept.number}")


def test_nobody_adds_without_a_name() -> None:
    with pytest.raises(ImpossibleValueError, match="who added it"):
        LibraryDocument(title="x", name="x", format="txt", sha256="0", added_by=" ")


def test_offsets_point_into_the_documents_text(sessions: Sessions, keep: Keep) -> None:
    kept = keep("Câu thứ nhất.", DocumentPassage("Câu thứ hai.", page=2), "Câu thứ ba.")
    with sessions() as session:
        passages = passages_of(session, kept.number)
    text = "\n".join(p.passage.text for p in passages)
    assert [text[p.start : p.start + len(p.passage.text)] for p in passages] == [
        p.passage.text for p in passages
    ]
    assert [(p.ordinal, p.passage.page) for p in passages] == [(1, 1), (2, 2), (3, 1)]
    assert passages[1].id == f"kho:{kept.number}#2"


def test_a_superseded_document_stays_marked_and_dated(sessions: Sessions, keep: Keep, now: datetime) -> None:
    old, new = keep("Dân số 3.560.000 người."), keep("Dân số 3.583.693 người.")
    with sessions.begin() as session:
        supersede(session, old.number, new.number, by="lan", now=now)
    with sessions() as session:
        found = find_document(session, old.number)
        entry = list_entries(session, limit=1)[0]
        assert len(passages_of(session, old.number)) == 1
    assert found is not None
    assert (found.superseded_by, found.superseded_at) == (new.number, now)
    assert not found.is_standing(now.date())
    assert (entry.act, entry.detail) == ("supersede evidence", f"by kho:{new.number}")


def test_what_was_superseded_by_mistake_stands_again(sessions: Sessions, keep: Keep, now: datetime) -> None:
    old, new = keep("Một."), keep("Hai.")
    with sessions.begin() as session:
        supersede(session, old.number, new.number, by="lan", now=now)
        restore(session, old.number, by="lan", now=now)
    with sessions() as session:
        found = find_document(session, old.number)
    assert found is not None
    assert (found.superseded_by, found.superseded_at) == (0, None)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(1, 1)], "itself"),
        ([(1, 9)], "no document kho:9"),
        ([(9, 1)], "no document kho:9"),
        ([(1, 2), (1, 3)], "superseded by kho:2 already"),
        ([(1, 2), (2, 1)], "itself"),
        ([(1, 2), (2, 3), (3, 1)], "itself"),
    ],
    ids=["itself", "by nothing", "nothing", "twice", "in a circle of two", "in a circle of three"],
)
def test_what_cannot_be_superseded_is_refused(
    sessions: Sessions, keep: Keep, now: datetime, pairs: list[tuple[int, int]], said: str
) -> None:
    for text in ("Một.", "Hai.", "Ba."):
        keep(text)
    with sessions.begin() as session:
        for old, new in pairs[:-1]:
            supersede(session, old, new, by="lan", now=now)
        with pytest.raises(LibraryError, match=said):
            supersede(session, *pairs[-1], by="lan", now=now)


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, True),
        ({"valid_from": date(2026, 11, 24)}, False),
        ({"valid_from": date(2026, 11, 23), "valid_until": date(2026, 11, 23)}, True),
        ({"valid_until": date(2026, 11, 22)}, False),
    ],
    ids=["no bounds", "not yet", "on its only day", "no longer"],
)
def test_a_document_stands_within_its_validity(now: datetime, changes: dict[str, date], stands: bool) -> None:
    document = LibraryDocument(title="x", name="x", format="txt", sha256="0", added_by="lan", **changes)
    assert KeptDocument(1, now, document, 0).is_standing(date(2026, 11, 23)) is stands


def test_the_end_of_validity_cannot_come_before_its_beginning() -> None:
    with pytest.raises(ImpossibleValueError, match="end before"):
        LibraryDocument(
            title="x", name="x", format="txt", sha256="0", added_by="lan",
            valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1),
        )  # fmt: skip


def figure(value: str, subject: str = "Dân số | 2025") -> DocumentPassage:
    return DocumentPassage(f"{subject}: {value}", figures=(Figure(subject, value),))


def test_another_number_for_the_same_thing_is_told(keep: Keep) -> None:
    first = keep(figure("3.583.693 người"), title="Niên giám")
    second = keep(figure("3.600.000 người", "dân số, 2025"))
    assert [(c.here, c.there, c.there_id, c.there_title) for c in second.contradictions] == [
        ("3.600.000 người", "3.583.693 người", f"kho:{first.number}#1", "Niên giám")
    ]


def test_another_number_in_the_same_document_is_told_once(keep: Keep) -> None:
    kept = keep(figure("1.000 người"), figure("2.000 người"))
    assert [(c.here, c.there) for c in kept.contradictions] == [("1.000 người", "2.000 người")]


@pytest.mark.parametrize(
    "other",
    [
        figure("3.583.693 NGƯỜI"),
        figure("3583693"),
        figure("35 %"),
        figure("900 hộ"),
        figure("9 người", "Dân số | 2024"),
        figure("9", "2025"),
    ],
    ids=["same", "same, written otherwise", "a share", "another unit", "another year", "too little is said"],
)
def test_what_does_not_contradict_is_not_told(keep: Keep, other: DocumentPassage) -> None:
    keep(figure("3.583.693 người"))
    assert keep(other).contradictions == ()


def test_a_superseded_number_contradicts_nobody(sessions: Sessions, keep: Keep, now: datetime) -> None:
    old, new = keep(figure("3.560.000 người")), keep(figure("3.583.693 người"))
    with sessions.begin() as session:
        supersede(session, old.number, new.number, by="lan", now=now)
    third = keep(figure("3.600.000 người"))
    assert [c.there_id for c in third.contradictions] == [f"kho:{new.number}#1"]


def test_a_document_is_found_by_its_hash(sessions: Sessions, keep: Keep) -> None:
    kept = keep("Một câu.")
    with sessions() as session:
        documents = list_documents(session)
        found = find_by_hash(session, documents[0].document.sha256)
        assert find_by_hash(session, "0" * 64) is None
    assert found is not None
    assert found.number == kept.number

"""Every way in which somebody could change the evidence, and the first thing that verifying names."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import store.archive
from store import audit
from store.archive import Archive, Place
from store.articles import save_article, save_snapshot
from store.database import Sessions
from store.evidence import Report, verify_archive
from store.page_evidence import verify_page
from store.vouching import ACT, find_heads
from store.warc.chain import FIRST, Link, make_link, read_line
from store.warc.faults import FaultKind
from store.warc.members import read_member
from store.warc.records import make_id, make_response

DAYS = ("2026-11-20", "2026-11-21", "2026-11-22")


@dataclass
class Bench:
    """Three days with a capture of two pages each: lines are head, a, b."""

    archive: Archive
    sessions: Sessions
    make: Any

    def warc(self, day: int) -> Path:
        return self.archive.daily.folder / f"2026/11/{DAYS[day]}.warc.gz"

    def chain(self, day: int) -> Path:
        return self.archive.daily.folder / f"2026/11/{DAYS[day]}.chain.jsonl"

    def lines(self, day: int) -> list[bytes]:
        return self.chain(day).read_bytes().splitlines(keepends=True)

    def put(self, day: int, lines: list[bytes]) -> None:
        self.chain(day).write_bytes(b"".join(lines))

    def verify(self, day: str = "") -> Report:
        with self.sessions() as session:
            return verify_archive(session, self.archive, day=day, progress=lambda *_: None)

    def run(self, statement: str, **values: object) -> None:
        with self.sessions.begin() as session:
            session.execute(text(statement), values)


@pytest.fixture
def bench(sessions: Sessions, tmp_path: Path, make: Any) -> Bench:
    now = [datetime.fromisoformat(f"{DAYS[0]}T12:00:00+00:00")]
    archive = Archive(tmp_path / "kept", lambda: now[0])
    for number, _ in enumerate(DAYS):
        bodies = {"a": f"<p>a{number}</p>" * 9, "b": "".join(f"<p>b{number}{n * n}</p>" for n in range(99))}
        snapshots = [make.snapshot(name, body.encode(), fetched_at=now[0]) for name, body in bodies.items()]
        places = archive.keep_all(snapshots)
        with sessions.begin() as session:
            for snapshot, place in zip(snapshots, places, strict=True):
                save_snapshot(session, archive, snapshot, now=now[0], place=place)
        now[0] += timedelta(days=1)
    return Bench(archive, sessions, make)


def change_byte(bench: Bench) -> None:
    link = read_line(bench.lines(1)[1])
    packed = bytearray(bench.warc(1).read_bytes())
    packed[link.offset + 30] ^= 1
    bench.warc(1).write_bytes(packed)


def delete_record(bench: Bench) -> None:
    link = read_line(bench.lines(1)[1])
    packed = bench.warc(1).read_bytes()
    bench.warc(1).write_bytes(packed[: link.offset] + packed[link.end :])


def delete_last_record(bench: Bench) -> None:
    link = read_line(bench.lines(1)[2])
    bench.warc(1).write_bytes(bench.warc(1).read_bytes()[: link.offset])


def delete_line(bench: Bench) -> None:
    lines = bench.lines(1)
    bench.put(1, [lines[0], lines[2]])


def delete_first_line(bench: Bench) -> None:
    bench.put(1, bench.lines(1)[1:])


def delete_last_lines(bench: Bench) -> None:
    bench.put(1, bench.lines(1)[:1])


def swap_lines(bench: Bench) -> None:
    lines = bench.lines(1)
    bench.put(1, [lines[0], lines[2], lines[1]])


def edit_line(bench: Bench) -> None:
    lines = bench.lines(1)
    bench.put(1, [lines[0], lines[1].replace(b"/a", b"/x"), lines[2]])


def edit_line_and_its_hash(bench: Bench) -> None:
    lines = bench.lines(1)
    link = asdict(read_line(lines[1])) | {"kept": "2026-01-01T00:00:00.000000Z"}
    del link["hash"]
    bench.put(1, [lines[0], make_link(**link).line, lines[2]])


def replace_warc_of_day(bench: Bench) -> None:
    shutil.copy(bench.warc(0), bench.warc(1))


def replace_both_of_day(bench: Bench) -> None:
    shutil.copy(bench.warc(0), bench.warc(1))
    shutil.copy(bench.chain(0), bench.chain(1))


def remove_warc(bench: Bench) -> None:
    bench.warc(1).unlink()


def remove_chain(bench: Bench) -> None:
    bench.chain(1).unlink()


def remove_day(bench: Bench) -> None:
    bench.warc(1).unlink()
    bench.chain(1).unlink()


def remove_first_day(bench: Bench) -> None:
    bench.warc(0).unlink()
    bench.chain(0).unlink()


def remove_last_day(bench: Bench) -> None:
    bench.warc(2).unlink()
    bench.chain(2).unlink()


def append_bytes(bench: Bench) -> None:
    bench.warc(1).write_bytes(bench.warc(1).read_bytes() + b"more")


def rewrite_all(bench: Bench) -> None:
    """Another content in the first day's page, and a chain that fits in itself to the end."""
    previous, number = FIRST, 0
    for day in range(3):
        packed, size, lines = bench.warc(day).read_bytes(), 0, []
        content = []
        for link in map(read_line, bench.lines(day)):
            record = packed[link.offset : link.end]
            payload = link.payload
            if (day, link.url[-2:]) == (0, "/a"):
                at = datetime.fromisoformat(link.at)
                forged = bench.make.snapshot("a", b"<p>forged</p>", fetched_at=at)
                made = make_response(make_id(previous, "response"), forged)
                record, payload = made.pack(), forged.sha256
                link = Link(**{**asdict(link), "record": made.id, "at": made.date})  # noqa: PLW2901  one forged line
            number += 1
            values = asdict(link) | {
                "number": number,
                "offset": size,
                "length": len(record),
                "sha256": hashlib.sha256(record).hexdigest(),
                "payload": payload,
                "previous": previous,
            }
            del values["hash"]
            lines.append(made_link := make_link(**values))
            previous, size = made_link.hash, size + len(record)
            content.append(record)
        bench.warc(day).write_bytes(b"".join(content))
        bench.put(day, [line.line for line in lines])


def forge_row(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET sha256 = :other WHERE number = 3", other="e" * 64)


def move_row(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET warc_offset = 1 WHERE number = 3")


def row_of_no_day(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET warc_file = '2026/11/2026-11-19.warc.gz' WHERE number = 3")


def redate_row(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET fetched_at = :at WHERE number = 3", at="2026-11-19 12:00:00.000000+00:00")


def change_log(bench: Bench) -> None:
    bench.run("UPDATE audit SET detail = :other WHERE number = 1", other=f"record 1, {'0' * 64}")


K = FaultKind
TAMPERING: dict[str, tuple[Callable[[Bench], None], FaultKind, str, int]] = {
    # what was done: the first broken link, its file, its line
    "a changed byte": (change_byte, K.RECORD, "2026/11/2026-11-21.warc.gz", 2),
    "a deleted record": (delete_record, K.RECORD, "2026/11/2026-11-21.warc.gz", 2),
    "a day's last record deleted": (delete_last_record, K.CUT_SHORT, "2026/11/2026-11-21.warc.gz", 3),
    "a deleted line": (delete_line, K.LINES_MISSING, "2026/11/2026-11-21.chain.jsonl", 2),
    "a day's first line deleted": (delete_first_line, K.DAYS_MISSING, "2026/11/2026-11-21.chain.jsonl", 1),
    "a day's last lines deleted": (delete_last_lines, K.EXTRA, "2026/11/2026-11-21.warc.gz", 0),
    "swapped lines": (swap_lines, K.LINES_MISSING, "2026/11/2026-11-21.chain.jsonl", 2),
    "an edited line": (edit_line, K.LINE, "2026/11/2026-11-21.chain.jsonl", 2),
    "a line with a new hash": (edit_line_and_its_hash, K.LINK, "2026/11/2026-11-21.chain.jsonl", 3),
    "a replaced file": (replace_warc_of_day, K.RECORD, "2026/11/2026-11-21.warc.gz", 1),
    "a replaced day": (replace_both_of_day, K.ORDER, "2026/11/2026-11-21.chain.jsonl", 1),
    "a missing file": (remove_warc, K.FILE, "2026/11/2026-11-21.warc.gz", 0),
    "a missing chain": (remove_chain, K.EXTRA, "2026/11/2026-11-21.warc.gz", 0),
    "a missing day": (remove_day, K.ROW, "2026/11/2026-11-21.warc.gz", 0),
    "the first day missing": (remove_first_day, K.ROW, "2026/11/2026-11-20.warc.gz", 0),
    "the last day missing": (remove_last_day, K.ROW, "2026/11/2026-11-22.warc.gz", 0),
    "bytes put after a day": (append_bytes, K.EXTRA, "2026/11/2026-11-21.warc.gz", 0),
    "a chain written anew": (rewrite_all, K.ROW_DIFFERS, "2026/11/2026-11-20.warc.gz", 2),
    "a row of other content": (forge_row, K.ROW_DIFFERS, "2026/11/2026-11-21.warc.gz", 2),
    "a row of another time": (redate_row, K.ROW_DIFFERS, "2026/11/2026-11-21.warc.gz", 2),
    "a row without record": (move_row, K.ROW, "2026/11/2026-11-21.warc.gz", 0),
    "a row of a day that never was": (row_of_no_day, K.ROW, "2026/11/2026-11-19.warc.gz", 0),
    "a changed log of decisions": (change_log, K.HEAD, "2026/11/2026-11-20.warc.gz", 0),
}


def test_an_untouched_archive_is_intact(bench: Bench) -> None:
    report = bench.verify()
    assert (report.first, report.faults, report.unknown, report.notes) == (None, 0, 0, [])
    assert (report.days, report.records, report.rows) == (3, 9, 6)
    assert report.head is not None
    assert report.head.hash == read_line(bench.lines(2)[2]).hash


@pytest.mark.parametrize(
    ("tamper", "kind", "file", "line"), TAMPERING.values(), ids=[name.replace(" ", "-") for name in TAMPERING]
)
def test_the_first_broken_link_is_named_exactly(
    bench: Bench, tamper: Callable[[Bench], None], kind: FaultKind, file: str, line: int
) -> None:
    tamper(bench)
    first = bench.verify().first
    assert first is not None
    assert (first.kind, first.file, first.line) == (kind, file, line)


def test_a_missing_day_is_also_told_by_the_chain_and_by_the_log(bench: Bench) -> None:
    remove_day(bench)
    kinds = [fault.kind for fault in bench.verify().shown]
    assert kinds == [FaultKind.ROW, FaultKind.ROW, FaultKind.DAYS_MISSING, FaultKind.DAY_GONE]


def test_files_and_rows_written_anew_together_still_contradict_the_log(bench: Bench) -> None:
    rewrite_all(bench)
    forged = bench.make.snapshot("a", b"<p>forged</p>")
    links = [read_line(line) for line in bench.lines(0)]
    bench.run("UPDATE snapshots SET sha256 = :other WHERE number = 1", other=forged.sha256)
    for number in (1, 2):
        bench.run(
            "UPDATE snapshots SET warc_offset = :offset WHERE number = :number",
            offset=links[number].offset,
            number=number,
        )
    report = bench.verify()
    assert [fault.kind for fault in report.shown] == [FaultKind.HEAD, FaultKind.HEAD]
    assert report.shown[0].values["found"] == links[2].hash


def test_finished_days_are_noted_once_in_the_log(bench: Bench, now: datetime) -> None:
    with bench.sessions() as session:
        heads = find_heads(session)
        assert heads == {
            day: {(3 * (number + 1), read_line(bench.lines(number)[2]).hash)}
            for number, day in enumerate(DAYS[:2])
        }
        assert audit.first_broken(session) is None
    again = Archive(bench.archive.folder, lambda: now)
    with bench.sessions.begin() as session:
        save_snapshot(session, again, bench.make.snapshot("c", b"C"), now=now)
        acts = [entry for entry in audit.list_entries(session, limit=9) if entry.act == ACT]
    assert [entry.subject for entry in acts] == [DAYS[1], DAYS[0]]


def test_what_was_rolled_back_is_noted_the_next_time(bench: Bench, now: datetime) -> None:
    later = now + timedelta(days=1)
    archive = Archive(bench.archive.folder, lambda: later)
    with bench.sessions() as session:
        save_snapshot(session, archive, bench.make.snapshot("c", b"C"), now=later)
        session.rollback()
    another = Archive(bench.archive.folder, lambda: later)
    with bench.sessions.begin() as session:
        save_snapshot(session, another, bench.make.snapshot("c", b"C"), now=later)
        assert DAYS[2] in find_heads(session)


def test_records_the_database_does_not_know_are_told_and_harmless(bench: Bench) -> None:
    bench.archive.keep_all([bench.make.snapshot("z", b"Z")])
    report = bench.verify()
    assert (report.first, report.unknown) == (None, 1)


def test_what_a_killed_process_left_is_told_and_harmless(bench: Bench) -> None:
    for path, torn in ((bench.warc(2), b"\x1f\x8b half"), (bench.chain(2), b'{"number":10')):
        path.write_bytes(path.read_bytes() + torn)
    report = bench.verify()
    assert report.first is None
    assert [note.kind for note in report.notes] == [FaultKind.UNFINISHED, FaultKind.UNFINISHED]


def test_lines_that_were_mended_away_are_not_forgotten(bench: Bench, now: datetime) -> None:
    bench.warc(2).write_bytes(bench.warc(2).read_bytes()[: read_line(bench.lines(2)[1]).end])
    Archive(bench.archive.folder, lambda: now).keep_all([bench.make.snapshot("c", b"C")])
    kinds = [fault.kind for fault in bench.verify().shown]
    assert FaultKind.ROW_DIFFERS in kinds or FaultKind.ROW in kinds
    assert FaultKind.SET_ASIDE in kinds


@pytest.mark.parametrize(
    ("day", "tampered"), [(DAYS[0], False), (DAYS[1], True), (DAYS[2], False), ("2026-11-01", False)]
)
def test_one_day_is_verified_by_itself(bench: Bench, day: str, tampered: bool) -> None:
    change_byte(bench)
    report = bench.verify(day)
    assert (report.first is not None) is tampered
    assert report.days == (day in DAYS)


def test_a_capture_kept_by_its_hash_is_verified_too(bench: Bench, now: datetime) -> None:
    old = bench.make.snapshot("old", b"as of old", status=0)  # robots.txt kept us from asking
    with bench.sessions.begin() as session:
        place = Place(bench.archive.keep(old.body))
        number = save_snapshot(session, bench.archive, old, now=now, place=place)
    assert (bench.verify().first, bench.verify().loose) == (None, 1)
    next(bench.archive.folder.rglob(f"{old.sha256}.gz")).write_bytes(b"damage")
    first = bench.verify().first
    assert first is not None
    assert (first.kind, first.values["number"]) == (FaultKind.LOOSE, number)


def test_an_answer_kept_by_its_hash_alone_proves_nothing_once_there_are_daily_files(
    bench: Bench, now: datetime
) -> None:
    forged = bench.make.snapshot("old", b"never published")
    with bench.sessions.begin() as session:
        place = Place(bench.archive.keep(forged.body))
        number = save_snapshot(session, bench.archive, forged, now=now, place=place)
    first = bench.verify().first
    assert first is not None
    assert (first.kind, first.values["number"]) == (FaultKind.LOOSE, number)
    with bench.sessions() as session:
        assert not verify_page(session, bench.archive, forged.url_final).is_proven


def test_an_answer_kept_by_its_hash_before_there_were_daily_files_stays_proven(
    sessions: Sessions, tmp_path: Path, make: Any, now: datetime
) -> None:
    archive = Archive(tmp_path / "kept")
    old = make.snapshot("old", b"as of old")
    with sessions.begin() as session:
        save_snapshot(session, archive, old, now=now, place=Place(archive.keep(old.body)))
        save_snapshot(session, archive, make.snapshot("new"), now=now)
    bench = Bench(archive, sessions, make)
    assert (bench.verify().first, bench.verify().loose) == (None, 1)
    with sessions() as session:
        assert verify_page(session, archive, old.url_final).is_proven


def test_a_last_day_that_was_emptied_is_missing_though_its_files_are_there(bench: Bench) -> None:
    remove_last_day(bench)
    bench.warc(1).write_bytes(b"")
    bench.chain(1).write_bytes(b"")
    bench.run("DELETE FROM captured WHERE snapshot > 2")
    bench.run("DELETE FROM snapshots WHERE number > 2")
    first = bench.verify().first
    assert first is not None
    assert (first.kind, first.file) == (FaultKind.DAY_GONE, "2026/11/2026-11-21.warc.gz")


def test_a_bomb_in_the_place_of_a_kept_body_is_told_and_never_unpacked_whole(
    bench: Bench, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.archive, "_MOST", 1000)
    old = bench.make.snapshot("old", b"as of old", status=0)
    with bench.sessions.begin() as session:
        save_snapshot(session, bench.archive, old, now=now, place=Place(bench.archive.keep(old.body)))
    next(bench.archive.folder.rglob(f"{old.sha256}.gz")).write_bytes(gzip.compress(b"0" * 10**8))
    tracemalloc.start()
    first = bench.verify().first
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first is not None
    assert first.kind is FaultKind.LOOSE
    assert most < 10**7


def test_a_row_that_names_no_file_of_the_archive_breaks_the_proof_of_its_page(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET warc_file = '../../etc/passwd' WHERE number = 3")
    with bench.sessions() as session:
        report = verify_page(session, bench.archive, "https://bao-thu.example/a")
    assert [capture.fault and capture.fault.kind for capture in report.captures] == [
        None,
        FaultKind.ROW,
        None,
    ]


def test_thousands_of_faults_are_counted_and_the_first_ones_told(bench: Bench) -> None:
    bench.run("UPDATE snapshots SET warc_offset = warc_offset + 1")
    for _ in range(3):
        bench.run(
            "INSERT INTO snapshots (source, url_asked, url_final, url_final_key, sha256, status, headers,"
            " fetched_at, saved_at, asked_with, address, warc_file, warc_offset, extracted, reason)"
            " SELECT source, url_asked, url_final, url_final_key, sha256, status, headers, fetched_at,"
            " saved_at, asked_with, address, warc_file, warc_offset, extracted, reason FROM snapshots"
        )
    report = bench.verify()
    assert report.faults == report.rows == 48
    assert len(report.shown) == 20


def test_a_page_is_proven_by_any_address_it_has(bench: Bench, now: datetime) -> None:
    article = bench.make.article(
        url="https://canonical.example/a",
        snapshot_sha256=bench.make.snapshot("a", b"<p>a0</p>" * 9).sha256,
    )
    with bench.sessions.begin() as session:
        save_article(session, article, now=now)
    for url in ("https://bao-thu.example/a", "https://canonical.example/a"):
        with bench.sessions() as session:
            report = verify_page(session, bench.archive, url)
        assert report.is_proven
        assert [capture.line for capture in report.captures] == [2, 2, 2]
        assert report.since == DAYS[0]
        assert report.head is not None
    with bench.sessions() as session:
        assert verify_page(session, bench.archive, "https://bao-thu.example/none").captures == ()


def test_a_damaged_record_breaks_the_proof_of_its_page_and_of_no_other(bench: Bench) -> None:
    change_byte(bench)
    with bench.sessions() as session:
        a = verify_page(session, bench.archive, "https://bao-thu.example/a")
        b = verify_page(session, bench.archive, "https://bao-thu.example/b")
    assert [capture.fault and capture.fault.kind for capture in a.captures] == [None, FaultKind.RECORD, None]
    assert b.is_proven


def test_a_break_of_the_chain_later_on_is_told_with_the_page(bench: Bench) -> None:
    swap_lines(bench)
    with bench.sessions() as session:
        report = verify_page(session, bench.archive, "https://bao-thu.example/b")
    assert not report.is_proven
    assert report.broken is not None
    assert (report.broken.kind, report.broken.line) == (FaultKind.LINES_MISSING, 2)


def test_a_revisit_is_proven_only_with_its_original(bench: Bench, now: datetime) -> None:
    body = b"<p>a1</p>" * 9  # the content of the second day's page a
    with bench.sessions.begin() as session:
        save_snapshot(session, bench.archive, bench.make.snapshot("copy", body), now=now)
    with bench.sessions() as session:
        assert verify_page(session, bench.archive, "https://bao-thu.example/copy").is_proven
    change_byte(bench)
    with bench.sessions() as session:
        report = verify_page(session, bench.archive, "https://bao-thu.example/copy")
    assert [capture.fault and capture.fault.kind for capture in report.captures] == [FaultKind.LOOSE]


def test_a_forged_record_that_fits_its_line_is_found_by_its_payload(bench: Bench) -> None:
    lines = bench.lines(2)
    link = read_line(lines[2])
    member = read_member(bench.warc(2).read_bytes()[link.offset : link.end])
    forged = make_response(member.id, bench.make.snapshot("b", b"<p>forged</p>")).pack()
    bench.warc(2).write_bytes(bench.warc(2).read_bytes()[: link.offset] + forged)
    values = asdict(link) | {"length": len(forged), "sha256": hashlib.sha256(forged).hexdigest()}
    del values["hash"]
    bench.put(2, [*lines[:2], make_link(**values).line])
    first = bench.verify().first
    assert first is not None
    assert (first.kind, first.line) == (FaultKind.CONTENT, 3)
    assert json.dumps(first.values)

"""What is written: true records that others' tools read, a chain, content once, and nothing half-kept."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from store.archive import Archive, Place
from store.errors import ArchiveError
from store.types import Snapshot
from store.warc.chain import FIRST, LineError, Link, read_line
from store.warc.days import day_of, file_of
from store.warc.records import make_id, make_request, make_response

ASKED = (("User-Agent", "DiemBao/0.1"), ("Cookie", "secret"), ("Authorization", "secret"))


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Archive:
    return Archive(tmp_path / "kept", clock)


def files(archive: Archive, pattern: str = "*") -> list[Path]:
    return sorted(path for path in archive.daily.folder.glob(f"*/*/{pattern}") if path.is_file())


def lines(archive: Archive) -> list[Link]:
    return [
        read_line(line)
        for path in files(archive, "*.jsonl")
        for line in path.read_bytes().splitlines(keepends=True)
    ]


def records(archive: Archive) -> list[Any]:
    found = []
    for path in files(archive, "*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content = record.content_stream().read()
                found.append(record)
    return found


def test_a_capture_is_told_as_response_and_request_with_what_was_really_sent(
    kept: Archive, make: Any
) -> None:
    snapshot = make.snapshot(
        url_asked="https://bao-thu.example/old",
        headers=(("Content-Type", "text/html"), ("Set-Cookie", "a=b")),
        asked_with=ASKED,
        address="203.0.113.7",
    )
    kept.keep_all([snapshot])
    info, response, request = records(kept)
    assert [r.rec_type for r in (info, response, request)] == ["warcinfo", "response", "request"]
    assert response.rec_headers.protocol == "WARC/1.1"
    said = response.rec_headers.get_header
    assert said("WARC-Target-URI") == snapshot.url_final
    assert said("WARC-IP-Address") == "203.0.113.7"
    assert said("WARC-Payload-Digest") == f"sha256:{snapshot.sha256}"
    assert said("WARC-Date") == "2026-11-22T01:00:00.000000Z"
    assert said("X-Diembao-Asked") == snapshot.url_asked
    assert response.content == snapshot.body
    assert request.rec_headers.get_header("WARC-Concurrent-To") == said("WARC-Record-ID")
    assert request.http_headers.protocol == "GET"
    assert dict(request.http_headers.headers) == {"Host": "bao-thu.example", "User-Agent": "DiemBao/0.1"}
    assert b"robots: obey" in info.content
    assert b"software: diembao/" in info.content
    stored = b"".join(gzip.decompress(path.read_bytes()) for path in files(kept, "*.warc.gz"))
    assert b"secret" not in stored
    assert b"a=b" not in stored


def test_headers_of_the_bytes_on_the_wire_are_renamed_and_the_length_is_true(
    kept: Archive, make: Any
) -> None:
    wire = (("Content-Encoding", "br"), ("content-length", "7"), ("Transfer-Encoding", "chunked"))
    snapshot = make.snapshot(headers=wire, body=b"<p>decoded</p>")
    kept.keep_all([snapshot])
    response = records(kept)[1]
    assert response.http_headers.headers == [
        ("X-Archive-Orig-Content-Encoding", "br"),
        ("X-Archive-Orig-content-length", "7"),
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("Content-Length", "14"),
    ]


def test_our_own_notes_stand_in_the_record_not_among_the_outlets_headers(kept: Archive, make: Any) -> None:
    kept.keep_all([make.snapshot(headers=(("Server", "x"), ("diembao-backfill", "old.warc.gz")))])
    response = records(kept)[1]
    assert response.rec_headers.get_header("X-diembao-backfill") == "old.warc.gz"
    assert response.http_headers.get_header("diembao-backfill") is None


@pytest.mark.parametrize("tool", ["warcio", "fastwarc"])
def test_every_record_is_read_and_proven_by_a_tool_of_others(kept: Archive, make: Any, tool: str) -> None:
    snapshots = [make.snapshot(f"tin-{n}", b"<p>%d</p>" % (n % 3), asked_with=ASKED) for n in range(7)]
    snapshots.append(make.snapshot("empty", b"", status=404, asked_with=ASKED))
    kept.keep_all(snapshots)
    (path,) = files(kept, "*.warc.gz")
    if tool == "warcio":
        assert Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0
        count = len(records(kept))
    else:
        with path.open("rb") as file:
            # the block first: reading HTTP moves on within it
            blocks = [record.verify_block_digest() for record in FastIterator(file, parse_http=False)]
        with path.open("rb") as file:
            payloads = [
                record.verify_payload_digest()
                for record in FastIterator(file)
                if record.headers["WARC-Type"] in {"response", "request"}
            ]
        assert all(blocks)
        assert all(payloads)
        count = len(blocks)
    assert count == len(lines(kept)) == 1 + 2 * len(snapshots)


def test_content_seen_before_becomes_a_revisit_and_is_read_through_it(kept: Archive, make: Any) -> None:
    first, other = make.snapshot("a", b"same" * 99), make.snapshot("b", b"same" * 99)
    places = kept.keep_all([first, other]) + kept.keep_all([make.snapshot("c", b"same" * 99)])
    found = records(kept)
    assert [r.rec_type for r in found] == ["warcinfo", "response", "revisit", "revisit"]
    said = found[2].rec_headers.get_header
    assert said("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert said("WARC-Refers-To") == found[1].rec_headers.get_header("WARC-Record-ID")
    assert said("WARC-Refers-To-Target-URI") == first.url_final
    assert said("WARC-Refers-To-Date") == found[1].rec_headers.get_header("WARC-Date")
    assert said("WARC-Payload-Digest") == f"sha256:{first.sha256}"
    assert {kept.body(place.sha256, place) for place in places} == {first.body}
    assert kept.body(first.sha256) == first.body


def test_content_whose_record_was_damaged_is_kept_in_full_again(
    kept: Archive, make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (place,) = kept.keep_all([make.snapshot("a", b"same" * 99)])
    (path,) = files(kept, "*.warc.gz")
    packed = bytearray(path.read_bytes())
    packed[place.warc_offset + 40] ^= 0xFF
    path.write_bytes(packed)
    with caplog.at_level(logging.WARNING):
        (again,) = kept.keep_all([make.snapshot("b", b"same" * 99)])
    assert "kept in full again" in caplog.text
    assert lines(kept)[-1].type == "response"
    assert kept.body(again.sha256) == b"same" * 99


def test_the_chain_names_every_record_and_links_days(kept: Archive, make: Any, clock: Clock) -> None:
    kept.keep_all([make.snapshot("a", asked_with=ASKED)])
    clock.now += timedelta(days=3)
    kept.keep_all([make.snapshot("b", b"other")])
    assert [p.name for p in files(kept, "*.gz")] == ["2026-11-22.warc.gz", "2026-11-25.warc.gz"]
    found = lines(kept)
    assert [link.number for link in found] == list(range(1, 6))
    assert [link.previous for link in found] == [FIRST, *(link.hash for link in found[:-1])]
    for link in found:
        day = "2026-11-22" if link.number < 4 else "2026-11-25"
        packed = (kept.daily.folder / file_of(day)).read_bytes()[link.offset : link.end]
        assert hashlib.sha256(packed).hexdigest() == link.sha256
        assert link.record in gzip.decompress(packed).decode()


def test_a_line_can_be_proven_with_a_text_editor_and_sha256sum(kept: Archive, make: Any) -> None:
    kept.keep_all([make.snapshot()])
    (path,) = files(kept, "*.jsonl")
    for line in path.read_text().splitlines():
        covered, ending = line.split(',"hash":"')
        assert hashlib.sha256(covered.encode()).hexdigest() == ending.removesuffix('"}')


def test_a_clock_that_goes_back_writes_on_to_the_newest_day(
    kept: Archive, make: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    kept.keep_all([make.snapshot("a")])
    clock.now -= timedelta(days=2)
    with caplog.at_level(logging.WARNING):
        (place,) = kept.keep_all([make.snapshot("b", b"other")])
    assert place.warc_file == "2026/11/2026-11-22.warc.gz"
    assert "the clock says" in caplog.text


def test_what_robots_txt_forbade_is_no_response_and_stays_out(kept: Archive, make: Any) -> None:
    refused = make.snapshot(status=0, body=b"", headers=(("diembao-no-page", "robots.txt"),))
    places = kept.keep_all([refused, make.snapshot("b")])
    assert places[0] == Place(refused.sha256)
    assert [link.url for link in lines(kept)] == ["", "https://bao-thu.example/b"]
    assert kept.body(refused.sha256, places[0]) == b""


def test_nothing_but_refusals_makes_no_file(kept: Archive, make: Any) -> None:
    kept.keep_all([make.snapshot(status=0, body=b"")])
    assert not kept.folder.exists()


def test_captures_of_before_stay_readable(kept: Archive) -> None:
    sha256 = kept.keep(b"old")
    assert kept.body(sha256, Place(sha256)) == b"old"


def test_a_batch_asks_the_disk_once_for_each_file(
    kept: Archive, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep_all([make.snapshot("first")])
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    kept.keep_all([make.snapshot(f"n{n}", b"%d" % n) for n in range(50)])
    assert len(asked) == 2


@pytest.mark.parametrize("before", [0, 1], ids=["a fresh archive", "a day begun"])
@pytest.mark.parametrize("failing", [0, 1], ids=["records", "chain"])
def test_a_full_disk_leaves_the_archive_as_it_was(
    kept: Archive, make: Any, monkeypatch: pytest.MonkeyPatch, before: int, failing: int
) -> None:
    kept.keep_all([make.snapshot(f"b{n}", b"b") for n in range(before)])
    as_it_was = {path: path.read_bytes() for path in files(kept)}
    calls = iter(range(9))

    def full(_handle: int) -> None:
        if next(calls) == failing:
            raise OSError(errno.ENOSPC, "No space left on device")

    batch = [make.snapshot("a", b"A" * 999), make.snapshot("b", b"B")]
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveError, match="is full"):
        kept.keep_all(batch)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in files(kept)} == as_it_was
    (place,) = kept.keep_all([make.snapshot("c", b"C")])
    assert kept.body(place.sha256, place) == b"C"
    assert files(kept, "*.cut-*") == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "2026/11/2025-01-01.warc.gz", "2026/11/2026-11-22.warc.gz/x", "/2026"]
)
def test_only_a_name_of_ours_is_a_file(kept: Archive, name: str) -> None:
    with pytest.raises(ArchiveError, match="no file of the archive"):
        kept.body("a" * 64, Place("a" * 64, name, 0))


def test_a_days_name_and_its_file_belong_together() -> None:
    assert day_of(file_of("2026-11-22")) == "2026-11-22"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}\n",
        b'{"number":1,"hash":"' + b"0" * 64 + b'"}\n',
        b'{"number":"1","hash":"%s"}\n' % hashlib.sha256(b'{"number":"1"').hexdigest().encode(),
    ],
    ids=["nothing", "no hash", "another hash", "another shape"],
)
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(LineError):
        read_line(line)


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=5), _TEXT, st.binary(max_size=80))
def test_no_header_address_or_body_can_forge_a_record(
    headers: list[tuple[str, str]], tail: str, body: bytes
) -> None:
    url = f"https://bao-thu.example/{tail}"
    now = datetime(2026, 11, 22, tzinfo=UTC)
    snapshot = Snapshot("s", url, url, 200, tuple(headers), body, now, asked_with=tuple(headers))
    response = make_response(make_id(FIRST, "response"), snapshot)
    request = make_request(make_id(FIRST, "request"), snapshot, response.id)
    found = list(FastIterator(io.BytesIO(response.pack() + request.pack())))
    assert len(found) == 2
    only = next(iter(FastIterator(io.BytesIO(response.pack()))))
    assert only.reader.read() == body
    assert only.headers["WARC-Payload-Digest"] == f"sha256:{snapshot.sha256}"


def test_the_index_of_payloads_can_be_lost_or_damaged(kept: Archive, make: Any) -> None:
    kept.keep_all([make.snapshot("a", b"same" * 9)])
    index = kept.daily.folder / "payloads.sqlite3"
    for damage in (index.unlink, lambda: index.write_bytes(b"no database" * 999)):
        damage()
        kept.keep_all([make.snapshot("b", b"same" * 9)])
        assert lines(kept)[-1].type == "revisit"


def test_what_another_process_wrote_is_known_at_once(kept: Archive, make: Any, clock: Clock) -> None:
    other = Archive(kept.folder, clock)
    kept.keep_all([make.snapshot("a", b"A")])
    other.keep_all([make.snapshot("b", b"B")])
    kept.keep_all([make.snapshot("c", b"B")])
    assert [link.type for link in lines(kept)] == ["warcinfo", "response", "response", "revisit"]


@pytest.fixture
def built(kept: Archive, make: Any) -> tuple[Archive, Callable[[], list[Link]]]:
    kept.keep_all([make.snapshot("a", b"A" * 30)])
    kept.keep_all([make.snapshot("b", b"B" * 30)])
    return kept, lambda: lines(kept)


def test_a_file_cut_at_any_byte_of_its_last_record_goes_on_with_what_is_proven(
    built: tuple[Archive, Callable[[], list[Link]]], make: Any
) -> None:
    archive, chain = built
    (warc,) = files(archive, "*.warc.gz")
    (line_file,) = files(archive, "*.jsonl")
    whole, all_lines, last = warc.read_bytes(), line_file.read_bytes(), chain()[-1]
    for size in range(last.offset, last.end):
        warc.write_bytes(whole[:size])
        line_file.write_bytes(all_lines)
        (place,) = archive.keep_all([make.snapshot("c", b"C")])
        assert [link.url[-2:] for link in chain()] == ["", "/a", "/c"]
        assert archive.body(place.sha256, place) == b"C"
        assert len(records(archive)) == 3
    assert len(files(archive, "*.cut-*")) == 2 * (last.end - last.offset) - 1  # lines, and bytes where any


def test_a_chain_cut_at_any_byte_of_its_last_line_goes_on_with_what_is_proven(
    built: tuple[Archive, Callable[[], list[Link]]], make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    archive, chain = built
    (warc,) = files(archive, "*.warc.gz")
    (line_file,) = files(archive, "*.jsonl")
    whole, all_lines = warc.read_bytes(), line_file.read_bytes()
    start = all_lines.rindex(b"\n", 0, -1) + 1
    for size in range(start, len(all_lines)):
        warc.write_bytes(whole)
        line_file.write_bytes(all_lines[:size])
        archive.keep_all([make.snapshot("c", b"C")])
        assert [link.url[-2:] for link in chain()] == ["", "/a", "/c"]
        assert len(records(archive)) == 3
    assert "not proven by the chain" in caplog.text


def test_records_without_a_chain_are_set_aside_never_thrown_away(
    built: tuple[Archive, Callable[[], list[Link]]], make: Any
) -> None:
    archive, chain = built
    (warc,) = files(archive, "*.warc.gz")
    whole = warc.read_bytes()
    files(archive, "*.jsonl")[0].unlink()
    archive.keep_all([make.snapshot("c", b"C")])
    assert [link.number for link in chain()] == [1, 2]
    assert [path.read_bytes() for path in files(archive, "*.cut-*")] == [whole]


def test_json_of_a_line_holds_any_address(kept: Archive, make: Any) -> None:
    url = "https://bao-thu.example/\u2028tin\ud800"
    kept.keep_all([make.snapshot(url_final=url)])
    (path,) = files(kept, "*.jsonl")
    assert len(path.read_bytes().split(b"\n")) == 3
    assert json.loads(path.read_bytes().splitlines()[1])["url"].startswith(
        "https://bao-thu.example/\u2028tin"
    )

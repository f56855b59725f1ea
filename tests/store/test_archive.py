from __future__ import annotations

import errno
import gzip
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import ArchiveError


def _files(archive: Archive) -> list[Path]:
    return [path for path in archive.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x00\xff" * 100_000], ids=["empty", "page", "bytes"])
def test_bytes_come_back_as_they_were_kept(archive: Archive, body: bytes) -> None:
    sha256 = archive.keep(body)
    assert sha256 == hashlib.sha256(body).hexdigest()
    assert archive.body(sha256) == body


def test_the_file_lies_under_its_hash_and_nothing_else_lies_there(archive: Archive) -> None:
    sha256 = archive.keep(b"x")
    assert _files(archive) == [archive.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"]


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    archive.keep(b"x")
    archive.keep(b"x")
    assert len(_files(archive)) == 1


def test_changed_bytes_are_refused(archive: Archive) -> None:
    sha256 = archive.keep(b"as captured")
    _files(archive)[0].write_bytes(gzip.compress(b"as changed"))
    with pytest.raises(ArchiveError, match=f"{sha256} is not what was captured"):
        archive.body(sha256)


@pytest.mark.parametrize(
    "damage", [b"", b"no gzip", gzip.compress(b"x" * 99)[:-9]], ids=["empty", "other", "cut"]
)
def test_a_damaged_file_is_refused(archive: Archive, damage: bytes) -> None:
    sha256 = archive.keep(b"x" * 99)
    _files(archive)[0].write_bytes(damage)
    with pytest.raises(ArchiveError, match=sha256):
        archive.body(sha256)


def test_bytes_that_come_again_mend_a_damaged_file(archive: Archive) -> None:
    sha256 = archive.keep(b"x")
    _files(archive)[0].write_bytes(b"damage")
    archive.keep(b"x")
    assert archive.body(sha256) == b"x"


def test_missing_bytes_are_an_error_that_says_which(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="a" * 64):
        archive.body("a" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_is_a_name(archive: Archive, name: str) -> None:
    with pytest.raises(ArchiveError, match="no SHA-256"):
        archive.body(name)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(ArchiveError, match="is full"):
        archive.keep(b"x")
    assert _files(archive) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive(tmp_path / "file").keep(b"x")


def test_the_sweep_removes_what_was_abandoned_and_nothing_else(archive: Archive) -> None:
    sha256 = archive.keep(b"x")
    folder = _files(archive)[0].parent
    old, young = folder / ".unfinished-old", folder / ".unfinished-young"
    now = datetime.now(UTC)
    for path, age in ((old, timedelta(days=2)), (young, timedelta(hours=1))):
        path.write_bytes(b"half")
        os.utime(path, ((now - age).timestamp(),) * 2)
    assert archive.sweep(now=now) == 1
    assert young.exists()
    assert archive.body(sha256) == b"x"

"""`diembao verify` as people and programs see it: words, JSON, exit codes, standard error and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.commands.verify_words import _WORDS, say_fault
from store.archive import Archive
from store.articles import save_snapshot
from store.database import make_sessions, open_engine, upgrade
from store.types import Snapshot
from store.warc.faults import Fault, FaultKind

Verify = Callable[..., subprocess.CompletedProcess[str]]
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
PAGE = "https://bao-thu.example/tin-1"


@pytest.fixture(scope="session")
def verify(diembao: Callable[..., subprocess.CompletedProcess[str]]) -> Verify:
    def run(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return diembao("verify", *words, home=home, **settings)

    return run


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    engine = open_engine(f"sqlite:///{home / 'diembao.sqlite3'}")
    upgrade(engine)
    archive = Archive(home / "archive", lambda: NOW)
    with make_sessions(engine).begin() as session:
        for url in (PAGE, f"{PAGE}9"):
            snapshot = Snapshot("bao-thu", url, url, 200, (), url.encode() * 20, NOW)
            save_snapshot(session, archive, snapshot, now=NOW)
    engine.dispose()
    return home


@pytest.fixture
def damaged(seeded: Path, tmp_path: Path) -> Path:
    for path in seeded.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(seeded)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    chain = next(tmp_path.rglob("*.chain.jsonl"))
    chain.write_bytes(chain.read_bytes().replace(b"tin-1", b"tin-2", 1))
    return tmp_path


def test_all_is_compared_and_the_head_is_told(verify: Verify, seeded: Path) -> None:
    done = verify(seeded)
    assert done.returncode == 0, done.stderr
    assert "1 days, 3 records" in done.stdout
    assert "Every record, line and capture is as it was written." in done.stdout
    assert "Head: record 3, " in done.stdout


def test_a_page_is_proven_capture_by_capture(verify: Verify, seeded: Path) -> None:
    done = verify(seeded, PAGE)
    assert done.returncode == 0, done.stderr
    assert "2026/11/2026-11-22.warc.gz, byte" in done.stdout
    assert "line 2 of the day's chain" in done.stdout
    assert "unchanged since capture" in done.stdout
    assert "The chain is intact from 2026-11-22 to now." in done.stdout


def test_the_first_broken_link_is_told_with_file_line_and_what_to_do(verify: Verify, damaged: Path) -> None:
    done = verify(damaged)
    assert done.returncode == 5
    assert "2026/11/2026-11-22.chain.jsonl:2: this line of the chain is not as it was written" in done.stderr
    assert "restore both from a backup" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [[], ["2026-11-22"], [PAGE]], ids=["all", "a day", "a page"])
def test_every_form_notices_the_damage_and_says_so_in_json(
    verify: Verify, damaged: Path, words: list[str]
) -> None:
    done = verify(damaged, *words, "--json")
    assert done.returncode == 5
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["first_broken"]["kind"] == "line"
    assert (said["first_broken"]["file"], said["first_broken"]["line"]) == (
        "2026/11/2026-11-22.chain.jsonl",
        2,
    )
    assert not said.get("intact", said.get("proven"))


def test_json_of_a_page_says_where_each_capture_lies(verify: Verify, seeded: Path) -> None:
    said = json.loads(verify(seeded, PAGE, "--json").stdout)
    (capture,) = said["captures"]
    assert said["proven"]
    assert capture["unchanged"]
    assert capture["chain_line"] == 2
    packed = (seeded / "archive" / "warc" / capture["file"]).read_bytes()
    assert packed[capture["offset"] :].startswith(b"\x1f\x8b")


def test_a_day_without_a_file_is_wrong_usage_not_proven(verify: Verify, seeded: Path) -> None:
    done = verify(seeded, "2026-11-01")
    assert done.returncode == 2
    assert "no file of 2026-11-01" in done.stderr


def test_an_unknown_page_is_wrong_usage(verify: Verify, seeded: Path) -> None:
    done = verify(seeded, "https://bao-thu.example/none")
    assert done.returncode == 2
    assert "No capture of https://bao-thu.example/none" in done.stderr


def test_a_fresh_archive_is_intact(verify: Verify, tmp_path: Path) -> None:
    assert verify(tmp_path).returncode == 0


def test_it_speaks_vietnamese(verify: Verify, damaged: Path) -> None:
    assert "BỊ ĐỨT" in verify(damaged, DIEMBAO_LANGUAGE="vi").stderr


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_of_fault_has_its_words(kind: FaultKind) -> None:
    names = ["why", "first", "last", "number", "expected", "offset", "size", "chain_line", "found"]
    names += ["count", "noted", "url"]
    what, do = say_fault(Fault(kind, values=dict.fromkeys(names, 7)), lambda text: text)
    assert "{" not in what
    assert (do == "") is (kind is FaultKind.UNFINISHED)
    assert kind in _WORDS

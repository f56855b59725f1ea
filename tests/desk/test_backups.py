"""`diembao backup`, `backups` and `restore` as people and programs meet them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner, Result

from config.settings import Settings
from desk.cli import app
from desk.house import open_house
from desk.keeping import BACKUP
from store import audit
from store.jobs import last_runs


@dataclass
class Office:
    """A data folder, a folder for backups, and a command line with both set."""

    home: Path
    backups: Path
    patch: pytest.MonkeyPatch

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words), catch_exceptions=False)

    def note(self, detail: str) -> None:
        with open_house(Settings(home=self.home)) as house, house.sessions.begin() as session:
            audit.append(session, actor="lan", act="verdict", subject="s", detail=detail, now=house.clock())

    def noted(self) -> list[str]:
        with open_house(Settings(home=self.home)) as house, house.sessions() as session:
            return [entry.detail for entry in audit.list_entries(session, limit=10)]

    @property
    def generations(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.run("backups", "--json").stdout)
        return found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office(tmp_path / "home", tmp_path / "backups", monkeypatch)
    made.backups.mkdir()
    monkeypatch.setenv("DIEMBAO_HOME", str(made.home))
    monkeypatch.setenv("DIEMBAO_BACKUP_FOLDER", str(made.backups))
    made.note("before")
    return made


def test_a_backup_is_listed_and_brings_back_what_was_there_then(office: Office) -> None:
    assert office.run("backup").exit_code == 0
    office.note("after")
    (generation,) = office.generations
    done = office.run("restore", "newest", "--force", "--yes", "--json")
    assert (done.exit_code, office.noted()) == (0, ["before"])
    record = json.loads(done.stdout)
    assert record["generation"] == generation["generation"]
    with closing(sqlite3.connect(Path(record["set_aside"]) / "diembao.sqlite3")) as aside:
        assert aside.execute("SELECT count(*) FROM audit").fetchone() == (2,)


def test_the_configuration_goes_with_the_backup(office: Office, tmp_path: Path, root: Path) -> None:
    own = tmp_path / "config"
    own.mkdir()
    (own / "glossary.yaml").write_bytes((root / "config" / "glossary.yaml").read_bytes())
    office.patch.setenv("DIEMBAO_CONFIG", str(own))
    made = json.loads(office.run("backup", "--json").stdout)
    kept = Path(made["folder"]) / "config" / "glossary.yaml"
    assert kept.read_bytes() == (own / "glossary.yaml").read_bytes()


def test_a_backup_by_hand_is_told_as_the_jobs_last_run(office: Office) -> None:
    office.run("backup")
    with open_house(Settings(home=office.home)) as house, house.sessions() as session:
        (run,) = last_runs(session)
    assert (run.job, run.failed, run.owner) == (BACKUP, False, "command")
    assert "generation=" in run.detail


def test_a_backup_that_fails_is_told_as_failed(office: Office) -> None:
    office.backups.rmdir()
    done = office.run("backup")
    assert (done.exit_code, "Không có thư mục sao lưu" in done.stderr) == (4, True)
    with open_house(Settings(home=office.home)) as house, house.sessions() as session:
        (run,) = last_runs(session)
    assert run.failed


def test_what_is_there_is_not_overwritten_unless_it_is_said(office: Office) -> None:
    office.run("backup")
    office.note("after")
    done = office.run("restore", "newest", "--yes")
    assert (done.exit_code, "--force" in done.stderr) == (4, True)
    assert office.noted() == ["after", "before"]


def test_nothing_is_restored_under_a_service_at_work(office: Office) -> None:
    office.run("backup")
    with FileLock(office.home / "schedule.lock", timeout=0):
        done = office.run("restore", "newest", "--force", "--yes")
    assert (done.exit_code, "diembao serve" in done.stderr) == (4, True)
    assert not list(office.home.glob("before-restore-*"))


def test_without_somebody_to_ask_nothing_is_restored(office: Office) -> None:
    office.run("backup")
    done = office.run("restore", "newest", "--force")
    assert (done.exit_code, "--yes" in done.stderr) == (2, True)
    assert not list(office.home.glob("before-restore-*"))


def test_a_damaged_backup_is_told_before_anything_is_set_aside(office: Office) -> None:
    office.run("backup")
    copy = next(office.backups.rglob("diembao.sqlite3"))
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert office.run("restore", "newest", "--force", "--yes").exit_code == 4
    assert office.noted() == ["before"]


def test_a_backup_of_a_newer_program_is_not_brought_back(office: Office) -> None:
    office.run("backup")
    said = next(office.backups.rglob("manifest.json"))
    manifest = json.loads(said.read_text(encoding="utf-8"))
    said.write_text(json.dumps(manifest | {"revision": "f" * 12}), encoding="utf-8")
    done = office.run("restore", "newest", "--force", "--yes")
    assert (done.exit_code, office.noted()) == (4, ["before"])
    assert not list(office.home.glob("before-restore-*"))


@pytest.mark.parametrize("words", [("backup",), ("backups",), ("restore", "newest")], ids=" ".join)
def test_without_a_folder_it_is_said_what_to_set(office: Office, words: tuple[str, ...]) -> None:
    office.patch.delenv("DIEMBAO_BACKUP_FOLDER")
    done = office.run(*words)
    assert (done.exit_code, "DIEMBAO_BACKUP_FOLDER" in done.stderr) == (3, True)


def test_on_postgresql_its_own_tools_are_named(office: Office) -> None:
    office.patch.setenv("DIEMBAO_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    done = office.run("restore", "newest", "--yes")
    assert (done.exit_code, "pg_restore" in done.stderr) == (3, True)

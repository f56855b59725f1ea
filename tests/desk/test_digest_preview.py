"""`diembao digest`: the digest looked at before anybody gets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.run import tell
from alerts.spans import Span
from config.settings import Settings
from desk.cli import app
from desk.digests import find_recipient, preview_digest
from desk.house import open_house
from desk.words import words_of
from store.notices import list_notices

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("ending", "begins"),
    [(".html", b"<!DOCTYPE html>"), (".docx", b"PK"), (".txt", "ỦY BAN NHÂN DÂN TỈNH GIA LAI".encode())],
)
def test_the_file_has_the_form_that_its_name_says(home: Path, ending: str, begins: bytes) -> None:
    file = home / f"week{ending}"
    done = CliRunner().invoke(app, ["digest", "--every", "week", "-o", str(file)])
    assert done.exit_code == 0
    assert file.read_bytes().lstrip().startswith(begins)


@pytest.mark.parametrize("words", [["-o", "week.pdf"], ["--to", "nobody"], ["--every", "year"]])
def test_a_wrong_word_is_told_and_nothing_is_written(home: Path, words: list[str]) -> None:
    done = CliRunner().invoke(app, ["digest", *words])
    assert done.exit_code == 2
    assert not (home / "week.pdf").exists()


@pytest.mark.parametrize("span", Span)
def test_looking_puts_nothing_into_the_outbox(tmp_path: Path, span: Span) -> None:
    with open_house(Settings(home=tmp_path), clock=lambda: NOW) as house, house.sessions() as session:
        digest = preview_digest(house, session, span=span, recipient=find_recipient(house, ""), now=NOW)
        assert list_notices(session) == []
    assert digest.header.span is span


def test_what_went_out_is_listed_for_people_and_for_programs(home: Path) -> None:
    empty = CliRunner().invoke(app, ["digests"])
    assert "Từ " in empty.stdout
    assert json.loads(CliRunner().invoke(app, ["digests", "--json"]).stdout) == []
    with open_house(Settings(home=home)) as house:
        written = tell(house.sessions, house.configuration, now=house.clock(), translator=words_of)
    (edition, *_) = json.loads(CliRunner().invoke(app, ["digests", "--json"]).stdout)
    assert (edition["kind"], edition["letters"], edition["waiting"], edition["sent"]) == ("digest", 1, 1, 0)
    assert CliRunner().invoke(app, ["digests"]).stdout.count("Bản ngày") == written == 3


def test_a_time_that_cannot_be_read_is_told(home: Path) -> None:
    assert CliRunner().invoke(app, ["digests", "--since", "lately"]).exit_code == 2
